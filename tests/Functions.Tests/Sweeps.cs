using Microsoft.DurableTask.Client;
using Workflows.Activities.Flows;
using Workflows.Functions.Tests.Scripted;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;
using Workflows.Orchestrations.Tests.Disputes;
using Workflows.Testing;
using Workflows.Testing.Durable;
using static Workflows.Testing.LocalTime;
using Catalogue = Workflows.Orchestrations.FlowCatalogue;

namespace Workflows.Functions.Tests;

/// <summary>Which flow needs what, and that it gets it.</summary>
public sealed class Sweeps
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly FlowRow Row = new("f", "Listener", 1, FlowState.Running, Monday, Monday, 1, Monday, Scheduled: true);

    [Theory]
    [InlineData(PlatformState.Running, 0, 60, FlowNeed.Nothing)]
    [InlineData(PlatformState.Running, 1, 60, FlowNeed.Poke)]
    [InlineData(PlatformState.Pending, 1, 60, FlowNeed.Poke)]
    [InlineData(PlatformState.Running, 1, 3, FlowNeed.Nothing)]
    [InlineData(PlatformState.Suspended, 1, 60, FlowNeed.MarkSuspended)]
    [InlineData(PlatformState.Failed, 1, 60, FlowNeed.MarkBlocked)]
    [InlineData(PlatformState.Terminated, 1, 60, FlowNeed.MarkTerminated)]
    [InlineData(PlatformState.Completed, 1, 60, FlowNeed.Nothing)]
    [InlineData(PlatformState.Completed, 1, 300, FlowNeed.Recover)]
    [InlineData(null, 1, 60, FlowNeed.Nothing)]
    [InlineData(null, 1, 300, FlowNeed.Recover)]
    public void A_scheduled_flow_needs(PlatformState? platform, long last, int seconds, FlowNeed need) =>
        Assert.Equal(need, FlowNeeds.Of(Row, last, platform, Monday.AddSeconds(seconds)));

    [Theory]
    [InlineData(null, 1, 60, FlowNeed.Start)]
    [InlineData(null, 1, 3, FlowNeed.Nothing)]
    [InlineData(PlatformState.Completed, 2, 60, FlowNeed.Start)]
    [InlineData(PlatformState.Running, 1, 60, FlowNeed.MarkScheduled)]
    [InlineData(PlatformState.Running, 2, 60, FlowNeed.Poke)]
    [InlineData(PlatformState.Running, 2, 300, FlowNeed.Terminate)]
    public void A_flow_not_known_to_be_scheduled_needs(PlatformState? platform, int generation, int seconds, FlowNeed need) =>
        Assert.Equal(
            need, FlowNeeds.Of(Row with { Scheduled = false, Generation = generation }, 0, platform, Monday.AddSeconds(seconds)));

    [Fact]
    public void A_date_is_late_after_half_a_minute()
    {
        var waiting = Row with { Due = Monday.AddMinutes(5) };

        Assert.Equal(FlowNeed.Nothing, FlowNeeds.Of(waiting, 0, PlatformState.Running, Monday.AddMinutes(5).AddSeconds(30)));
        Assert.Equal(FlowNeed.Poke, FlowNeeds.Of(waiting, 0, PlatformState.Running, Monday.AddMinutes(5).AddSeconds(31)));
    }

    [Fact]
    public void An_ended_a_blocked_and_a_suspended_flow_are_left_alone()
    {
        foreach (var platform in Enum.GetValues<PlatformState>().Cast<PlatformState?>().Append(null))
        {
            Assert.Equal(FlowNeed.Nothing, FlowNeeds.Of(Row with { State = FlowState.Completed }, 9, platform, Monday.AddDays(1)));
        }

        Assert.Equal(FlowNeed.Nothing, FlowNeeds.Of(Row with { State = FlowState.Blocked }, 9, PlatformState.Failed, Monday.AddDays(1)));
        Assert.Equal(FlowNeed.Nothing, FlowNeeds.Of(Row with { State = FlowState.Suspended }, 9, PlatformState.Suspended, Monday.AddDays(1)));
    }

    [Fact]
    public void A_lost_timer_is_made_good()
    {
        using var host = Host(Listener.Flow);
        host.Hub.Disorder = new LosesTimers();
        host.Start(Listener.Name, "f", new Heard(Monday.AddHours(1), []));
        host.RunUntil(Monday.AddHours(1).AddMinutes(1));

        Assert.Equal(1, host.Sweep()[FlowNeed.Poke]);
        host.RunUntil(Monday.AddHours(1).AddMinutes(2));

        Assert.Equal(["date"], host.Result<string[]>("f"));
    }

    [Fact]
    public void A_flow_that_the_platform_forgot_lives_through_its_last_generation_again()
    {
        using var host = Host(Listener.Flow);
        host.Start(Listener.Name, "f", new Heard(Monday.AddHours(1), []));
        host.Send("f", "1", new Said("again"));
        host.Send("f", "2", new Said("a"));
        host.RunUntil(Monday.AddMinutes(1));
        host.Send("f", "3", new Said("b"));
        host.Hub.Lose("f");
        Assert.Equal(SendOutcome.Accepted, host.Send("f", "4", new Said("end")));

        host.SweepUntil(Monday.AddMinutes(5));

        Assert.Equal(["again", "a", "b", "end"], host.Result<string[]>("f"));
    }

    [Fact]
    public void A_case_that_the_platform_forgot_goes_on_from_its_projection_and_takes_no_command_twice()
    {
        using var host = County();
        var kind = new DisputeEscalation();
        var id = kind.FlowId(Samples.Neighbours.Id);
        host.Start(kind.Name, id, CaseRecord.Fresh(Samples.Neighbours.Id, Samples.Neighbours));
        host.RunUntil(Local("2025-09-28 10:00"));
        Tell("c1", Samples.Village, new DisputeFact.SignedFor());
        host.RunUntil(Local("2025-09-29 18:00"));
        Tell("c2", Samples.Village, new DisputeFact.SessionHeld(Day("2025-09-29")));
        host.RunUntil(Local("2025-09-29 18:05"));
        host.Hub.Lose(id);
        Tell("c3", Samples.Village, new DisputeFact.SessionHeld(Day("2025-09-28")));

        host.SweepUntil(Local("2025-09-29 18:10"));

        var record = Record(host, kind.Name, Samples.Neighbours.Id);
        Assert.Equal(2, record.State.Sessions);
        Assert.Equal(["opened", "c1", "c2", "c3"], record.Handled.Select(handled => handled.CommandId));
        Assert.Equal(OrchestrationRuntimeStatus.Running, host.Hub.Find(id)!.Status);

        void Tell(string command, string by, DisputeFact fact) => Assert.Equal(
            SendOutcome.Accepted, host.Send(id, command, new CaseCommand<DisputeFact>(fact, by, "window")));
    }

    [Fact]
    public void What_an_operator_did_on_the_platform_is_written_down()
    {
        using var host = Host(Listener.Flow);
        foreach (var id in new[] { "s", "t", "f" })
        {
            host.Start(Listener.Name, id, new Heard(Monday.AddHours(9), []));
        }

        host.RunUntil(Monday.AddMinutes(1));
        host.Hub.Find("s")!.Status = OrchestrationRuntimeStatus.Suspended;
        host.Hub.Find("t")!.Status = OrchestrationRuntimeStatus.Terminated;
        host.Hub.Find("f")!.Status = OrchestrationRuntimeStatus.Failed;
        host.Hub.Find("f")!.Failure = "history is gone";

        host.SweepUntil(Monday.AddMinutes(3));

        Assert.Equal(
            (FlowState.Suspended, FlowState.Terminated, FlowState.Blocked),
            (host.Info("s").State, host.Info("t").State, host.Info("f").State));
        Assert.Equal("history is gone", host.Info("f").Incident);

        host.Hub.Find("s")!.Status = OrchestrationRuntimeStatus.Running;
        host.Send("s", "1", new Said("end"));
        host.SweepUntil(Monday.AddMinutes(6));
        Assert.Equal(["end"], host.Result<string[]>("s"));
    }

    [Fact]
    public void Every_living_flow_is_looked_at_in_turn()
    {
        using var host = Host(Listener.Flow);
        for (var number = 0; number < FlowSweep.InTurnMax + 50; number++)
        {
            host.Start(Listener.Name, $"f{number}", new Heard(Monday.AddHours(9), []));
        }

        host.RunUntil(Monday.AddMinutes(20));
        // Of one age they stand in the order of their ids.
        host.Hub.Lose("f0");
        host.Hub.Lose("f99");
        Assert.Equal(1, host.Sweep().GetValueOrDefault(FlowNeed.Recover));
        Assert.Equal(1, host.Sweep().GetValueOrDefault(FlowNeed.Recover));

        Assert.NotNull(host.Hub.Find("f0"));
        Assert.NotNull(host.Hub.Find("f99"));
    }

    [Fact]
    public void A_read_inbox_leaves_the_list_after_a_while()
    {
        using var host = Host(Listener.Flow);
        host.Start(Listener.Name, "f", new Heard(Monday.AddHours(9), []));
        host.Send("f", "1", new Said("a"));
        host.SweepUntil(Monday.AddMinutes(5));
        Assert.Equal(["f"], Listed(host));

        host.SweepUntil(Monday.AddMinutes(12));

        Assert.Empty(Listed(host));
    }

    private static ScriptedHost Host(FlowDefinition flow) => new(new FlowTable(flow), new ActivityTable(), new RuleShelf(), Monday);

    /// <summary>The county with its real store of cases, over the functions' tables.</summary>
    private static ScriptedHost County()
    {
        var tables = new MemoryTables();
        var activities = new ActivityTable()
            .Add<SaveCase, Saved>(new Activities.Cases.CaseStore(tables))
            .Add<DeliverNotice, DeliveryFact>((_, _) => Task.FromResult<DeliveryFact>(new DeliveryFact.Accepted()));
        return new ScriptedHost(Catalogue.All, activities, ReferenceCounty.Shelf, Samples.Opened, tables);
    }

    private static CaseRecord<Dispute> Record(ScriptedHost host, string kind, string id) =>
        new Activities.Cases.CaseStore(host.Tables).Get<Dispute>(kind, id).GetAwaiter().GetResult()!;

    private static IEnumerable<string> Listed(ScriptedHost host) => host.Tables
        .Query("FlowLists", new Activities.Storage.RowRange("unread"), 100).GetAwaiter().GetResult().Entities.Select(entry => entry.Row);

    private sealed class LosesTimers : Disorder
    {
        public override TimeSpan Timer() => TimeSpan.FromDays(1000);
    }
}
