using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision.Sheets;
using static Workflows.Orchestrations.Tests.Supervision.Sheets.SheetSamples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Supervision.Sheets;

/// <summary>The life of one sheet.</summary>
public sealed class SheetDeciderTests
{
    [Fact]
    public void A_sheet_is_signed_for_answered_returned_answered_again_and_closed()
    {
        var run = Issued();
        run.Tell(Local("2025-11-04 10:00"), Unit, new SheetFact.SignedFor());
        run.RunUntil(Local("2025-11-07 10:00"));
        run.Tell(Local("2025-11-07 10:00"), Unit, new SheetFact.Answered());
        run.Tell(Local("2025-11-10 10:00"), Office, new SheetFact.Returned());
        run.Tell(Local("2025-11-12 10:00"), Unit, new SheetFact.Answered());
        var closed = run.Tell(Local("2025-11-13 10:00"), Office, new SheetFact.Closed());

        Assert.Equal(
            [
                "11-03 09:00 sheet-issued mzj",
                "11-06 08:30 sheet-feedback-reminder mzj",
                "11-07 10:00 sheet-answered dcs",
                "11-10 10:00 sheet-returned mzj",
                "11-12 10:00 sheet-answered dcs",
                "11-13 10:00 sheet-closed mzj",
            ],
            run.Said);
        var tell = Assert.Single(Assert.IsType<Step<Sheet, SheetFact>.Taken>(closed).Tells!);
        Assert.Equal("UnitSheets-mzj", tell.Id);
        Assert.Null(run.Kind.Next(run.State));
        Assert.Equal("ended", Code(run.Tell(Local("2025-11-14 10:00"), Unit, new SheetFact.SignedFor())));
    }

    /// <summary>Two working days to sign, five to answer, ten until the next colour.</summary>
    [Fact]
    public void Whoever_neither_signs_nor_answers_is_chased_until_the_next_colour_follows()
    {
        var run = Issued().RunOut();

        Assert.Equal(
            [
                "11-03 09:00 sheet-issued mzj",
                "11-04 08:30 sheet-sign-reminder mzj",
                "11-06 00:00 sheet-sign-overdue mzj +dcs",
                "11-06 08:30 sheet-feedback-reminder mzj",
                "11-10 08:30 sheet-sign-overdue mzj +dcs",
                "11-11 00:00 sheet-feedback-overdue mzj +dcs",
                "11-13 08:30 sheet-sign-overdue mzj +dcs",
                "11-13 08:30 sheet-feedback-overdue mzj +dcs",
            ],
            run.Said);
        Assert.Equal(SheetStatus.Lapsed, run.State.Status);
        Assert.Equal(Local("2025-11-18 00:00"), run.State.EndedAt);
    }

    [Fact]
    public void Nothing_follows_the_red_one_and_it_is_said_again_until_it_is_answered_with_copies_to_the_leaders()
    {
        var run = Issued("red");
        run.RunUntil(Local("2026-02-10 09:00"));

        Assert.False(run.Ended);
        Assert.True(run.Notices.Count(notice => notice.Template == "sheet-feedback-overdue") > 10);
        Assert.All(run.Notices.Where(notice => notice.Template == "sheet-feedback-overdue"), notice => Assert.Equal(["zfw", "dcs"], notice.Copies));
    }

    [Fact]
    public void The_next_colour_does_not_follow_while_the_issuer_looks_at_the_answer()
    {
        var run = Issued();
        run.Tell(Local("2025-11-04 10:00"), Unit, new SheetFact.SignedFor());
        run.Tell(Local("2025-11-04 11:00"), Unit, new SheetFact.Answered());
        run.RunUntil(Local("2025-12-10 09:00"));

        Assert.Equal(SheetStatus.Answered, run.State.Status);
        Assert.Contains("11-12 00:00 sheet-check-overdue dcs +zbs", run.Said);
        run.Tell(Local("2025-12-10 09:00"), Office, new SheetFact.Returned());
        run.RunOut();
        Assert.Equal(Local("2025-12-25 00:00"), run.State.EndedAt);
    }

    [Fact]
    public void A_sheet_whose_matters_are_all_made_good_ends_by_itself_and_says_nothing_after()
    {
        var run = Issued("blue", "T18", "T19");
        var first = run.Tell(Local("2025-11-04 10:00"), Unit, new SheetFact.MatterMended("2023-3.T18"));
        Assert.IsType<Step<Sheet, SheetFact>.Nothing>(run.Tell(Local("2025-11-04 10:00"), Unit, new SheetFact.MatterMended("2023-3.T18")));
        Assert.False(run.Ended);
        run.Tell(Local("2025-11-05 10:00"), Unit, new SheetFact.MatterMended("2023-3.T19"));
        run.RunOut();

        Assert.Single(Assert.IsType<Step<Sheet, SheetFact>.Taken>(first).Tells!);
        Assert.Equal("11-05 10:00 sheet-mended mzj +dcs", run.Said[^1]);
        Assert.Equal(SheetStatus.Mended, run.State.Status);
    }

    [Fact]
    public void Everybody_says_only_what_is_theirs()
    {
        var run = Issued();
        Assert.Equal("not-the-unit", Code(run.Tell(Begin, Office, new SheetFact.SignedFor())));
        Assert.Equal("not-signed-for", Code(run.Tell(Begin, Unit, new SheetFact.Answered())));
        Assert.Equal("not-the-issuer", Code(run.Tell(Begin, Unit, new SheetFact.Closed())));
        Assert.Equal("not-answered", Code(run.Tell(Begin, Office, new SheetFact.Returned())));
        run.Tell(Begin, Unit, new SheetFact.SignedFor());
        Assert.Equal("already-signed-for", Code(run.Tell(Begin, Unit, new SheetFact.SignedFor())));
        run.Tell(Begin, Unit, new SheetFact.Answered());
        Assert.Equal("already-answered", Code(run.Tell(Begin, Unit, new SheetFact.Answered())));
    }
}
