using Workflows.Orchestrations.Supervision;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Supervision.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Supervision;

/// <summary>A check is not the last word (政府督查工作条例 17), and a plan may end before its tasks do.</summary>
public sealed class AssignmentObjectionTests
{
    private const string Reviewer = "zfw";

    private static readonly AssignmentFact.ObjectionRaised Objects = new();

    private static CaseRun<Assignment, AssignmentFact, SupervisionRules> Returned(Assignment? assignment = null)
    {
        var run = Supervised(assignment ?? Reported with { Cadence = Cadence.None }, signed: null);
        run.Tell(Local("2025-09-28 10:00"), run.State.Unit, new AssignmentFact.SignedFor());
        run.Tell(Local("2025-10-09 10:00"), run.State.Unit, new AssignmentFact.Claimed());
        Taken(run.Tell(Local("2025-10-10 10:00"), Office, new AssignmentFact.Checked(false)));
        return run;
    }

    [Theory]
    [InlineData("2025-11-09 23:59", false)] // the thirtieth day, a Sunday
    [InlineData("2025-11-10 23:59", false)] // so the Monday after is the last
    [InlineData("2025-11-11 00:00", true)]
    public void A_unit_objects_within_thirty_days_that_end_on_a_workday(string at, bool isLate)
    {
        var run = Returned().RunUntil(JustBefore(Local(at)));

        var step = run.Tell(Local(at), Unit, Objects);

        if (isLate)
        {
            Assert.Equal("objection-late", Code(step));
            return;
        }

        Taken(step);
        Assert.Equal(Reviewer, run.State.Objection!.Reviewer);
        Assert.Equal($"{Minute(Local(at))} assignment-objection-raised zfw +dcs", run.Said[^1]);
    }

    [Fact]
    public void It_is_decided_within_thirty_days_and_said_until_it_is()
    {
        var run = Returned();
        run.Tell(Local("2025-10-13 09:00"), Unit, Objects);
        Assert.Equal(Day("2025-11-12"), run.State.Objection!.Decide.Deadline.Date);
        run.RunUntil(Local("2025-11-26 09:00"));

        Assert.Equal(
            [
                "10-31 08:30 assignment-objection-reminder zfw",
                "11-07 08:30 assignment-objection-reminder zfw",
                "11-13 00:00 assignment-objection-overdue zfw +dcs",
                "11-19 08:30 assignment-objection-overdue zfw +dcs",
                "11-26 08:30 assignment-objection-overdue zfw +dcs",
            ],
            run.Said.Where(line => line.Contains("objection-reminder", StringComparison.Ordinal) || line.Contains("objection-overdue", StringComparison.Ordinal)));
    }

    [Fact]
    public void Who_checked_does_not_decide_and_neither_does_the_unit()
    {
        var run = Returned();
        Assert.Equal("no-objection", Code(run.Tell(Local("2025-10-13 08:00"), Reviewer, new AssignmentFact.ObjectionDecided(false))));
        run.Tell(Local("2025-10-13 09:00"), Unit, Objects);

        Assert.Equal("not-the-reviewer", Code(run.Tell(Local("2025-10-14 09:00"), Office, new AssignmentFact.ObjectionDecided(true))));
        Assert.Equal("not-the-reviewer", Code(run.Tell(Local("2025-10-14 09:00"), Unit, new AssignmentFact.ObjectionDecided(true, Done: true))));
        Assert.Equal("not-accepted", Code(run.Tell(Local("2025-10-14 09:00"), Reviewer, new AssignmentFact.ObjectionDecided(false, Done: true))));
        Assert.Equal("already-objected", Code(run.Tell(Local("2025-10-14 09:00"), Unit, Objects)));
    }

    [Fact]
    public void A_unit_that_would_review_itself_is_reviewed_by_another()
    {
        var run = Returned(Reported with { Id = "2023-3.T18.zfw", Unit = "zfw", Cadence = Cadence.None });

        Taken(run.Tell(Local("2025-10-13 09:00"), "zfw", Objects));

        Assert.Equal("zzzx", run.State.Objection!.Reviewer);
    }

    [Fact]
    public void Refused_the_check_stands_and_there_is_no_second_objection()
    {
        var run = Returned();
        run.Tell(Local("2025-10-13 09:00"), Unit, Objects);
        Taken(run.Tell(Local("2025-10-14 09:00"), Reviewer, new AssignmentFact.ObjectionDecided(false)));

        Assert.Equal((AssignmentStatus.Active, null), (run.State.Status, run.State.Objection));
        Assert.Equal("nothing-to-object", Code(run.Tell(Local("2025-10-15 09:00"), Unit, Objects)));
        Assert.Equal("10-14 09:00 assignment-objection-decided mzj +dcs", run.Said[^1]);
    }

    [Fact]
    public void Accepted_it_is_struck_off_or_the_claim_is_checked_anew_as_decided()
    {
        var done = Returned();
        done.Tell(Local("2025-10-13 09:00"), Unit, Objects);
        Taken(done.Tell(Local("2025-10-14 09:00"), Reviewer, new AssignmentFact.ObjectionDecided(true, Done: true)));
        Assert.Equal((AssignmentStatus.StruckOff, Local("2025-10-14 09:00")), (done.State.Status, done.State.StruckOffAt!.Value));
        Assert.Null(done.Kind.Next(done.State));

        var anew = Returned();
        anew.Tell(Local("2025-10-13 09:00"), Unit, Objects);
        Taken(anew.Tell(Local("2025-10-14 09:00"), Reviewer, new AssignmentFact.ObjectionDecided(true)));
        Assert.Equal((AssignmentStatus.Claimed, Day("2025-10-21")), (anew.State.Status, anew.State.Check!.Deadline.Date));
    }

    [Fact]
    public void A_new_claim_takes_the_objection_back()
    {
        var run = Returned();
        run.Tell(Local("2025-10-13 09:00"), Unit, Objects);
        Taken(run.Tell(Local("2025-10-14 09:00"), Unit, new AssignmentFact.Claimed()));

        Assert.Null(run.State.Objection);
        Assert.Contains("10-14 09:00 ObjectionTakenBack", run.Written);
    }

    [Fact]
    public void Nothing_that_was_not_returned_is_objected_to_and_older_rules_know_no_objection()
    {
        Assert.Equal("nothing-to-object", Code(Supervised().Tell(Local("2025-10-09 09:00"), Unit, Objects)));
        Assert.Equal("not-in-these-rules", Code(Active().Tell(Local("2025-10-09 09:00"), Unit, Objects)));
    }

    [Fact]
    public void A_later_plan_closes_what_is_open_with_its_name_as_the_reason()
    {
        var run = Supervised();
        Assert.Equal("not-the-supervision", Code(run.Tell(Local("2025-10-09 09:00"), Unit, new AssignmentFact.Closed("superseded", "2026-1"))));
        Assert.Equal("unknown-reason", Code(run.Tell(Local("2025-10-09 09:00"), Office, new AssignmentFact.Closed("forgotten"))));
        Taken(run.Tell(Local("2025-10-09 09:00"), Office, new AssignmentFact.Closed("superseded", "2026-1")));

        Assert.Equal((AssignmentStatus.Closed, new Closing("superseded", Local("2025-10-09 09:00"), "2026-1")), (run.State.Status, run.State.Closing));
        Assert.Equal("方案已被替代（2026-1）", run.Notices[^1].Model["reason"]);
        Assert.True(run.Ended);
        Assert.Null(run.Kind.Next(run.State));
        Assert.Equal("closed", Code(run.Tell(Local("2025-10-09 09:00"), Unit, new AssignmentFact.Claimed())));
        Assert.DoesNotContain("assignments.open", run.Kind.Card(run.State, run.Rules).Lists);
    }

    [Fact]
    public void Two_plans_that_name_one_matter_are_linked_by_its_key()
    {
        var run = Supervised();
        Assert.Equal("2023-3.T18", run.State.MatterKey);
        Assert.Equal("already-linked", Code(run.Tell(Local("2025-10-09 09:00"), Office, new AssignmentFact.MatterLinked("2023-3.T18"))));
        Taken(run.Tell(Local("2025-10-09 09:00"), Office, new AssignmentFact.MatterLinked("2026-1.T02")));

        Assert.Equal("2026-1.T02", run.State.MatterKey);
        Assert.Equal("not-the-supervision", Code(run.Tell(Local("2025-10-09 09:00"), Unit, new AssignmentFact.MatterLinked("2026-1.T03"))));
    }
}
