using Workflows.Activities.Cases;
using Workflows.Activities.Notices;
using Workflows.Activities.Rules;
using Workflows.Activities.Storage;
using Workflows.Engine;
using Workflows.Functions.Tests.Scripted;
using Workflows.Orchestrations;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;
using Workflows.Orchestrations.Rules;
using Workflows.Orchestrations.Tests.Disputes;
using Workflows.Testing;

namespace Workflows.Functions.Tests;

/// <summary>A change of rules over the registry of flows: which cases run is read from tables, stretch by stretch.</summary>
public sealed class RulesChanges
{
    /// <summary>More than one stretch.</summary>
    private const int Cases = RulesChange.AtOnce + 5;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_case_is_told_once_and_one_that_is_suspended_reads_it_when_it_goes_on()
    {
        using var folder = new TempFolder();
        using var blobs = new FileBlobs(folder.File("blobs"));
        var tables = new MemoryTables();
        var shelf = await RuleShelf.Open(Path.Combine(ReferenceCounty.Root, "seeds"), tables, blobs, new VirtualClock(Samples.Opened), Cancelled);
        var cases = new CaseStore(tables);
        ScriptedHost? opened = null;
        var changes = new CaseChanges(cases, shelf, () => opened!.Flows, new VirtualClock(Samples.Opened));
        using var host = new ScriptedHost(FlowCatalogue.All, Activities(cases, tables, shelf, changes), shelf, Samples.Opened, tables);
        opened = host;
        var kind = new DisputeEscalation();
        for (var number = 0; number < Cases; number++)
        {
            var dispute = Samples.Neighbours with { Id = $"n{number:D3}", Rules = shelf.Current.Version };
            host.Start(kind.Name, kind.FlowId(dispute.Id), CaseRecord.Fresh(dispute.Id, dispute));
        }

        host.RunUntil(host.Now.AddMinutes(1));
        Assert.Equal(OperateOutcome.Done, await host.Flows.Suspend(kind.FlowId("n007"), "looked at", Cancelled));
        var version = await Candidate(shelf);

        host.Start(RulesChange.FlowName, RulesChange.FlowId(2), new ChangeRules(2, version, "dcs", "longer", RunningCases.Recompute, host.Now));
        host.SweepUntil(host.Now.AddMinutes(5));

        Assert.Equal(version, shelf.Current.Version);
        Assert.Equal(FlowState.Running, host.Info(kind.FlowId("n001")).State);
        var tally = host.Result<ChangeProgress>(RulesChange.FlowId(2)).Tally;
        Assert.Equal((Cases, Cases, Cases, 0, 0), (tally.Told, tally.Moved, tally.Dates, tally.Kept, tally.Unreached));
        Assert.NotEqual(version, (await cases.Get<Dispute>(kind.Name, "n007", Cancelled))!.State.Rules);
        await host.Flows.Resume(kind.FlowId("n007"), "looked at", Cancelled);
        host.SweepUntil(host.Now.AddMinutes(2));
        for (var number = 0; number < Cases; number++)
        {
            var id = $"n{number:D3}";
            Assert.Equal(version, (await cases.Get<Dispute>(kind.Name, id, Cancelled))!.State.Rules);
            Assert.Single(await cases.Journal(id, Cancelled), entry => entry.Line.What == "RulesChanged");
        }
    }

    /// <summary>A version in which a case is signed for within four working days.</summary>
    private static async Task<string> Candidate(RuleShelf shelf)
    {
        var files = (await shelf.Files(shelf.Current.Version, Cancelled))!;
        var policies = System.Text.Json.Nodes.JsonNode.Parse(files["policies.json"].Json.Span)!.AsArray();
        policies.Single(policy => policy!["id"]!.GetValue<string>() == "DISPUTE-SIGN")!["period"]!["amount"] = 4;
        var changed = files.With(new Dictionary<string, string?> { ["policies.json"] = policies.ToJsonString() });
        return (await shelf.Add(changed, "dcs", "longer", RuleSource.Http, Cancelled)).Version;
    }

    private static ActivityTable Activities(CaseStore cases, ITables tables, RuleShelf shelf, CaseChanges changes) => new ActivityTable()
        .Add<SaveCase, Saved>(cases)
        .Add<DeliverNotice, DeliveryFact>((_, _) => Task.FromResult<DeliveryFact>(new DeliveryFact.Accepted()))
        .Add<GatherNotice, DeliveryFact>(new Digests(tables))
        .Add<ActivateRules, RulesActivated>(shelf)
        .Add<FindCases, CasesFound>(changes);
}
