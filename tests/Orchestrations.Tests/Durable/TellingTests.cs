using System.Text.Json;
using Workflows.Orchestrations.Durable;
using Workflows.Testing;
using Workflows.Testing.Durable;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Durable;

/// <summary>A step that tells other cases: after the save, once, started when need be, and what nobody heard comes back.</summary>
public sealed class TellingTests
{
    private static readonly DateTimeOffset Begin = Local("2025-09-26 09:00");

    private readonly List<SaveCase> saved = [];

    [Fact]
    public void A_case_is_told_after_the_save_and_started_first_when_it_is_not_there()
    {
        var flows = Flows();
        flows.Start(Counting.FlowName, "Counting-a", CaseRecord.Fresh("a", new Count("a")));

        flows.Send("Counting-a", "c1", Says(new CountFact.Pass("b", IsFresh: true)));
        flows.Send("Counting-a", "c2", Says(new CountFact.Pass("b", IsFresh: true)));

        Assert.Equal(["a 1", "a 2", "b 1", "b 2", "a 3", "b 3"], saved.Select(save => $"{save.Id} {save.Version}"));
        Assert.Equal(2, Last("b").Heard);
        flows.ReplayAll();
    }

    [Fact]
    public void What_nobody_can_hear_comes_back_as_a_fact()
    {
        var flows = Flows();
        flows.Start(Counting.FlowName, "Counting-a", CaseRecord.Fresh("a", new Count("a")));

        flows.Send("Counting-a", "c1", Says(new CountFact.Pass("nobody", IsFresh: false)));

        Assert.Equal(["Counting-nobody NotFound"], Last("a").Unheard);
        flows.ReplayAll();
    }

    [Fact]
    public void A_case_that_is_started_from_its_record_tells_again_and_is_heard_once()
    {
        var flows = Flows();
        flows.Start(Counting.FlowName, "Counting-a", CaseRecord.Fresh("a", new Count("a")));
        flows.Send("Counting-a", "c1", Says(new CountFact.Pass("b", IsFresh: true)));
        var record = saved.Last(save => save.Id == "a").Record;
        Assert.True(record.TryGetProperty("tells", out _));

        // The other case is there, the one that told is lost.
        var again = Flows();
        again.Start(Counting.FlowName, "Counting-b", CaseRecord.Fresh("b", new Count("b")));
        again.Start(Counting.FlowName, "Counting-a", record);
        Assert.Equal(1, Last("b").Heard);
        Assert.Equal(SendOutcome.Repeated, again.Send("Counting-b", "a.c1", Says(new CountFact.Hear())));
    }

    [Fact]
    public void A_step_that_tells_nobody_asks_for_nothing_new()
    {
        var flows = Flows();
        flows.Start(Counting.FlowName, "Counting-a", CaseRecord.Fresh("a", new Count("a")));
        flows.Send("Counting-a", "c1", Says(new CountFact.Hear()));

        Assert.DoesNotContain(flows.Find("Counting-a")!.Trace, asked => asked.Asked.StartsWith("send", StringComparison.Ordinal) || asked.Asked.StartsWith("start", StringComparison.Ordinal));
        Assert.False(saved[^1].Record.TryGetProperty("tells", out _));
    }

    private static CaseCommand<CountFact> Says(CountFact fact) => new(fact, "dcs", "api");

    private InMemoryFlows Flows() => new(
        new FlowTable(new Counting().Flow()),
        new ActivityTable().Add<SaveCase, Saved>((save, _) =>
        {
            saved.Add(save);
            return Task.FromResult(new Saved(save.Version));
        }),
        ReferenceCounty.Shelf,
        Begin);

    private Count Last(string id) => saved.Last(save => save.Id == id).Record.Deserialize<CaseRecord<Count>>(Wire.Options)!.State;

    private sealed record Count(string Id, int Heard = 0, IReadOnlyList<string>? Unheard = null);

    [System.Text.Json.Serialization.JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
    [System.Text.Json.Serialization.JsonDerivedType(typeof(Opened), nameof(Opened))]
    [System.Text.Json.Serialization.JsonDerivedType(typeof(Hear), nameof(Hear))]
    [System.Text.Json.Serialization.JsonDerivedType(typeof(Pass), nameof(Pass))]
    [System.Text.Json.Serialization.JsonDerivedType(typeof(Unheard), nameof(Unheard))]
    private abstract record CountFact
    {
        public sealed record Opened : CountFact;

        public sealed record Hear : CountFact;

        public sealed record Pass(string To, bool IsFresh) : CountFact;

        public sealed record Unheard(string What) : CountFact;
    }

    private sealed class Counting : CaseKind<Count, CountFact, Orchestrations.Supervision.SupervisionRules>
    {
        public const string FlowName = nameof(Counting);

        public override string Name => FlowName;

        public override CountFact DateReached => throw new NotSupportedException();

        public override Step<Count, CountFact> Decide(Count state, CountFact fact, Occasion occasion, Orchestrations.Supervision.SupervisionRules rules) => fact switch
        {
            CountFact.Hear => Taken(state with { Heard = state.Heard + 1 }),
            CountFact.Unheard unheard => Taken(state with { Unheard = [.. state.Unheard ?? [], unheard.What] }),
            CountFact.Pass pass => Taken(
                state,
                TellFlow.Of(FlowName, FlowId(pass.To), $"{state.Id}.{occasion.Id}", Says(new CountFact.Hear()), pass.IsFresh ? CaseRecord.Fresh(pass.To, new Count(pass.To)) : null)),
            _ => Taken(state),
        };

        public override (CountFact Fact, Occasion Occasion) Opening(Count state) => (new CountFact.Opened(), new Occasion(Begin, Occasion.Clock, "test", "opened"));

        public override DateTimeOffset? Next(Count state) => null;

        public override bool Ended(Count state) => false;

        public override string RulesVersion(Count state) => ReferenceCounty.Version;

        public override CaseCard Card(Count state, Orchestrations.Supervision.SupervisionRules rules) =>
            new("open", Begin, null, "green", [], JsonSerializer.SerializeToElement(state, Wire.Options));

        public override CountFact? NotTold(TellFlow tell, SendOutcome outcome) => new CountFact.Unheard($"{tell.Id} {outcome}");

        private static Step<Count, CountFact> Taken(Count state, params TellFlow[] tells) =>
            new Step<Count, CountFact>.Taken(state, [new JournalLine("Counted", "Counted.", "计数。")], [], Tells: tells);
    }
}
