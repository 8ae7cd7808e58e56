using System.Text.RegularExpressions;
using Workflows.Activities.Notices;
using Workflows.Orchestrations.Notices;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Notices;

public sealed partial class DeliverNoticeTests
{
    private static readonly DateTimeOffset At = new(2025, 9, 15, 1, 0, 0, TimeSpan.Zero);

    private readonly List<OutgoingMail> sent = [];

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
    public void Every_template_that_a_decider_names_is_there_and_no_other()
    {
        var named = Directory.EnumerateFiles(Path.Combine(ReferenceCounty.Root, "orchestrations"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => TemplateName().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .Distinct()
            .Order(StringComparer.Ordinal);
        Assert.Equal(named, Templates().Names);
    }

    [GeneratedRegex("\"((?:dispute|assignment)-[a-z-]+)\"")]
    private static partial Regex TemplateName();

    private static NoticeTemplates Templates() => NoticeTemplates.Load(Path.Combine(ReferenceCounty.Root, "seeds", "templates"));

    private Task<DeliveryFact> Deliver(Notice notice, string recipient)
    {
        var units = ReferenceCounty.Units;
        return new DeliverNoticeByMail(new ListMailer(sent), Templates(), () => units)
            .Run(new DeliverNotice(notice, recipient, At), TestContext.Current.CancellationToken);
    }

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
