using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Engine;
using Workflows.Orchestrations.Reports;
using Workflows.Server.Demo;

namespace Workflows.Server.Commands;

/// <summary>Two months of the county in half a minute, to be watched.</summary>
internal static class DemoCommand
{
    private const double DefaultPaceMilliseconds = 400;

    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "Folder of the demo; emptied first.", DefaultValueFactory = _ => "demo-data" };
        var pace = new Option<double>("--pace") { Description = "Milliseconds per virtual day; 0 runs as fast as it can.", DefaultValueFactory = _ => DefaultPaceMilliseconds };
        var resume = new Option<bool>("--resume") { Description = "Goes on with a demo that was cut off." };
        var exit = new Option<bool>("--exit") { Description = "Ends after the two months instead of serving on." };
        var port = CommonOptions.Port();
        var seeds = CommonOptions.Seeds();
        pace.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0 and <= 60_000))
            {
                result.AddError("--pace must be from 0 to 60000.");
            }
        });
        var command = new Command("demo", "Runs a scripted county on a virtual clock and keeps serving it.") { data, pace, resume, exit, port, seeds };
        command.SetAction((parsed, cancellation) => CommonOptions.Run(() => Run(
            new CountyOptions(Path.GetFullPath(parsed.GetRequiredValue(data)), parsed.GetRequiredValue(seeds)),
            TimeSpan.FromMilliseconds(parsed.GetRequiredValue(pace)),
            parsed.GetValue(resume),
            parsed.GetValue(exit),
            parsed.GetRequiredValue(port),
            cancellation)));
        return command;
    }

    private static async Task<int> Run(
        CountyOptions options, TimeSpan pace, bool resume, bool exit, int port, CancellationToken cancellation)
    {
        DemoFolder.Prepare(options, resume);
        var begins = new DateTimeOffset(DemoScript.Begins, TimeSpan.FromHours(8)).ToUniversalTime();
        var clock = new VirtualClock(begins);
        await using var county = await County.Open(options, clock, NullLoggerFactory.Instance, [DemoPlan.Plan], cancellation);
        if (county.Engine.LastMoment is { } last && last > begins)
        {
            // What was cut off runs again already, and would time out if the clock leapt over it.
            await county.Engine.WhenIdle(cancellation);
            clock.Set(last);
        }

        await using var app = CountyHost.Build(county, port, quiet: true);
        await app.StartAsync(cancellation);
        var address = CountyHost.AddressOf(app);
        Console.WriteLine($"{county.Rules.Current.County.Name}, {DemoScript.Begins:yyyy-MM-dd} to {DemoScript.Ends:yyyy-MM-dd}, served on {address} meanwhile.");
        using var http = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(60) };
        var printer = new DemoPrinter(county.Rules.Current.Calendar, Console.Out);
        var run = new DemoRun(county, clock, http, printer, pace);
        await run.Play(cancellation);
        await Conclude(county, cancellation);
        if (exit)
        {
            await app.StopAsync(cancellation);
            return 0;
        }

        Console.WriteLine($"Serving on {address} until you press Ctrl+C.");
        try
        {
            await Task.WhenAny(run.KeepTime(cancellation), app.WaitForShutdownAsync(cancellation));
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C is how a demo ends.
        }

        return 0;
    }

    private static async Task Conclude(County county, CancellationToken cancellation)
    {
        Console.WriteLine();
        for (var month = new DateOnly(2025, 9, 1); month <= DateOnly.FromDateTime(DemoScript.Ends); month = month.AddMonths(1))
        {
            var file = Path.Combine(county.Options.Data, $"summary-{month:yyyy-MM}.html");
            await File.WriteAllTextAsync(file, await county.Summaries.Html(month, cancellation), cancellation);
        }

        Print(await county.Summaries.Of(new DateOnly(2025, 10, 1), cancellation));
        var mails = Directory.EnumerateFiles(county.Options.Outbox, "*.eml").Count();
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{mails} mails are in {county.Options.Outbox}; the summaries are summary-2025-09.html to summary-2025-11.html in {county.Options.Data}."));
    }

    private static void Print(MonthlySummary summary)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Monthly summary of {summary.Month:yyyy-MM}"));
        foreach (var figure in summary.Figures)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {figure.Value,4}  {figure.Name}"));
        }

        foreach (var measure in summary.Measures)
        {
            var value = measure.Value is not { } number ? "-" : number.ToString("0.0", CultureInfo.InvariantCulture)
                + (measure.Unit == MeasureUnit.Percent ? "%" : "");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {value,6}  {measure.Name}"));
        }
    }
}
