using System.Text;
using Workflows.Server.Demo;
using Workflows.Testing;

namespace Workflows.Server.Tests;

/// <summary>The main job, run as a newcomer runs it.</summary>
public sealed class DemoTests(DemoTests.OneDemo demo) : IClassFixture<DemoTests.OneDemo>
{
    [Fact]
    public void The_demo_tells_the_same_story_every_time()
    {
        Assert.Equal(0, demo.Code);
        Assert.Equal("", demo.Errors);
        var told = demo.Output
            .Replace(demo.Data, "DATA", StringComparison.Ordinal)
            .Replace(demo.Output.Split("served on ")[1].Split(' ')[0], "ADDRESS", StringComparison.Ordinal);
        Assert.Equal(Golden.Text("tests/Server.Tests/Golden/demo.txt", told), told);
    }

    [Fact]
    public void Every_mail_is_in_the_outbox_once_and_readable()
    {
        var mails = Directory.GetFiles(Path.Combine(demo.Data, "outbox"), "*.eml");
        var messages = mails.Select(Mail).ToList();
        Assert.Equal(messages.Count, messages.Select(mail => mail.Headers["X-Workflows-Key"]).Distinct().Count());
        Assert.All(messages, mail => Assert.Contains("：", mail.TextBody, StringComparison.Ordinal));
        Assert.Contains($"{mails.Length} mails are in", demo.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_overdue_notice_never_goes_to_a_village_committee_and_its_superior_has_a_copy()
    {
        var overdue = Directory.GetFiles(Path.Combine(demo.Data, "outbox"), "*overdue*.eml").Select(Mail).ToList();
        Assert.NotEmpty(overdue);
        Assert.All(overdue, mail => Assert.DoesNotContain("@village.example.org", mail.To.ToString(), StringComparison.Ordinal));
        Assert.All(overdue, mail => Assert.NotEmpty(mail.Cc));
    }

    [Theory]
    [MemberData(nameof(PeopleAndTexts))]
    public void No_file_of_the_demo_holds_a_name_or_a_text_of_a_party(string secret)
    {
        byte[][] forms = [Encoding.UTF8.GetBytes(secret), Encoding.Unicode.GetBytes(secret), Encoding.UTF8.GetBytes(Escaped(secret))];
        foreach (var (file, bytes) in demo.Files)
        {
            Assert.All(forms, form => Assert.True(bytes.AsSpan().IndexOf(form) < 0, $"{secret} stands in {file}."));
        }

        Assert.DoesNotContain(secret, demo.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_summary_of_a_month_is_one_page_with_the_records_behind_every_number()
    {
        var page = File.ReadAllText(Path.Combine(demo.Data, "summary-2025-10.html"));
        Assert.Contains("仙游县2025年10月纠纷化解与任务督办月报", page, StringComparison.Ordinal);
        Assert.Contains("D2025-00007", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_no_demo_made_is_left_alone()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("letter.txt"), "mine", TestContext.Current.CancellationToken);
        var (code, _, errors) = await ServerProcess.Run("demo", "--data", folder.Root, "--exit", "--port", "0");
        Assert.Equal(1, code);
        Assert.Contains("is not empty and no demo made it", errors, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(folder.File("letter.txt"), TestContext.Current.CancellationToken));
    }

    public static TheoryData<string> PeopleAndTexts() => new(
        DemoScript.People.Concat(["暗沟", "旧合同", "扬言动手", "人社部门参与", "0594-1234567", "台账"]));

    private static MimeKit.MimeMessage Mail(string file) =>
        MimeKit.MimeMessage.Load(file, TestContext.Current.CancellationToken);

    private static string Escaped(string text) => string.Concat(text.Select(letter => $"\\u{(int)letter:x4}"));

    /// <summary>One demo, run at full speed and looked at by all of these tests.</summary>
    public sealed class OneDemo : IAsyncLifetime
    {
        private readonly TempFolder folder = new();

        public string Data => folder.File("demo");

        public int Code { get; private set; }

        public string Output { get; private set; } = "";

        public string Errors { get; private set; } = "";

        public IReadOnlyList<(string File, byte[] Bytes)> Files { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            (Code, Output, Errors) = await ServerProcess.Run("demo", "--data", Data, "--pace", "0", "--exit", "--port", "0");
            Files = [.. Directory.EnumerateFiles(folder.Root, "*", SearchOption.AllDirectories).Select(file => (file, File.ReadAllBytes(file)))];
        }

        public ValueTask DisposeAsync()
        {
            folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
