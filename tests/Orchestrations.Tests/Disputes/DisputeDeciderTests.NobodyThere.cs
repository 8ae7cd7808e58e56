using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Units;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>No handler, no address, no signature: nothing is skipped and nothing is silent.</summary>
public sealed partial class DisputeDeciderTests
{
    [Fact]
    public void A_village_without_an_address_is_passed_over_and_it_is_written_down()
    {
        var run = Open(Neighbours with { Place = VillageWithoutMail });

        Assert.Equal((Level.Township, Township), (run.State.Level, run.State.Handler));
        Assert.Equal(
            ["Registered", "Triaged", "NobodyThere", "Offered"],
            run.Journal.Select(entry => entry.Line.What));
        Assert.Equal("350322001002 has no address.", run.Journal[2].Line.Text);
        Assert.Equal(["09-26 09:00 dispute-offered 350322001"], run.Said);
    }

    [Fact]
    public void A_dispute_of_a_whole_township_has_no_village_and_begins_there()
    {
        var run = Open(Neighbours with { Place = Township });

        Assert.Equal((Level.Township, Township), (run.State.Level, run.State.Handler));
        Assert.Equal("No handler at village level for 350322001.", run.Journal[2].Line.Text);
    }

    [Fact]
    public void A_place_nobody_knows_ends_up_in_the_duty_box()
    {
        var run = Open(Neighbours with { Place = "350322999999" });

        Assert.Equal((Level.County, DutyBox), (run.State.Level, run.State.Handler));
        Assert.Equal(3, run.Journal.Count(entry => entry.Line.What == "NobodyThere"));
        Assert.Equal(["09-26 09:00 dispute-offered zbs"], run.Said);
    }

    [Fact]
    public void A_township_that_lost_its_address_is_passed_over_on_the_way_up()
    {
        var units = ReferenceCounty.UnitsWith(unit => unit.Id == Township ? unit with { Mail = null } : unit);
        var run = Open(Neighbours.WithConsent(), units);
        run.Tell(Local("2025-09-28 10:00"), Village, new DisputeFact.SignedFor());

        run.RunUntil(EndOf(run.State.Term));

        Assert.Equal((Level.County, Centre), (run.State.Level, run.State.Handler));
        Assert.Equal(
            ["TermOver", "LevelEnded", "Transferred", "NobodyThere", "Offered"],
            run.Journal.TakeLast(5).Select(entry => entry.Line.What));
    }

    [Fact]
    public void When_even_the_centre_has_no_address_the_duty_box_takes_it_at_once()
    {
        var units = ReferenceCounty.UnitsWith(unit => unit.Id is Township or Centre or Village ? unit with { Mail = null } : unit);

        var run = Open(Neighbours, units);

        Assert.Equal((Level.County, DutyBox, 1), (run.State.Level, run.State.Handler, run.State.Offers));
    }

    [Fact]
    public void A_village_that_does_not_sign_is_not_told_so_its_township_is_and_asks_the_parties()
    {
        var run = Open(Neighbours);

        run.RunUntil(EndOf(run.State.SignFor));

        Assert.Equal(
            [
                "09-26 09:00 dispute-offered 350322001001",
                "09-28 08:30 dispute-sign-reminder 350322001001",
                "09-30 00:00 dispute-sign-overdue 350322001 +zzzx",
                "09-30 00:00 dispute-consent-asked 350322001",
            ],
            run.Said);
        Assert.Equal((DisputeStatus.AwaitingConsent, Village), (run.State.Status, run.State.Handler));
    }

    [Fact]
    public void A_centre_that_does_not_sign_gives_way_to_the_duty_box_without_asking_the_parties()
    {
        var run = Open(Neighbours with { WantedLevel = Level.County });

        run.RunUntil(EndOf(run.State.SignFor));

        Assert.Equal((DisputeStatus.Offered, Level.County, DutyBox), (run.State.Status, run.State.Level, run.State.Handler));
        Assert.Equal([Centre], run.State.FormerHandlers!);
        Assert.Equal(
            ["09-30 00:00 dispute-sign-overdue zzzx +zbs", "09-30 00:00 dispute-offered zbs"],
            run.Said.TakeLast(2));
    }

    [Fact]
    public void The_duty_box_is_told_every_three_working_days_until_it_signs()
    {
        var run = Open(Neighbours with { WantedLevel = Level.County }).RunUntil(Local("2025-10-23 12:00"));

        Assert.Equal(
            [
                "09-30 00:00 dispute-offered zbs",
                "10-09 08:30 dispute-sign-reminder zbs",
                "10-11 00:00 dispute-sign-overdue zbs +zfw",
                "10-14 08:30 dispute-sign-overdue zbs +zfw",
                "10-17 08:30 dispute-sign-overdue zbs +zfw",
                "10-22 08:30 dispute-sign-overdue zbs +zfw",
            ],
            run.Said.Skip(3));

        run.Tell(Local("2025-10-23 12:00"), DutyBox, new DisputeFact.SignedFor());
        Assert.Equal((DisputeStatus.Mediating, DutyBox), (run.State.Status, run.State.Handler));
        Assert.Null(run.State.SignFor);
        Assert.Equal(Day("2025-11-24"), run.State.Term!.Deadline.Date);

        run.RunOut();
        Assert.Equal(new Outcome(Local("2025-11-25 00:00"), "term-over"), run.State.Outcome);
    }

    [Fact]
    public void A_duty_box_that_never_signs_is_told_until_the_total_term_is_over()
    {
        var run = Open(Neighbours with { WantedLevel = Level.County }).RunOut();

        Assert.Equal(new Outcome(Local("2025-12-27 00:00"), "total-over"), run.State.Outcome);
        Assert.Equal(
            ["12-27 00:00 dispute-total-over zbs +zfw", "12-27 00:00 dispute-rights-notice zbs"],
            run.Said.TakeLast(2));
        Assert.Equal(run.Notices.Count, run.Notices.Select(notice => notice.Key).Distinct().Count());
    }
}
