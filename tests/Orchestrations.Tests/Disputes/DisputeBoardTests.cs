using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Units;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>The fallback board: on it for a cause, off it when the cause is gone.</summary>
public sealed class DisputeBoardTests
{
    [Fact]
    public void A_case_whose_village_has_no_address_is_on_the_board_until_the_township_signs()
    {
        var run = Open(Neighbours with { Place = VillageWithoutMail });
        Assert.Equal(["nobody-there"], Board(run));

        run.Tell(Local("2025-09-26 10:00"), Township, new DisputeFact.SignedFor());

        Assert.Empty(Board(run));
    }

    [Fact]
    public void A_case_that_was_not_signed_for_is_on_the_board_while_the_parties_are_asked_and_until_the_next_signs()
    {
        var run = Open(Neighbours);
        Assert.Empty(Board(run));
        run.RunUntil(Local("2025-09-30 00:00"));
        Assert.Equal(["not-signed-for"], Board(run));
        run.Tell(Local("2025-09-30 09:00"), Township, new DisputeFact.ConsentAnswered("a", ConsentToGoUp.Once));
        run.Tell(Local("2025-09-30 09:00"), Township, new DisputeFact.ConsentAnswered("b", ConsentToGoUp.Once));
        Assert.Equal(["not-signed-for"], Board(run));

        run.Tell(Local("2025-09-30 10:00"), Township, new DisputeFact.SignedFor());

        Assert.Empty(Board(run));
    }

    [Fact]
    public void At_the_duty_box_a_case_stays_on_the_board_until_it_has_ended()
    {
        var run = Open(Neighbours with { WantedLevel = Level.County });
        run.RunUntil(Local("2025-09-30 00:00"));
        Assert.Equal(["nobody-there", "not-signed-for", "duty-box"], Board(run));
        run.Tell(Local("2025-09-30 10:00"), DutyBox, new DisputeFact.SignedFor());
        Assert.Equal(["duty-box"], Board(run));

        run.Tell(Local("2025-09-30 11:00"), DutyBox, new DisputeFact.Refused("a"));

        Assert.Empty(Board(run));
    }

    [Fact]
    public void A_return_without_an_answer_is_on_the_board_under_its_own_cause()
    {
        var run = Open(Neighbours);
        run.Tell(Local("2025-09-26 10:00"), Village, new DisputeFact.ReturnAsked());
        Assert.Equal("disputes.deciding.350322001", Lists(run).Single(list => list.Contains("deciding", StringComparison.Ordinal)));

        run.RunUntil(Local("2025-09-30 00:00"));

        Assert.Equal(["return-silent"], Board(run));
        Assert.DoesNotContain(Lists(run), list => list.Contains("deciding", StringComparison.Ordinal));
    }

    [Fact]
    public void A_date_in_a_year_without_a_calendar_is_on_the_board() =>
        Assert.Equal(["provisional-date"], Board(Open(Neighbours with { OpenedAt = Local("2026-11-02 09:00") })));

    [Fact]
    public void Assisting_units_and_standstills_have_their_lists()
    {
        var run = Mediating();
        run.Tell(Local("2025-09-29 09:00"), Village, new DisputeFact.AssistAsked("mzj"));
        run.Tell(Local("2025-09-29 10:00"), Village, new DisputeFact.Suspended("appraisal"));

        Assert.Contains("disputes.assisting.mzj", Lists(run));
        Assert.Contains("disputes.suspended.true", Lists(run));
    }

    private static IEnumerable<string> Board(CaseRun<Dispute, DisputeFact, DisputeRules> run) =>
        Lists(run).Where(list => list.StartsWith("disputes.board.", StringComparison.Ordinal)).Select(list => list["disputes.board.".Length..]);

    private static IReadOnlyList<string> Lists(CaseRun<Dispute, DisputeFact, DisputeRules> run) => run.Kind.Card(run.State, run.Rules).Lists;
}
