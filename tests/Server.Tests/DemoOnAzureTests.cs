using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Activities.Storage;
using Workflows.Engine;
using Workflows.Server.Demo;
using Workflows.Testing;

namespace Workflows.Server.Tests;

/// <summary>The demo's twelve disputes and its plan, over HTTP, with tables and blobs in an Azure account.</summary>
public sealed class DemoOnAzureTests(AzuriteServer azurite)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_story_is_told_line_by_line_as_on_one_machine()
    {
        using var folder = new TempFolder();
        var clock = new VirtualClock(new DateTimeOffset(DemoScript.Begins, TimeSpan.FromHours(8)).ToUniversalTime());
        var options = new CountyOptions(
            folder.File("data"),
            Path.Combine(ReferenceCounty.Root, "seeds"),
            Elsewhere: new StorageOptions.Azure(await azurite.NewAccount(), "workflows"));
        await using var county = await County.Open(options, clock, NullLoggerFactory.Instance, [DemoPlan.Plan], Stop);
        await using var app = CountyHost.Build(county, port: 0, quiet: true);
        await app.StartAsync(Stop);
        using var http = new HttpClient { BaseAddress = new Uri(CountyHost.AddressOf(app)) };
        var told = new StringWriter { NewLine = "\n" };

        await new DemoRun(county, clock, http, new DemoPrinter(county.Rules.Current.Calendar, told), TimeSpan.Zero).Play(Stop);

        // Recorded by the demo itself, and only compared here.
        var golden = (await File.ReadAllTextAsync(Path.Combine(ReferenceCounty.Root, "tests/Server.Tests/Golden/demo.txt"), Stop)).ReplaceLineEndings("\n");
        var story = golden[(golden.IndexOf('\n') + 1)..golden.IndexOf("\n\nMonthly summary", StringComparison.Ordinal)];
        Assert.Equal(story + "\n", told.ToString());
        Assert.False(File.Exists(options.TablesFile));
        Assert.False(Directory.Exists(options.Blobs));
    }
}
