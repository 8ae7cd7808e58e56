using Workflows.Activities.Notices;
using Workflows.Activities.Storage;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Notices;

public sealed class MailOptionsTests
{
    [Fact]
    public void Nothing_set_is_no_way_out() => Assert.Null(Read());

    [Fact]
    public void A_host_is_SMTP_with_the_usual_port_and_TLS_and_the_countys_sender() =>
        Assert.Equal(
            new MailOptions.Smtp(new SmtpSettings("mail.county.example", 587, "county@county.example")),
            Read(("WORKFLOWS_SMTP_HOST", "mail.county.example")));

    [Fact]
    public void The_password_is_named_and_not_read() =>
        Assert.Equal(
            new MailOptions.Smtp(new SmtpSettings(
                "mail.county.example", 465, "duban@county.example", SmtpTls.Tls, "county", "WORKFLOWS_SMTP_PASSWORD")),
            Read(
                ("WORKFLOWS_SMTP_HOST", "mail.county.example"),
                ("WORKFLOWS_SMTP_PORT", "465"),
                ("WORKFLOWS_SMTP_TLS", "tls"),
                ("WORKFLOWS_SMTP_FROM", "duban@county.example"),
                ("WORKFLOWS_SMTP_USER", "county"),
                ("WORKFLOWS_SMTP_PASSWORD", "secret")));

    [Fact]
    public void A_mailbox_is_Microsoft_Graph() =>
        Assert.Equal(
            new MailOptions.Graph(new GraphSettings("duban@county.example", "4f0c", China: true)),
            Read(
                ("WORKFLOWS_GRAPH_FROM", "duban@county.example"),
                ("WORKFLOWS_GRAPH_CLIENT_ID", "4f0c"),
                ("WORKFLOWS_GRAPH_CLOUD", "china")));

    [Fact]
    public void An_empty_setting_is_none() =>
        Assert.Equal(
            new MailOptions.Graph(new GraphSettings("duban@county.example")),
            Read(("WORKFLOWS_GRAPH_FROM", "duban@county.example"), ("WORKFLOWS_GRAPH_CLIENT_ID", ""), ("WORKFLOWS_SMTP_HOST", "")));

    [Fact]
    public void Two_ways_out_are_refused_and_both_are_named()
    {
        var error = Assert.Throws<InvalidDataException>(
            () => Read(("WORKFLOWS_SMTP_HOST", "mail.county.example"), ("WORKFLOWS_GRAPH_FROM", "duban@county.example")));

        Assert.StartsWith("WORKFLOWS_SMTP_HOST and WORKFLOWS_GRAPH_FROM must not be set together", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("WORKFLOWS_GRAPH_FROM", "county")]
    [InlineData("WORKFLOWS_GRAPH_CLIENT_ID", "4f0c")]
    [InlineData("WORKFLOWS_GRAPH_CLOUD", "china")]
    public void A_wrong_setting_of_the_mailbox_is_named(string name, string value) => AssertNamed(name, (name, value));

    [Fact]
    public void An_unknown_cloud_is_named() =>
        AssertNamed("WORKFLOWS_GRAPH_CLOUD", ("WORKFLOWS_GRAPH_FROM", "duban@county.example"), ("WORKFLOWS_GRAPH_CLOUD", "moon"));

    [Theory]
    [InlineData("WORKFLOWS_SMTP_PORT", "0")]
    [InlineData("WORKFLOWS_SMTP_PORT", "65536")]
    [InlineData("WORKFLOWS_SMTP_PORT", "mail")]
    [InlineData("WORKFLOWS_SMTP_TLS", "perhaps")]
    public void A_wrong_setting_of_the_server_is_named(string name, string value) =>
        AssertNamed(name, ("WORKFLOWS_SMTP_HOST", "mail.county.example"), (name, value));

    [Fact]
    public async Task Each_choice_opens_its_own_way_out()
    {
        using var folder = new TempFolder();
        await using var tables = SqliteTables.Open(folder.File("tables.db"));

        await using var smtp = Assert.IsType<SmtpMailer>(
            Read(("WORKFLOWS_SMTP_HOST", "mail.county.example"))!.Open(tables, TimeProvider.System));
        foreach (var cloud in new[] { "global", "china" })
        {
            var choice = Read(("WORKFLOWS_GRAPH_FROM", "duban@county.example"), ("WORKFLOWS_GRAPH_CLOUD", cloud))!;
            using var graph = Assert.IsType<GraphMailer>(choice.Open(tables, TimeProvider.System));
            Assert.Equal("Microsoft Graph", choice.Destination);
        }
    }

    private static void AssertNamed(string name, params (string Name, string Value)[] settings) =>
        Assert.StartsWith(name + " ", Assert.Throws<InvalidDataException>(() => Read(settings)).Message, StringComparison.Ordinal);

    private static MailOptions? Read(params (string Name, string Value)[] settings) => MailOptions.Read(
        name => settings.FirstOrDefault(setting => setting.Name == name).Value, "county@county.example");
}
