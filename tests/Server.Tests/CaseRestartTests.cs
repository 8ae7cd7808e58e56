using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Activities.Cases;
using Workflows.Activities.Storage;
using Workflows.Engine;
using Workflows.Orchestrations.Durable;
using Workflows.Testing;

namespace Workflows.Server.Tests;

/// <summary>A case whose step is on its way while somebody wants it restarted.</summary>
public sealed class CaseRestartTests
{
    private const string Kind = "Errand";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_that_was_read_and_is_not_saved_keeps_its_case_from_being_restarted()
    {
        using var folder = new TempFolder();
        await using var tables = SqliteTables.Open(folder.File("tables.db"));
        var cases = new CaseStore(tables);
        var done = new TaskCompletionSource<string>();
        await using var engine = await EmbeddedEngine.Open(
            new EngineOptions(folder.File("flows.db")),
            new FlowTable(FlowDefinition.Of<JsonElement, string>(Kind, Run)),
            new ActivityTable().Add<Work, string>((_, _) => done.Task),
            new NoRules(),
            new VirtualClock(new DateTimeOffset(2026, 11, 2, 8, 0, 0, TimeSpan.Zero)),
            NullLogger.Instance,
            Cancelled);
        var restart = new CaseRestart(cases, engine);

        Assert.Equal(CaseRestartOutcome.NoCase, await restart.Run(Kind, "1", "no case", Cancelled));
        await Save(cases, 1);
        Assert.Equal(CaseRestartOutcome.Started, await restart.Run(Kind, "1", "lost", Cancelled));
        await engine.WhenIdle(Cancelled);
        await engine.Send(Kind + "-1", "c-1", new Word("go"), Cancelled);
        while ((await engine.Get(Kind + "-1", Cancelled))!.WaitsFor != "call Work")
        {
            await Task.Delay(5, Cancelled);
        }

        Assert.Equal(CaseRestartOutcome.StepInFlight, await restart.Run(Kind, "1", "too early", Cancelled));
        Assert.Equal(FlowState.Running, (await engine.Get(Kind + "-1", Cancelled))!.State);

        done.SetResult("done");
        await Save(cases, 2, new Handled("c-1"));
        await engine.WhenIdle(Cancelled);
        Assert.Equal(CaseRestartOutcome.Restarted, await restart.Run(Kind, "1", "now", Cancelled));
        await engine.WhenIdle(Cancelled);
        await engine.Send(Kind + "-1", "c-2", new Word("end"), Cancelled);
        await engine.WhenIdle(Cancelled);
        Assert.Equal("from version 2", (await engine.Get(Kind + "-1", Cancelled))!.Result!.Value.GetString());
    }

    private static async Task<string> Run(IFlow flow, JsonElement record)
    {
        while ((await flow.Next<Word>())!.Body.Text == "go")
        {
            await flow.Call(new Work(flow.Id));
        }

        return $"from version {record.GetProperty("version").GetInt32()}";
    }

    private static Task<Saved> Save(CaseStore cases, int version, params Handled[] handled) => cases.Run(
        new SaveCase(
            Kind,
            "1",
            version,
            JsonSerializer.SerializeToElement(new CaseRecord<string>("1", "state", version, 0, "", handled, []), Wire.Options),
            [],
            new CaseCard("open", DateTimeOffset.UnixEpoch, null, "green", [], JsonSerializer.SerializeToElement(""))),
        Cancelled);

    public sealed record Word(string Text);

    public sealed record Work(string Flow) : IActivity<string>
    {
        public string Key => Flow + "/work";
    }
}
