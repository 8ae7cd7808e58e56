using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Durable;
using Workflows.Server;
using Workflows.Testing;

namespace Workflows.Benchmarks.Rows;

/// <summary>One caller after the other registers a dispute over HTTP: until its first projection is saved, and until the answer.</summary>
internal static class RegisterRow
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static Task<string> OnFiles(Setup setup) => Measure(setup, null);

    public static async Task<string> OnAzurite(Setup setup)
    {
        await using var azurite = new AzuriteServer();
        return await Measure(setup, new StorageOptions.Azure(await azurite.NewAccount(), "workflows"));
    }

    private static async Task<string> Measure(Setup setup, StorageOptions? elsewhere)
    {
        using var folder = new TempFolder();
        var options = new CountyOptions(folder.File("data"), CountyOptions.PublishedSeeds, Elsewhere: elsewhere);
        await using var county = await County.Open(options, TimeProvider.System, NullLoggerFactory.Instance);
        await using var app = CountyHost.Build(county, port: 0, quiet: true);
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(CountyHost.AddressOf(app)), Timeout = Patience };
        var count = setup.Count(200);
        var (saved50, saved95, answered50, answered95) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        await Register(county, http, count / 4);
        for (var run = 0; run < setup.Runs; run++)
        {
            var (saved, answered) = await Register(county, http, count);
            saved50.Add(Figures.Percentile(saved, 50));
            saved95.Add(Figures.Percentile(saved, 95));
            answered50.Add(Figures.Percentile(answered, 50));
            answered95.Add(Figures.Percentile(answered, 95));
        }

        return $"registrations={Figures.Count(count)}: first projection p50 {Figures.Spread(saved50, " ms")}, "
            + $"p95 {Figures.Spread(saved95, " ms")}; answer p50 {Figures.Spread(answered50, " ms")}, p95 {Figures.Spread(answered95, " ms")}";
    }

    private static async Task<(List<double> Saved, List<double> Answered)> Register(County county, HttpClient http, int count)
    {
        var (saved, answered) = (new List<double>(), new List<double>());
        for (var i = 0; i < count; i++)
        {
            var first = new TaskCompletionSource<double>(TaskCreationOptions.RunContinuationsAsynchronously);
            var watch = Stopwatch.StartNew();
            void Hear(SaveCase step)
            {
                if (step.Version == 1 && step.Id[0] == 'D')
                {
                    first.TrySetResult(watch.Elapsed.TotalMilliseconds);
                }
            }

            county.Cases.StepSaved += Hear;
            using var response = await http.PostAsJsonAsync("/api/disputes", Registration, JsonSerializerOptions.Web);
            response.EnsureSuccessStatusCode();
            answered.Add(watch.Elapsed.TotalMilliseconds);
            saved.Add(await first.Task.WaitAsync(Patience));
            county.Cases.StepSaved -= Hear;
            await county.Engine.WhenIdle();
        }

        return (saved, answered);
    }

    private static readonly object Registration = new
    {
        place = "350322103203",
        category = "neighbours",
        people = 2,
        channel = "window",
        by = "350322103203",
        summary = "排水沟改道后雨水流入院内，双方争执。",
        parties = new[]
        {
            new { role = "applicant", name = "陈阿明", phone = "0594-1234567", consent = "yes", goUp = "notAsked" },
            new { role = "respondent", name = "林秀珍", phone = "0594-7654321", consent = "yes", goUp = "notAsked" },
        },
    };
}
