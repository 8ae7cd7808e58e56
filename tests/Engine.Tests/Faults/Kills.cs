using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Orchestrations.Durable;
using static Workflows.Engine.Tests.Sandbox;

namespace Workflows.Engine.Tests.Faults;

/// <summary>A real process over a real file, killed again and again. WORKFLOWS_KILLS says how often.</summary>
public sealed class Kills
{
    private const int KillsOfATestRun = 4;

    [Fact]
    public async Task What_was_acknowledged_survives_every_kill()
    {
        await using var box = new Sandbox();
        var acknowledged = new ConcurrentQueue<string>();
        var kills = int.TryParse(
            Environment.GetEnvironmentVariable("WORKFLOWS_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var more)
            ? more
            : KillsOfATestRun;
        for (var round = 0; round < kills; round++)
        {
            await LiveAndDie(box.File, round, acknowledged);
            using var connection = Schema.Connect(box.File, SqliteOpenMode.ReadWrite);
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA integrity_check";
            Assert.Equal("ok", command.ExecuteScalar());
        }

        await Check(box, [.. acknowledged], kills);
    }

    private static async Task LiveAndDie(string store, int round, ConcurrentQueue<string> acknowledged)
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add("exec");
            start.ArgumentList.Add(typeof(Kills).Assembly.Location);
        }

        start.ArgumentList.Add("--help");
        start.Environment[KilledChild.Store] = store;
        start.Environment[KilledChild.Round] = round.ToString(CultureInfo.InvariantCulture);
        using var child = Process.Start(start)!;
        var linesAtKill = 20 + (37 * round % 300);
        var lines = 0;
        while (await child.StandardOutput.ReadLineAsync(Cancelled) is { } line)
        {
            if (!line.StartsWith(KilledChild.Mark, StringComparison.Ordinal))
            {
                continue;
            }

            // The last line may be cut off.
            if (line.EndsWith(';'))
            {
                acknowledged.Enqueue(line[KilledChild.Mark.Length..^1]);
            }

            if (++lines == linesAtKill)
            {
                child.Kill();
            }
        }

        await child.WaitForExitAsync(Cancelled);
        Assert.True(lines >= linesAtKill, $"The child ended by itself after {lines} lines.");
    }

    private static async Task Check(Sandbox box, string[] acknowledged, int kills)
    {
        await using var engine = await EmbeddedEngine.Open(
            new EngineOptions(box.File),
            new FlowTable(KilledChild.Keeper),
            box.Probe.Activities,
            box.Shelf,
            TimeProvider.System,
            NullLogger.Instance,
            Cancelled);
        await engine.WhenIdle(Cancelled);
        var flows = new List<FlowInfo>();
        string? after = null;
        do
        {
            var page = await engine.List(new FlowFilter(), 200, after, Cancelled);
            flows.AddRange(page.Flows);
            after = page.Next;
        }
        while (after is not null);

        var started = acknowledged.Where(line => line.StartsWith("started ", StringComparison.Ordinal)).Select(line => line[8..]);
        Assert.Empty(started.Except(flows.Select(flow => flow.Id)));
        Assert.Equal(kills, flows.Select(flow => flow.Id.Split('-')[1]).Distinct().Count());
        await Task.WhenAll(flows.Select(flow => engine.Send(flow.Id, "end", new Note("end"), Cancelled)));
        await engine.WhenIdle(Cancelled);

        var sent = acknowledged.Where(line => line.StartsWith("sent ", StringComparison.Ordinal))
            .Select(line => line.Split(' ')).ToLookup(parts => parts[1], parts => parts[2]);
        foreach (var flow in flows)
        {
            var info = await engine.Get(flow.Id, Cancelled);
            Assert.Equal(FlowState.Completed, info!.State);
            var read = info.Result!.Value.EnumerateArray().Select(line => line.GetString()!)
                .Where(line => line.StartsWith("c-", StringComparison.Ordinal)).ToList();

            // One more than was acknowledged may be there, in its place.
            Assert.Equal(Enumerable.Range(0, read.Count).Select(number => $"c-{number}"), read);
            Assert.InRange(read.Count, sent[flow.Id].Count(), Math.Min(sent[flow.Id].Count() + 1, KilledChild.CommandsPerFlow));
        }
    }
}
