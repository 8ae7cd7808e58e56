using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Workflows.Engine;
using Workflows.Web.Http;

namespace Workflows.Server.Demo;

/// <summary>
/// Plays the script on a virtual clock against the served county: through HTTP, the deciders, the engine and the
/// mails, just as people would. A run that was cut off is played again; what was done is recognised and not redone.
/// </summary>
internal sealed class DemoRun(County county, VirtualClock clock, HttpClient http, DemoPrinter printer, TimeSpan pacePerDay)
{
    /// <summary>A step of the clock that would take longer than this is not watched in full.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    public async Task Play(CancellationToken cancellation)
    {
        county.Cases.StepSaved += printer.Saved;
        for (var number = 0; number < DemoScript.Acts.Count; number++)
        {
            var act = DemoScript.Acts[number];
            await Advance(Instant(act.At), cancellation);
            await Do(number, act, cancellation);
        }

        await Advance(Instant(DemoScript.Ends), cancellation);
    }

    /// <summary>From here on the clock goes at the speed of every other clock.</summary>
    public async Task KeepTime(CancellationToken cancellation)
    {
        var since = clock.GetUtcNow();
        var watch = Stopwatch.StartNew();
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
            await VirtualRun.Until(county.Engine, clock, since + watch.Elapsed, cancellation);
            printer.Flush();
        }
    }

    /// <summary>County time to UTC.</summary>
    public DateTimeOffset Instant(DateTime local) =>
        new DateTimeOffset(local, county.Rules.Current.Calendar.Zone.GetUtcOffset(local)).ToUniversalTime();

    private async Task Advance(DateTimeOffset until, CancellationToken cancellation)
    {
        while (true)
        {
            await county.Engine.WhenIdle(cancellation);
            printer.Flush();
            var now = clock.GetUtcNow();
            if (now >= until)
            {
                return;
            }

            var next = await county.Engine.NextDue() is { } due && due < until ? due : until;
            await Pause(next - now, cancellation);
            clock.Set(next);
        }
    }

    private async Task Do(int number, DemoAct act, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, act.Path) { Content = JsonContent.Create(act.Body) };
        request.Headers.Add(Idempotency.Header, string.Create(CultureInfo.InvariantCulture, $"demo-{number:D3}"));
        using var response = await http.SendAsync(request, cancellation);
        if (!response.IsSuccessStatusCode)
        {
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
            var detail = problem.GetProperty("detail").GetString()!;
            if (act.Told is null)
            {
                throw new InvalidOperationException($"{act.Path} at {act.At}: {(int)response.StatusCode} {detail}");
            }

            if (!response.Headers.Contains(Idempotency.ReplayedHeader))
            {
                printer.Refused(clock.GetUtcNow(), act.Path, act.Told, detail);
            }
        }

        await county.Engine.WhenIdle(cancellation);
        printer.Flush();
    }

    private Task Pause(TimeSpan virtualTime, CancellationToken cancellation)
    {
        var pause = pacePerDay * virtualTime.TotalDays;
        return pause > TimeSpan.Zero ? Task.Delay(pause < LongestPause ? pause : LongestPause, cancellation) : Task.CompletedTask;
    }
}
