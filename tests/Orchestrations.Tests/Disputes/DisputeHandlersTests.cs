using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Units;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>A handler that gives a case back, and units that help one.</summary>
public sealed class DisputeHandlersTests
{
    private const string Neighbour = "350322001003";

    [Fact]
    public void A_case_is_given_back_within_the_objection_term_and_not_after()
    {
        // Offered on a Friday; the Sunday is worked and is the one working day.
        var inTime = Open(Neighbours);
        Assert.IsType<Step<Dispute, DisputeFact>.Taken>(inTime.Tell(JustBefore(Local("2025-09-29 00:00")), Village, new DisputeFact.ReturnAsked()));
        Assert.Equal("09-28 23:59 dispute-return-asked 350322001", inTime.Said[^1]);

        var late = Open(Neighbours);
        var refused = Assert.IsType<Step<Dispute, DisputeFact>.Refused>(late.Tell(Local("2025-09-29 00:00"), Village, new DisputeFact.ReturnAsked()));
        Assert.Equal(new Step<Dispute, DisputeFact>.Refused("return-late", "The case could be given back until 2025-09-28."), refused);
    }

    [Fact]
    public void The_sign_for_term_waits_for_the_superior()
    {
        var run = Open(Neighbours);
        run.Tell(Local("2025-09-28 20:00"), Village, new DisputeFact.ReturnAsked());
        Assert.Equal((Day("2025-09-29"), Day("2025-09-30")), (run.State.SignFor!.Deadline.Date, run.State.Return!.Decide.Deadline.Date));

        run.RunUntil(Local("2025-09-30 12:00"));

        Assert.Equal((DisputeStatus.Offered, 0), (run.State.Status, run.State.Overdue));
    }

    [Fact]
    public void A_refused_return_starts_the_sign_for_term_anew_and_is_not_asked_again()
    {
        var run = Open(Neighbours);
        run.Tell(Local("2025-09-26 10:00"), Village, new DisputeFact.ReturnAsked());

        run.Tell(Local("2025-09-28 10:00"), Township, new DisputeFact.ReturnDecided(false));

        Assert.Equal(Day("2025-09-30"), run.State.SignFor!.Deadline.Date);
        Assert.Equal("09-28 10:00 dispute-return-refused 350322001001", run.Said[^1]);
        Assert.Equal("return-refused", Assert.IsType<Step<Dispute, DisputeFact>.Refused>(run.Tell(Local("2025-09-28 11:00"), Village, new DisputeFact.ReturnAsked())).Code);
        run.RunUntil(JustBefore(Local("2025-10-01 00:00")));
        Assert.Equal(DisputeStatus.Offered, run.State.Status);
        run.Reach(Local("2025-10-01 00:00"));
        Assert.Equal(GoingUpReason.NotSignedFor, run.State.GoingUp);
    }

    [Fact]
    public void An_accepted_return_goes_to_the_committee_that_the_township_names()
    {
        var run = Open(Neighbours);
        run.Tell(Local("2025-09-26 10:00"), Village, new DisputeFact.ReturnAsked());

        run.Tell(Local("2025-09-26 15:00"), Township, new DisputeFact.ReturnDecided(true, Neighbour));

        Assert.Equal((DisputeStatus.Offered, Level.Village, Neighbour, 2), (run.State.Status, run.State.Level, run.State.Handler, run.State.Offers));
        Assert.Equal([Village], run.State.FormerHandlers!);
        Assert.Equal("09-26 15:00 dispute-offered 350322001003", run.Said[^1]);
        // It may hold the same, but the first is not asked again.
        run.Tell(Local("2025-09-28 09:00"), Neighbour, new DisputeFact.ReturnAsked());
        Assert.Equal("already-handled", Assert.IsType<Step<Dispute, DisputeFact>.Refused>(run.Tell(Local("2025-09-28 10:00"), Township, new DisputeFact.ReturnDecided(true, Village))).Code);
    }

    [Fact]
    public void A_township_gives_back_to_another_township_and_to_nobody_of_another_kind()
    {
        var run = Open(Neighbours with { People = 5 });
        Assert.Equal((Level.Township, Township), (run.State.Level, run.State.Handler));
        run.Tell(Local("2025-09-26 10:00"), Township, new DisputeFact.ReturnAsked());

        Assert.Equal("return-unit", Code(run.Tell(Local("2025-09-26 15:00"), Centre, new DisputeFact.ReturnDecided(true, "mzj"))));
        Assert.Equal("return-unit", Code(run.Tell(Local("2025-09-26 15:00"), Centre, new DisputeFact.ReturnDecided(true, Neighbour))));
        run.Tell(Local("2025-09-26 15:00"), Centre, new DisputeFact.ReturnDecided(true, "350322100"));

        Assert.Equal((DisputeStatus.Offered, Level.Township, "350322100"), (run.State.Status, run.State.Level, run.State.Handler));
    }

    [Theory]
    [InlineData("350322100", "return-unit")]
    [InlineData("mzj", "return-unit")]
    [InlineData("350322103203", "return-unit")]
    [InlineData(VillageWithoutMail, "no-address")]
    [InlineData(Village, "already-handled")]
    [InlineData("nobody", "unknown-unit")]
    public void Not_any_unit_can_be_named(string unit, string code)
    {
        var run = Open(Neighbours);
        run.Tell(Local("2025-09-26 10:00"), Village, new DisputeFact.ReturnAsked());

        Assert.Equal(code, Assert.IsType<Step<Dispute, DisputeFact>.Refused>(run.Tell(Local("2025-09-26 15:00"), Township, new DisputeFact.ReturnDecided(true, unit))).Code);
        Assert.Equal("not-yours", Assert.IsType<Step<Dispute, DisputeFact>.Refused>(run.Tell(Local("2025-09-26 15:00"), Village, new DisputeFact.ReturnDecided(true, Neighbour))).Code);
    }

    [Fact]
    public void A_superior_that_takes_the_case_itself_needs_the_parties_consent()
    {
        var asked = Open(Neighbours);
        asked.Tell(Local("2025-09-26 10:00"), Village, new DisputeFact.ReturnAsked());
        asked.Tell(Local("2025-09-26 15:00"), Township, new DisputeFact.ReturnDecided(true));
        Assert.Equal((DisputeStatus.AwaitingConsent, GoingUpReason.Returned), (asked.State.Status, asked.State.GoingUp));
        Assert.Equal("09-26 15:00 dispute-consent-asked 350322001", asked.Said[^1]);

        var consented = Open(Neighbours.WithConsent());
        consented.Tell(Local("2025-09-26 10:00"), Village, new DisputeFact.ReturnAsked());
        consented.Tell(Local("2025-09-26 15:00"), Township, new DisputeFact.ReturnDecided(true));
        Assert.Equal((DisputeStatus.Offered, Township), (consented.State.Status, consented.State.Handler));
    }

    [Fact]
    public void A_superior_that_stays_silent_gets_the_case_itself()
    {
        var run = Open(Neighbours.WithConsent());
        run.Tell(Local("2025-09-26 10:00"), Village, new DisputeFact.ReturnAsked());

        run.RunUntil(JustBefore(Local("2025-09-30 00:00")));
        Assert.Equal(Village, run.State.Handler);
        run.RunUntil(Local("2025-09-30 00:00"));

        Assert.Equal((DisputeStatus.Offered, Level.Township, Township), (run.State.Status, run.State.Level, run.State.Handler));
        Assert.Equal(
            [
                "09-28 08:30 dispute-return-reminder 350322001",
                "09-30 00:00 dispute-return-silent 350322001 +zzzx",
                "09-30 00:00 dispute-transferred 350322001001",
                "09-30 00:00 dispute-offered 350322001",
            ],
            run.Said.TakeLast(4));
        Assert.Contains("09-30 00:00 ReturnSilent", run.Written);
    }

    [Fact]
    public void At_county_level_silence_ends_at_the_duty_box_that_cannot_give_anything_back()
    {
        var run = Open(Neighbours with { WantedLevel = Level.County });
        run.Tell(Local("2025-09-26 10:00"), Centre, new DisputeFact.ReturnAsked());

        run.RunUntil(Local("2025-09-30 00:00"));

        Assert.Equal((DisputeStatus.Offered, DutyBox), (run.State.Status, run.State.Handler));
        Assert.Equal("no-superior", Assert.IsType<Step<Dispute, DisputeFact>.Refused>(run.Tell(Local("2025-09-30 09:00"), DutyBox, new DisputeFact.ReturnAsked())).Code);
    }

    [Fact]
    public void A_handler_that_signs_after_all_takes_its_wish_back()
    {
        var run = Open(Neighbours);
        run.Tell(Local("2025-09-26 10:00"), Village, new DisputeFact.ReturnAsked());

        run.Tell(Local("2025-09-26 11:00"), Village, new DisputeFact.SignedFor());

        Assert.Equal((DisputeStatus.Mediating, true), (run.State.Status, run.State.Return is null));
    }

    [Fact]
    public void An_assisting_unit_has_its_own_clock_and_hears_of_it_until_it_helps_or_the_level_ends()
    {
        var run = Mediating();
        run.Tell(Local("2025-10-09 10:00"), Village, new DisputeFact.AssistAsked("mzj"));
        run.RunUntil(Local("2025-10-20 00:00"));

        Assert.Equal(
            [
                "10-09 10:00 dispute-assist-asked mzj",
                "10-14 08:30 dispute-assist-reminder mzj",
                "10-16 00:00 dispute-assist-overdue mzj +dcs",
                "10-17 08:30 dispute-assist-overdue mzj +dcs",
            ],
            run.Said.Where(said => said.Contains("assist", StringComparison.Ordinal)));
        Assert.Null(run.State.Assists![0].Clock);
        Assert.Equal("not-assisting", Assert.IsType<Step<Dispute, DisputeFact>.Refused>(run.Tell(Local("2025-10-20 09:00"), "mzj", new DisputeFact.AssistGiven())).Code);
    }

    [Fact]
    public void Help_that_is_given_in_time_ends_the_clock_and_the_unit_may_be_asked_again()
    {
        var run = Mediating();
        run.Tell(Local("2025-10-09 10:00"), Village, new DisputeFact.AssistAsked("mzj"));
        Assert.Equal("already-asked", Assert.IsType<Step<Dispute, DisputeFact>.Refused>(run.Tell(Local("2025-10-09 11:00"), Village, new DisputeFact.AssistAsked("mzj"))).Code);
        Assert.Equal("assist-self", Assert.IsType<Step<Dispute, DisputeFact>.Refused>(run.Tell(Local("2025-10-09 11:00"), Village, new DisputeFact.AssistAsked(Village))).Code);

        run.Tell(Local("2025-10-10 10:00"), "mzj", new DisputeFact.AssistGiven());
        run.Tell(Local("2025-10-10 11:00"), Village, new DisputeFact.AssistAsked("mzj"));

        Assert.Equal(["h1", "h2"], run.State.Assists!.Select(assist => assist.Id));
        Assert.Equal([true, false], run.State.Assists!.Select(assist => assist.Clock is null));
        Assert.Equal(["10-10 10:00 dispute-assist-given 350322001001", "10-10 11:00 dispute-assist-asked mzj"], run.Said.TakeLast(2));
    }
}
