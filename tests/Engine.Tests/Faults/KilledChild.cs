using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Orchestrations.Durable;

namespace Workflows.Engine.Tests.Faults;

/// <summary>
/// The process that is killed: this very assembly, started with a store's path in an environment variable. It starts
/// flows and sends commands as fast as it can, and says each acknowledgement on a line of its own.
/// </summary>
internal static class KilledChild
{
    public const string Store = "WORKFLOWS_KILLED_STORE";
    public const string Round = "WORKFLOWS_KILLED_ROUND";
    public const string Mark = "acknowledged: ";
    public const int CommandsPerFlow = 4;

    private const int Callers = 8;

    /// <summary>Reads until it is told to end; its result is what it read.</summary>
    public static readonly FlowDefinition Keeper = FlowDefinition.Of<List<string>, List<string>>("Keeper", async (flow, lines) =>
    {
        lines = [.. lines, await flow.Call(new Greet(flow.Id))];
        while (await flow.Next<Note>() is { Body.Text: not "end" } note)
        {
            lines.Add(note.CommandId);
            if (lines.Count % 3 == 0)
            {
                flow.Restart(lines);
                return lines;
            }
        }

        return lines;
    });

    /// <summary>A foreground thread outlives the test runner's main, which is asked for its help text only.</summary>
    [ModuleInitializer]
    internal static void RunBeside()
    {
        if (Environment.GetEnvironmentVariable(Store) is { } store)
        {
            new Thread(() => Live(store, Environment.GetEnvironmentVariable(Round)!).GetAwaiter().GetResult()).Start();
        }
    }

    private static async Task Live(string store, string round)
    {
        await using var engine = await EmbeddedEngine.Open(
            new EngineOptions(store, ResidentFlowsMax: 20),
            new FlowTable(Keeper),
            new Probe().Activities,
            new Shelf(),
            TimeProvider.System,
            NullLogger.Instance);
        var said = new Lock();
        void Say(string line)
        {
            lock (said)
            {
                Console.Out.WriteLine(Mark + line + ";");
                Console.Out.Flush();
            }
        }

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var number = 0; number < 100_000; number++)
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"k-{round}-{caller}-{number}");
                await engine.Start("Keeper", id, new List<string>());
                Say($"started {id}");
                for (var command = 0; command < CommandsPerFlow; command++)
                {
                    await engine.Send(id, $"c-{command}", new Note("note"));
                    Say($"sent {id} c-{command}");
                }
            }
        })));
    }
}
