using System.Text.Json;
using System.Text.RegularExpressions;
using Workflows.Activities.Notices;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Notices;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Notices;

public sealed partial class DeliverNoticeTests : IAsyncDisposable
{
    private static readonly DateTimeOffset At = new(2025, 9, 15, 1, 0, 0, TimeSpan.Zero);

    private readonly List<OutgoingMail> sent = [];
    private readonly TempFolder folder = new();
    private readonly SqliteTables tables;
    private readonly Digests digests;

    public DeliverNoticeTests()
    {
        tables = SqliteTables.Open(folder.File("tables.db"));
        digests = new Digests(tables);
    }

    [Fact]
    public async Task A_notice_becomes_a_mail_to_its_unit_with_copies_to_the_others()
    {
        var fact = await Deliver(Notice("dispute-withdrawn", "350322103203", ["350322103", "zzzx"]), "350322103203");

        Assert.IsType<DeliveryFact.Accepted>(fact);
        var mail = Assert.Single(sent);
        Assert.Equal("350322103203@village.example.org", mail.To);
        Assert.Equal(["350322103@township.example.org", "zzzx@county.example.org"], mail.Copies);
        Assert.Equal("【撤回】邻里纠纷 D2025-00001", mail.Subject);
        Assert.Contains("圣山村委会：", mail.Body, StringComparison.Ordinal);
        Assert.Equal(At, mail.At);
    }

    [Fact]
    public async Task An_alert_that_was_said_under_older_rules_goes_out_without_the_words_it_does_not_have()
    {
        var notice = Notice("dispute-alert", "gaj", []);
        await Deliver(notice with { Model = new Dictionary<string, string>(notice.Model) { ["people"] = "2", ["level"] = "镇级", ["handler"] = "枫亭镇", ["reason"] = "存在激化风险" } }, "gaj");

        Assert.Contains("依据：人民调解法第二十五条。", Assert.Single(sent).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_unit_without_an_address_cannot_be_reached()
    {
        var fact = await Deliver(Notice("dispute-withdrawn", "350322001002", []), "350322001002");
        Assert.Equal(new DeliveryFact.Undeliverable("no address"), fact);
        Assert.Empty(sent);
    }

    [Fact]
    public async Task The_superior_is_told_whom_the_mail_was_for()
    {
        await Deliver(Notice("dispute-withdrawn", "350322001002", []), "350322001");
        Assert.StartsWith("（原收件单位圣山村委会无法送达，现改送上级。）", Assert.Single(sent).Body, StringComparison.Ordinal);
        Assert.EndsWith(".350322001", sent[0].Key, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_to_a_unit_without_an_address_or_to_the_same_address_is_left_out()
    {
        await Deliver(Notice("dispute-withdrawn", "350322103203", ["350322001002", "350322103203", "zzzx", "zzzx"]), "350322103203");
        Assert.Equal(["zzzx@county.example.org"], Assert.Single(sent).Copies);
    }

    [Fact]
    public async Task A_digest_is_one_mail_with_a_line_for_each_notice_and_says_what_is_a_copy()
    {
        var day = new DateOnly(2025, 9, 16);
        await Gather(OfTask("T07", "mzj", "民政局", "assignment-issued"), day);
        await Gather(OfTask("T09", "sfj", "司法局", "assignment-overdue", copies: ["mzj"]), day);
        var digest = new Notice(
            Digest.KeyOf("mzj", day), Digest.KeyOf("mzj", day), ReferenceCounty.Version, Digest.Template, "mzj", [], At, Urgent: false,
            new Dictionary<string, string> { ["to"] = "民政局", ["day"] = "2025年9月16日" });

        await Deliver(digest, "mzj");

        var mail = Assert.Single(sent);
        Assert.Equal(("digest.mzj.2025-09-16", "【每日汇总】2025年9月16日，2项"), (mail.Key, mail.Subject));
        Assert.Contains("1. 【任务交办】T07 基层治理（责任单位）：请于2025年9月18日前签收", mail.Body, StringComparison.Ordinal);
        Assert.Contains("2. 【逾期未完成】司法局，T09 基层治理", mail.Body, StringComparison.Ordinal);
        Assert.Contains("（抄送，原送司法局）", mail.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("原送民政局", mail.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_county_gathers_has_a_template_each() =>
        Assert.Empty(ReferenceCounty.NoticesInDigests.Digest!.Templates.Except(Templates().Names));

    [Fact]
    public void Every_template_that_a_decider_names_is_there_and_no_other()
    {
        var named = Directory.EnumerateFiles(Path.Combine(ReferenceCounty.Root, "orchestrations"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => TemplateName().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .Concat(OfAftercare())
            .Concat(OfSheets())
            // The code of a refusal, which looks like one.
            .Except(["sheet-open"])
            .Distinct()
            .Order(StringComparer.Ordinal);
        Assert.Equal(named, Templates().Names);
    }

    /// <summary>
    /// Names that are put together from the kind of what follows an end: each reminds and is chased, but for the windows,
    /// which close without a word, and the confirmation, which nobody is chased for.
    /// </summary>
    private static IEnumerable<string> OfAftercare() => Enum.GetValues<FollowUpKind>()
        .Except([FollowUpKind.Rating, FollowUpKind.ReviewAsking, FollowUpKind.Reopening])
        .Select(kind => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString()))
        .SelectMany(kind => new[] { $"dispute-{kind}-reminder", $"dispute-{kind}-overdue" })
        .Except(["dispute-confirmation-overdue"]);

    /// <summary>Names that are put together from the terms of a sheet: each reminds and is chased.</summary>
    private static IEnumerable<string> OfSheets()
    {
        foreach (var term in (IEnumerable<string>)["sign", "feedback", "check"])
        {
            yield return $"sheet-{term}-reminder";
            yield return $"sheet-{term}-overdue";
        }
    }

    public async ValueTask DisposeAsync()
    {
        await tables.DisposeAsync();
        folder.Dispose();
    }

    [GeneratedRegex("\"((?:dispute|assignment|sheet)-[a-z-]+|plan-expired|unit-digest)\"")]
    private static partial Regex TemplateName();

    private static NoticeTemplates Templates() => NoticeTemplates.Load(Path.Combine(ReferenceCounty.Root, "seeds", "templates"));

    private Task<DeliveryFact> Deliver(Notice notice, string recipient)
    {
        var units = ReferenceCounty.Units;
        return new DeliverNoticeByMail(new ListMailer(sent), Templates(), digests, () => units)
            .Run(new DeliverNotice(notice, recipient, At), TestContext.Current.CancellationToken);
    }

    private Task<DeliveryFact> Gather(Notice notice, DateOnly day) =>
        digests.Run(new GatherNotice(notice, day), TestContext.Current.CancellationToken);

    private static Notice OfTask(string task, string unit, string name, string template, IReadOnlyList<string>? copies = null) => new(
        $"2023-3.{task}.{unit}.{template}.0.1.{unit}", $"2023-3.{task}.{unit}", ReferenceCounty.Version, template, unit, copies ?? [], At, Urgent: false,
        new Dictionary<string, string>
        {
            ["case"] = $"2023-3.{task}.{unit}",
            ["to"] = name,
            ["unit"] = name,
            ["plan"] = "2023-3",
            ["task"] = task,
            ["title"] = "基层治理",
            ["role"] = "责任单位",
            ["number"] = "1",
            ["due"] = "2025年9月18日",
            ["finish"] = "2025年12月31日",
            ["why"] = "自次日起三个工作日",
        });

    private static Notice Notice(string template, string to, IReadOnlyList<string> copies) => new(
        $"D2025-00001.{template}.1.1.{to}",
        "D2025-00001",
        ReferenceCounty.Version,
        template,
        to,
        copies,
        At,
        Urgent: false,
        new Dictionary<string, string>
        {
            ["case"] = "D2025-00001",
            ["to"] = "圣山村委会",
            ["category"] = "邻里纠纷",
            ["place"] = "圣山村委会",
        });

    private sealed class ListMailer(List<OutgoingMail> sent) : IMailer
    {
        public Task<MailOutcome> Send(OutgoingMail mail, CancellationToken cancellation)
        {
            sent.Add(mail);
            return Task.FromResult<MailOutcome>(new MailOutcome.Accepted());
        }
    }
}
