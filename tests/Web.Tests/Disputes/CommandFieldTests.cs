using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workflows.Web.Tests.Disputes;

/// <summary>The fields of every command but the registration, for disputes, assignments and plans alike.</summary>
public sealed class CommandFieldTests(CommandFieldTests.Cases cases) : IClassFixture<CommandFieldTests.Cases>
{
    private const string By = "is required: the id of the unit that acts";
    private const string Date = "must be a date such as 2025-09-26";
    private const string GoUp = "one of notAsked, once, blanket, no";

    /// <summary>Path after the case, and a good body; <c>{d}</c> is a dispute.</summary>
    private static readonly Dictionary<string, JsonObject> Good = new()
    {
        ["/api/disputes/{d}/sign-for"] = Requests.Node(new { by = Requests.Village }),
        ["/api/disputes/{d}/sessions"] = Requests.Node(new { by = Requests.Village, on = "2025-09-15", record = "到场。" }),
        ["/api/disputes/{d}/settle"] = Requests.Node(new { by = Requests.Village, form = "oral", on = "2025-09-15", terms = "各半。" }),
        ["/api/disputes/{d}/refuse"] = Requests.Node(new { by = Requests.Village, party = "p1" }),
        ["/api/disputes/{d}/withdraw"] = Requests.Node(new { by = Requests.Village, party = "p1" }),
        ["/api/disputes/{d}/escalate"] = Requests.Node(new { by = Requests.Village, reason = "难。" }),
        ["/api/disputes/{d}/no-agreement"] = Requests.Node(new { by = Requests.Village, reason = "分歧过大。" }),
        ["/api/disputes/{d}/consent"] = Requests.Node(new { by = Requests.Village, party = "p1", answer = "once" }),
        ["/api/disputes/{d}/mediation-consent"] = Requests.Node(new { by = Requests.Village, party = "p1", answer = "yes", means = "oral" }),
        ["/api/disputes/{d}/representatives"] = Requests.Node(new { by = Requests.Village, role = "applicant", parties = new[] { "p1" } }),
        ["/api/disputes/{d}/danger"] = Requests.Node(new { by = Requests.Village, signs = new[] { "violence" }, report = "扬言。" }),
        ["/api/disputes/{d}/return"] = Requests.Node(new { by = Requests.Village, reason = "不属本村。" }),
        ["/api/disputes/{d}/return/decide"] = Requests.Node(new { by = Requests.Township, accepted = true, unit = Requests.Village, reason = "属实。" }),
        ["/api/disputes/{d}/assists"] = Requests.Node(new { by = Requests.Village, unit = "mzj", request = "核实低保。" }),
        ["/api/disputes/{d}/assists/give"] = Requests.Node(new { by = "mzj", report = "已核实。" }),
        ["/api/disputes/{d}/suspend"] = Requests.Node(new { by = Requests.Village, kind = "appraisal", reason = "鉴定。" }),
        ["/api/disputes/{d}/resume"] = Requests.Node(new { by = Requests.Village }),
        ["/api/disputes/{d}/extensions"] = Requests.Node(new { by = Requests.Village, days = 3, agreedBy = new[] { "p1", "p2" }, reason = "待补证。" }),
        ["/api/disputes/{d}/extensions/decide"] = Requests.Node(new { by = Requests.Township, approved = true, reason = "同意。" }),
        ["/api/disputes/{d}/session-plans"] = Requests.Node(new { by = Requests.Village, on = "2025-09-20", from = "19:30", to = "21:00", form = "onSite", place = "村委会。" }),
        ["/api/disputes/{d}/session-plans/move"] = Requests.Node(new { by = Requests.Village, session = 1, on = "2025-09-21", from = "09:00", to = "10:00" }),
        ["/api/disputes/{d}/session-plans/cancel"] = Requests.Node(new { by = Requests.Village, session = 1, reason = "有事。" }),
        ["/api/disputes/{d}/mediators"] = Requests.Node(new { by = Requests.Village, mediators = new[] { "m-350322103203-1" } }),
        ["/api/disputes/{d}/mediators/choose"] = Requests.Node(new { by = Requests.Village, party = "p1", mediator = "m-350322103203-1" }),
        ["/api/disputes/{d}/avoidances"] = Requests.Node(new { by = Requests.Village, mediator = "m-350322103203-1", kind = "relative", party = "p1", reason = "表兄。" }),
        ["/api/disputes/{d}/avoidances/decide"] = Requests.Node(new { by = Requests.Township, mediator = "m-350322103203-1", accepted = true, reason = "属实。" }),
        ["/api/disputes/{d}/avoidances/declare"] = Requests.Node(new { by = Requests.Village, mediator = "m-350322103203-1", reason = "表兄。" }),
        ["/api/disputes/{d}/links"] = Requests.Node(new { by = Requests.Village, other = "D2025-00009" }),
        ["/api/disputes/{d}/links/remove"] = Requests.Node(new { by = Requests.Village, other = "D2025-00009" }),
        ["/api/disputes/{d}/merge"] = Requests.Node(new { by = Requests.Village, into = "D2025-00009", reason = "同一事由。" }),
        ["/api/disputes/{d}/split"] = Requests.Node(new { by = Requests.Village, parties = new[] { "p2" }, people = 2, summary = "另一事由。" }),
        ["/api/mediators"] = Requests.Node(new { by = Requests.Village, unit = Requests.Village, name = "郑某", time = "partTime", fields = new[] { "neighbours" }, since = "2025-01-01", qualified = true }),
        ["/api/mediators/m-350322103203-1/change"] = Requests.Node(new { by = Requests.Village, name = "郑某", time = "fullTime", fields = new[] { "family" } }),
        ["/api/mediators/m-350322103203-1/end"] = Requests.Node(new { by = Requests.Village, until = "2025-12-31" }),
        ["/api/assignments/small.T1.sfj/sign-for"] = Requests.Node(new { by = "sfj" }),
        ["/api/assignments/small.T1.sfj/claim"] = Requests.Node(new { by = "sfj", evidence = "名单。" }),
        ["/api/assignments/small.T1.sfj/check"] = Requests.Node(new { by = Requests.Supervision, done = false, reason = "不全。" }),
        ["/api/plans/small/activate"] = Requests.Node(new { by = Requests.Supervision }),
    };

    public static TheoryData<string, string, object?, string> Bad
    {
        get
        {
            var rows = new TheoryData<string, string, object?, string>();
            foreach (var path in Good.Keys)
            {
                rows.Add(path, "by", null, By);
                rows.Add(path, "by", "", By);
                rows.Add(path, "by", "nobody", "is not a unit of this county");
            }

            Day(rows, "/api/disputes/{d}/sessions");
            Day(rows, "/api/disputes/{d}/settle");
            Text(rows, "/api/disputes/{d}/sessions", "record", 10_000);
            Text(rows, "/api/disputes/{d}/settle", "terms", 10_000);
            Text(rows, "/api/disputes/{d}/escalate", "reason", 2_000);
            Text(rows, "/api/disputes/{d}/no-agreement", "reason", 2_000);
            Party(rows, "/api/disputes/{d}/refuse");
            Party(rows, "/api/disputes/{d}/withdraw");
            Party(rows, "/api/disputes/{d}/consent");
            Text(rows, "/api/assignments/small.T1.sfj/claim", "evidence", 10_000);
            Text(rows, "/api/assignments/small.T1.sfj/check", "reason", 2_000);
            Party(rows, "/api/disputes/{d}/mediation-consent");
            Text(rows, "/api/disputes/{d}/danger", "report", 2_000);
            Text(rows, "/api/disputes/{d}/return", "reason", 2_000);
            Text(rows, "/api/disputes/{d}/return/decide", "reason", 2_000);
            Text(rows, "/api/disputes/{d}/assists", "request", 2_000);
            Text(rows, "/api/disputes/{d}/assists/give", "report", 10_000);
            Text(rows, "/api/disputes/{d}/suspend", "reason", 2_000);
            Text(rows, "/api/disputes/{d}/extensions", "reason", 2_000);
            Text(rows, "/api/disputes/{d}/extensions/decide", "reason", 2_000);
            rows.Add("/api/disputes/{d}/mediation-consent", "answer", null, "is required; one of notAsked, yes, no");
            rows.Add("/api/disputes/{d}/mediation-consent", "means", "shouted", "must be one of oral, written, phone, online");
            rows.Add("/api/disputes/{d}/representatives", "role", null, "is required; one of applicant, respondent");
            rows.Add("/api/disputes/{d}/representatives", "role", "witness", "must be one of applicant, respondent");
            rows.Add("/api/disputes/{d}/representatives", "parties", null, "is required: at least one id");
            rows.Add("/api/disputes/{d}/danger", "signs", null, "is required: at least one id");
            rows.Add("/api/disputes/{d}/return/decide", "accepted", null, "is required: true or false");
            rows.Add("/api/disputes/{d}/return/decide", "unit", "nobody", "is not a unit of this county");
            rows.Add("/api/disputes/{d}/assists", "unit", "nobody", "is not a unit of this county");
            rows.Add("/api/disputes/{d}/suspend", "kind", "a b", "must be letters, digits, '.', '_' and '-'");
            rows.Add("/api/disputes/{d}/extensions", "days", 0, "must be from 1 to 366");
            rows.Add("/api/disputes/{d}/extensions", "agreedBy", null, "is required: at least one id");
            rows.Add("/api/disputes/{d}/extensions/decide", "approved", null, "is required: true or false");
            Day(rows, "/api/disputes/{d}/session-plans");
            Day(rows, "/api/disputes/{d}/session-plans/move");
            Text(rows, "/api/disputes/{d}/session-plans", "place", 300);
            Text(rows, "/api/disputes/{d}/session-plans/cancel", "reason", 2_000);
            rows.Add("/api/disputes/{d}/session-plans", "from", "7.30", "must be a time such as 19:30");
            rows.Add("/api/disputes/{d}/session-plans", "to", "24:00", "must be a time such as 19:30");
            rows.Add("/api/disputes/{d}/session-plans", "to", null, "is required");
            rows.Add("/api/disputes/{d}/session-plans", "form", "phone", "must be one of onSite, online");
            rows.Add("/api/disputes/{d}/session-plans/move", "form", "phone", "must be one of onSite, online");
            rows.Add("/api/disputes/{d}/session-plans/move", "session", 0, "must be from 1 to 1000000");
            rows.Add("/api/disputes/{d}/session-plans/move", "place", "", "must not be empty; leave it out instead");
            rows.Add("/api/disputes/{d}/sessions", "session", 0, "must be from 1 to 1000000");
            rows.Add("/api/disputes/{d}/mediators", "mediators", null, "is required: at least one id");
            Party(rows, "/api/disputes/{d}/mediators/choose");
            rows.Add("/api/disputes/{d}/mediators/choose", "mediator", "郑 某", "must be letters, digits, '.', '_' and '-'");
            Text(rows, "/api/disputes/{d}/avoidances", "reason", 2_000);
            rows.Add("/api/disputes/{d}/avoidances", "kind", null, "is required");
            rows.Add("/api/disputes/{d}/avoidances", "party", "x", "must be the id of a party, such as p1");
            rows.Add("/api/disputes/{d}/avoidances/decide", "accepted", null, "is required: true or false");
            Text(rows, "/api/disputes/{d}/merge", "reason", 2_000);
            Text(rows, "/api/disputes/{d}/split", "summary", 2_000);
            Text(rows, "/api/disputes/{d}/links", "other", 60);
            rows.Add("/api/disputes/{d}/links", "other", "仙调2025", "is neither the id nor the official code of a case");
            rows.Add("/api/disputes/{d}/split", "people", 1, "must be from 2 to 1000000");
            rows.Add("/api/disputes/{d}/split", "parties", null, "is required: at least one id");
            rows.Add("/api/disputes/{d}/split", "category", "a b", "must be letters, digits, '.', '_' and '-'");
            Text(rows, "/api/mediators", "name", 50);
            rows.Add("/api/mediators", "unit", "nobody", "is not a unit of this county");
            rows.Add("/api/mediators", "time", "never", "must be one of fullTime, partTime");
            rows.Add("/api/mediators", "since", null, "is required");
            rows.Add("/api/mediators", "qualified", null, "is required: true or false");
            rows.Add("/api/mediators", "qualified", false, "must be true: only a person who meets 人民调解法 14 is put on a roster");
            rows.Add("/api/mediators/m-350322103203-1/change", "name", "", "must not be empty; leave it out instead");
            rows.Add("/api/mediators/m-350322103203-1/end", "until", "soon", Date);
            rows.Add("/api/disputes/{d}/settle", "form", null, "is required; one of oral, written");
            rows.Add("/api/disputes/{d}/settle", "form", "Oral", "must be one of oral, written");
            rows.Add("/api/disputes/{d}/consent", "answer", null, $"is required; {GoUp}");
            rows.Add("/api/disputes/{d}/consent", "answer", "yes", $"must be {GoUp}");
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_wrong_field_is_named_with_its_rule(string path, string field, object? value, string rule)
    {
        (await cases.Post(path, Good[path].With(field, value))).IsInvalid((field, rule));
        if (value is null)
        {
            (await cases.Post(path, Good[path].Without(field))).IsInvalid((field, rule));
        }
    }

    [Fact]
    public async Task A_field_of_the_wrong_type_an_unknown_one_and_a_doubled_one_are_named()
    {
        foreach (var (path, good) in Good)
        {
            foreach (var field in good.Select(member => member.Key))
            {
                (await cases.Post(path, good.With(field, new { }))).IsInvalid((field, "has the wrong type"));
                (await cases.Post(path, good.With(field, good[field]!.GetValueKind() == JsonValueKind.Number ? "17" : 17))).IsInvalid((field, "has the wrong type"));
            }

            (await cases.Post(path, good.With("note", "x"))).IsInvalid(("note", "is not a field of this request"));
            (await cases.Post(path, good.ToJsonString().Replace("{", "{\"by\":\"x\",", StringComparison.Ordinal))).IsInvalid(("by", "is given twice"));
        }
    }

    [Fact]
    public async Task All_wrong_fields_are_named_at_once()
    {
        (await cases.Post("/api/disputes/{d}/settle", "{}")).IsInvalid(
            ("by", By), ("form", "is required; one of oral, written"), ("on", "is required"), ("terms", "is required"));
        (await cases.Post("/api/assignments/small.T1.sfj/check", "{\"reason\":\"\"}")).IsInvalid(
            ("by", By), ("done", "is required: true or false"), ("reason", "must not be empty; leave it out instead"));
    }

    [Fact]
    public async Task A_check_says_whether_it_is_done_and_a_return_says_why()
    {
        const string path = "/api/assignments/small.T1.sfj/check";

        (await cases.Post(path, Good[path].With("done", null))).IsInvalid(("done", "is required: true or false"));
        (await cases.Post(path, Good[path].With("done", "yes"))).IsInvalid(("done", "has the wrong type"));
        (await cases.Post(path, Good[path].Without("reason"))).IsInvalid(("reason", "is required"));
        (await cases.Post(path, Good[path].With("done", true).With("reason", new string('长', 2_001))))
            .IsInvalid(("reason", "must be at most 2000 characters; it has 2001"));
    }

    [Fact]
    public async Task A_body_that_is_no_object_is_refused_by_every_command()
    {
        foreach (var path in Good.Keys.Append("/api/disputes"))
        {
            (await cases.Post(path, "null")).IsInvalid(("body", "must be an object, not null"));
            (await cases.Post(path, "[]")).IsInvalid(("body", "has the wrong type"));
            (await cases.Post(path, "\"by\"")).IsInvalid(("body", "has the wrong type"));
            (await cases.Post(path, "17")).IsInvalid(("body", "has the wrong type"));
            (await cases.Post(path, "")).IsInvalid(("body", "is not valid JSON (line 1, byte 1)"));
        }
    }

    private static void Text(TheoryData<string, string, object?, string> rows, string path, string field, int max)
    {
        rows.Add(path, field, null, "is required");
        rows.Add(path, field, "", "is required");
        rows.Add(path, field, " \n", "is required");
        rows.Add(path, field, new string('x', max + 1), $"must be at most {max} characters; it has {max + 1}");
    }

    private static void Party(TheoryData<string, string, object?, string> rows, string path)
    {
        rows.Add(path, "party", null, "is required: the id of a party, such as p1");
        rows.Add(path, "party", "", "is required: the id of a party, such as p1");
        foreach (var wrong in (string[])["P1", "p", "p1234", "p1\n", "1", Requests.Applicant])
        {
            rows.Add(path, "party", wrong, "must be the id of a party, such as p1");
        }
    }

    private static void Day(TheoryData<string, string, object?, string> rows, string path)
    {
        rows.Add(path, "on", null, "is required");
        foreach (var wrong in (string[])["", "2025-02-30", "26.9.2025", "2025-9-5", "2025-09-15T10:00:00Z", "今天"])
        {
            rows.Add(path, "on", wrong, Date);
        }
    }

    /// <summary>A served county with a dispute and the small plan's assignments; nothing here changes them.</summary>
    public sealed class Cases : IAsyncLifetime
    {
        private ServedCounty county = null!;
        private string dispute = "";

        public async ValueTask InitializeAsync()
        {
            county = await ServedCounty.Start();
            dispute = await county.RegisterMediated();
            await county.ActivateSmallPlan();
        }

        public Task<Answer> Post(string path, object body) => county.Post(path.Replace("{d}", dispute, StringComparison.Ordinal), body);

        public ValueTask DisposeAsync() => county.DisposeAsync();
    }
}
