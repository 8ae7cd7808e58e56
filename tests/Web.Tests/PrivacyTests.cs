using System.Text;
using System.Text.Json;

namespace Workflows.Web.Tests;

/// <summary>Names, numbers and texts of people go in and come out nowhere.</summary>
public sealed class PrivacyTests
{
    private const string Identity = "35032219800101123X";
    private const string Address = "圣山村溪尾街一百二十号";
    private const string Summary = "排水沟改道后雨水流入院内";
    private const string Told = "父亲住院不能到场";

    private static readonly string[] Secrets =
        [Requests.Applicant, Requests.Respondent, Requests.ApplicantPhone, Requests.RespondentPhone, Identity, Address, Summary, Told];

    [Fact]
    public async Task No_answer_no_page_and_no_log_line_tells_who_the_parties_are()
    {
        await using var county = await ServedCounty.Start(quiet: false);
        var answers = await Live(county);

        Assert.True(answers.Count > 100, $"{answers.Count} answers");
        foreach (var (where, text) in answers)
        {
            Assert.All(Secrets, secret => Assert.False(text.Contains(secret, StringComparison.Ordinal), $"{where} tells {secret}: {text}"));
        }

        Assert.NotEmpty(county.Logs.Lines);
        foreach (var line in county.Logs.Lines)
        {
            Assert.All(Secrets, secret => Assert.False(line.Contains(secret, StringComparison.Ordinal), line));
        }
    }

    [Fact]
    public async Task No_problem_repeats_what_was_sent()
    {
        await using var county = await ServedCounty.Start(quiet: false);
        var good = Requests.Register().With("parties[0].identityNumber", Identity).With("parties[0].address", Address);
        var problems = new List<Answer>
        {
            await county.Post("/api/disputes", good.With("people", 1)),
            await county.Post("/api/disputes", good.With("people", Requests.Applicant)),
            await county.Post("/api/disputes", good.With("place", Requests.Applicant)),
            await county.Post("/api/disputes", good.With("by", Requests.Applicant)),
            await county.Post("/api/disputes", good.With("category", Requests.Applicant)),
            await county.Post("/api/disputes", good.With("channel", Requests.ApplicantPhone)),
            await county.Post("/api/disputes", good.With("parties[0].role", Requests.Applicant)),
            await county.Post("/api/disputes", good.With("parties[0].phone", Requests.Applicant)),
            await county.Post("/api/disputes", good.With("parties[0].identityNumber", Identity + "1")),
            await county.Post("/api/disputes", good.With("parties[0].address", string.Concat(Enumerable.Repeat(Address, 20)))),
            await county.Post("/api/disputes", good.With("level", "village").With("levelReason", Told).With("danger", true)),
            await county.Post("/api/disputes", good.ToJsonString()[..^1]),
            await county.Post("/api/disputes", Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(Requests.Applicant))),
            await county.PostBytes("/api/disputes", Encoding.UTF8.GetBytes(good.ToJsonString()), contentType: "text/plain"),
        };
        await ((IAsyncDisposable)county.County.Tables).DisposeAsync();
        problems.Add(await county.Post("/api/disputes", good));

        Assert.All(problems, problem => Assert.True(problem.Status >= 400, problem.Text));
        foreach (var text in problems.Select(problem => problem.Text).Concat(county.Logs.Lines))
        {
            Assert.All(Secrets, secret => Assert.False(text.Contains(secret, StringComparison.Ordinal), text));
        }
    }

    /// <summary>A dispute that goes through every level and ends, and everything that can be read of it.</summary>
    private static async Task<List<(string Where, string Text)>> Live(ServedCounty county)
    {
        var answers = new List<(string Where, string Text)>();
        async Task Post(string path, object body) => answers.Add((path, (await county.Post(path, body, "key-" + answers.Count)).Text));

        var register = Requests.Register().With("parties[0].identityNumber", Identity).With("parties[0].address", Address).With("summary", Summary)
            .With("level", "village").With("levelReason", Told).With("danger", false);
        var first = await county.Register(register);
        await Post($"/api/disputes/{first}/sign-for", new { by = Requests.Village });
        await Post($"/api/disputes/{first}/sessions", new { by = Requests.Village, on = "2025-09-15", record = Told });
        await Post($"/api/disputes/{first}/sessions", new { by = Requests.Village, on = "2025-09-16", record = Told });
        await Post($"/api/disputes/{first}/escalate", new { by = Requests.Village, reason = Told });
        await Post($"/api/disputes/{first}/consent", new { by = Requests.Village, party = "p1", answer = "once" });
        await Post($"/api/disputes/{first}/consent", new { by = Requests.Village, party = "p2", answer = "once" });
        await Post($"/api/disputes/{first}/refuse", new { by = Requests.Township, party = Requests.Applicant });
        await Post($"/api/disputes/{first}/sign-for", new { by = Requests.Township });
        await Post($"/api/disputes/{first}/settle", new { by = Requests.Township, form = "written", on = "2025-09-15", terms = Told });
        var second = await county.Register(register);
        await county.ActivateSmallPlan();
        await Post("/api/assignments/small.T1.sfj/sign-for", new { by = "sfj" });
        await Post("/api/assignments/small.T1.sfj/claim", new { by = "sfj", evidence = Told });
        await Post("/api/assignments/small.T1.sfj/check", new { by = "dcs", done = false, reason = Told });
        await county.Until("2025-10-20 10:00");
        await Post($"/api/disputes/{second}/withdraw", new { by = Requests.County, party = "p1" });

        var paths = new List<string> { "/", "/reports/2025-09", "/reports/2025-10", "/api/reports/monthly?month=2025-09", "/openapi/v1.json" };
        foreach (var (list, id) in ((string, string)[])[("/api/disputes", "id"), ("/api/assignments", "id"), ("/api/notices", "key"), ("/api/flows", "id")])
        {
            paths.Add(list);
            foreach (var row in await county.All(list))
            {
                var path = $"{list}/{row.GetProperty(id)}";
                paths.AddRange([path, path + (list == "/api/flows" ? "/history" : "/journal")]);
            }
        }

        foreach (var path in paths)
        {
            var answer = await county.Get(path);
            Assert.True(answer.Status == 200, $"{path}: {answer.Text}");
            answers.Add((path, answer.Text));
        }

        return answers;
    }
}
