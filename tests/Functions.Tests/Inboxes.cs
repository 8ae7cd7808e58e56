using Microsoft.DurableTask.Client;
using Workflows.Activities.Flows;
using Workflows.Functions.Tests.Scripted;
using Workflows.Orchestrations.Durable;
using Workflows.Testing.Durable;

namespace Workflows.Functions.Tests;

/// <summary>Commands come from the table, whatever becomes of the pokes and however the timers fire.</summary>
public sealed class Inboxes : IDisposable
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly ScriptedHost host = new(new FlowTable(Listener.Flow), new ActivityTable(), new RuleShelf(), Monday);
    private int commands;

    [Fact]
    public void Commands_are_read_in_the_order_they_were_accepted()
    {
        Listens();
        Say("a", "b", "c", "end");

        host.RunUntil(Monday.AddMinutes(2));

        Assert.Equal(["a", "b", "c", "end"], host.Result<string[]>("f"));
    }

    [Fact]
    public void A_command_that_comes_before_the_flow_runs_is_read_first_though_its_poke_is_deleted()
    {
        host.Start(Listener.Name, "f", new Heard(Monday.AddHours(1), []));
        Say("first");
        Assert.Equal(OrchestrationRuntimeStatus.Pending, host.Hub.Find("f")!.Status);

        host.RunUntil(Monday.AddMinutes(1));
        Say("end");
        host.RunUntil(Monday.AddMinutes(2));

        Assert.Equal(["first", "end"], host.Result<string[]>("f"));
    }

    [Fact]
    public void A_lost_poke_is_made_good_by_the_sender_within_three_seconds()
    {
        Listens();
        host.Hub.Disorder = new Loses(1);
        Say("end");
        host.RunUntil(Monday.AddMinutes(1).AddMilliseconds(900));
        Assert.Equal(FlowState.Running, host.Info("f").State);

        host.RunUntil(Monday.AddMinutes(1).AddSeconds(3));

        Assert.Equal(["end"], host.Result<string[]>("f"));
    }

    [Fact]
    public void When_every_poke_of_the_sender_is_lost_the_sweep_pokes()
    {
        Listens();
        host.Hub.Disorder = new Loses(3);
        Say("end");
        host.RunUntil(Monday.AddMinutes(2));
        Assert.Equal(FlowState.Running, host.Info("f").State);

        Assert.Equal(1, host.Sweep()[FlowNeed.Poke]);
        host.RunUntil(Monday.AddMinutes(3));

        Assert.Equal(["end"], host.Result<string[]>("f"));
    }

    [Fact]
    public void A_doubled_poke_reads_nothing_twice()
    {
        Listens();
        host.Hub.Disorder = new Doubles();
        Say("a", "b", "end");

        host.RunUntil(Monday.AddMinutes(2));

        Assert.Equal(["a", "b", "end"], host.Result<string[]>("f"));
    }

    [Fact]
    public void A_hundred_pokes_are_answered_by_a_few_looks()
    {
        Listens();
        var before = host.Hub.Runs.Count;
        Say([.. Enumerable.Range(0, 100).Select(word => $"w{word}")]);

        host.RunUntil(Monday.AddMinutes(2));

        Assert.True(host.Hub.Runs.Count - before < 8, $"{host.Hub.Runs.Count - before} activities ran.");
        Assert.Equal(100, host.Info("f").Status!.Value.GetProperty("words").GetInt32());
    }

    [Fact]
    public void A_command_id_counts_once()
    {
        Listens();

        Assert.Equal(SendOutcome.Accepted, host.Send("f", "1", new Said("a")));
        Assert.Equal(SendOutcome.Repeated, host.Send("f", "1", new Said("b")));
        Say("again", "end");
        host.RunUntil(Monday.AddMinutes(2));

        Assert.Equal(["a", "again", "end"], host.Result<string[]>("f"));
        Assert.Equal(SendOutcome.Ended, host.Send("f", "2", new Said("late")));
        Assert.Equal(SendOutcome.NotFound, host.Send("g", "2", new Said("nobody")));
    }

    [Fact]
    public void A_command_accepted_before_the_date_is_read_before_it_though_the_timer_fired_early()
    {
        host.Hub.Disorder = new Fires(TimeSpan.FromMilliseconds(-900));
        Listens();
        host.RunUntil(Monday.AddHours(1).AddMilliseconds(-500));
        Say("in-time");

        host.RunUntil(Monday.AddHours(2));

        Assert.Equal(["in-time", "date"], host.Result<string[]>("f"));
    }

    [Fact]
    public void A_late_timer_makes_the_date_late_and_reads_what_came_before_it()
    {
        host.Hub.Disorder = new Fires(TimeSpan.FromSeconds(25));
        Listens();
        host.RunUntil(Monday.AddHours(1).AddSeconds(20));
        Assert.Equal(FlowState.Running, host.Info("f").State);

        host.RunUntil(Monday.AddHours(1).AddSeconds(26));

        Assert.Equal(["date"], host.Result<string[]>("f"));
    }

    [Fact]
    public void A_restart_keeps_unread_commands_and_leaves_no_timer_open()
    {
        Listens();
        Say("a", "again", "b", "c", "again", "d", "again", "end");

        host.RunUntil(Monday.AddMinutes(2));

        Assert.Equal(["a", "again", "b", "c", "again", "d", "again", "end"], host.Result<string[]>("f"));
        Assert.Equal(3, host.Hub.Find("f")!.Restarts);
    }

    [Fact]
    public void A_flow_waits_on_one_timer_that_only_an_earlier_date_replaces()
    {
        Listens();
        Say("a", "b", "c");
        host.RunUntil(Monday.AddMinutes(2));

        Assert.Single(host.Hub.Find("f")!.History.OfType<Recorded.TimerCreated>());
    }

    public void Dispose() => host.Dispose();

    private void Listens()
    {
        host.Start(Listener.Name, "f", new Heard(Monday.AddHours(1), []));
        host.RunUntil(Monday.AddMinutes(1));
    }

    private void Say(params string[] words)
    {
        foreach (var word in words)
        {
            Assert.Equal(SendOutcome.Accepted, host.Send("f", $"{word}-{commands++}", new Said(word)));
        }
    }

    private sealed class Loses(int pokes) : Disorder
    {
        private int lost;

        public override IEnumerable<TimeSpan> Pokes() => lost++ < pokes ? [] : [TimeSpan.Zero];
    }

    private sealed class Doubles : Disorder
    {
        public override IEnumerable<TimeSpan> Pokes() => [TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(2)];
    }

    private sealed class Fires(TimeSpan late) : Disorder
    {
        public override TimeSpan Timer() => late;
    }
}
