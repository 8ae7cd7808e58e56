using System.Text;
using Workflows.Activities.Cases;
using Workflows.Activities.Storage;
using Workflows.Testing;

namespace Workflows.Server.Tests;

/// <summary>SIGKILL at random moments of the demo's work, on the real process with real files.</summary>
public sealed class KillTests
{
    private const int KillsMin = 6;
    private const int RunsMax = 40;

    [Fact]
    public async Task A_demo_that_is_killed_again_and_again_ends_with_the_same_mails_and_states()
    {
        using var folder = new TempFolder();
        var (code, _, errors) = await ServerProcess.Run("demo", "--data", folder.File("whole"), "--pace", "0", "--exit", "--port", "0");
        Assert.True(code == 0, errors);

        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var killed = folder.File("killed");
        var kills = 0;
        for (var run = 1; ; run++)
        {
            Assert.True(run <= RunsMax, $"seed {seed}: not done after {RunsMax} runs.");
            string[] resume = run == 1 ? [] : ["--resume"];

            // Slow at first, so that the kills fall into the work and not into the start of the process.
            var pace = kills < KillsMin ? "60" : "0";
            using var server = ServerProcess.Start(["demo", "--data", killed, "--pace", pace, "--exit", "--port", "0", .. resume]);
            if (kills < KillsMin)
            {
                await server.Address();
                await Task.Delay(random.Next(20, 700), TestContext.Current.CancellationToken);
                if (!server.HasExited)
                {
                    await server.Kill();
                    kills++;
                    continue;
                }
            }

            Assert.True(await server.Exit() == 0, $"seed {seed}: {server.Errors}");
            break;
        }

        Assert.True(kills >= KillsMin, $"seed {seed}: only {kills} kills fell into the run.");
        Assert.Equal(Mails(folder.File("whole")), Mails(killed));
        var (expected, states) = (await States(folder.File("whole")), await States(killed));
        Assert.Equal(expected.Keys, states.Keys);
        Assert.All(expected, state => Assert.Equal(state.Value, states[state.Key]));
    }

    internal static SortedDictionary<string, string> Mails(string data) => new(
        Directory.EnumerateFiles(Path.Combine(data, "outbox"), "*.eml").ToDictionary(file => Path.GetFileName(file), File.ReadAllText),
        StringComparer.Ordinal);

    /// <summary>Every case as its projection says, with its journal.</summary>
    internal static async Task<SortedDictionary<string, string>> States(string data)
    {
        await using var tables = SqliteTables.Open(Path.Combine(data, "tables.db"));
        var cases = new CaseStore(tables);
        var states = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var list in (string[])["disputes", "assignments", "notices"])
        {
            await foreach (var row in cases.All(list))
            {
                var state = await tables.Get("Cases", row.Case, "state");
                var record = state!.Properties.Where(property => property.Key.StartsWith("Record", StringComparison.Ordinal)).OrderBy(property => property.Key, StringComparer.Ordinal);
                var journal = await cases.Journal(row.Case);
                Assert.Null(Orchestrations.Durable.Journal.FirstBroken(journal));

                // Command ids come from idempotency keys, so even they are the same in both runs.
                states[row.Case] = string.Concat(record.Select(part => Encoding.UTF8.GetString((byte[])part.Value))) + string.Join('\n', journal);
            }
        }

        return states;
    }
}
