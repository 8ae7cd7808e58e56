using Workflows.Activities.Supervision.Scores;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;

namespace Workflows.Server.Tests.CountyPlan;

/// <summary>Each assignment stands where its unit's manner leads, and its journal says how it came there.</summary>
internal sealed class AssignmentChecks(County county)
{
    private static readonly DateOnly Due = new(2025, 12, 31);

    public async Task Run(IReadOnlyList<Assignment> assignments)
    {
        var chases = Chases(county.Rules.Current.Calendar);
        foreach (var assignment in assignments)
        {
            var record = await county.Cases.Get<Assignment>(TaskSupervision.FlowName, assignment.Id, TestContext.Current.CancellationToken);
            var journal = await county.Cases.Journal(assignment.Id, TestContext.Current.CancellationToken);
            Assert.Null(Journal.FirstBroken(journal));
            Check(assignment, record!.State.Status, [.. journal.Select(entry => entry.Line.What)], chases);
        }

        // Whatever its months were scored by is what the journals say.
        var recount = await new ScoreRecount(county.Cases).Run(repair: false, TestContext.Current.CancellationToken);
        Assert.Empty(recount.Differences);
        Assert.True(recount.Cases > assignments.Count, "There are sheets beside the assignments.");
    }

    private void Check(Assignment assignment, AssignmentStatus status, List<string> words, int chases)
    {
        int Times(string word) => words.Count(known => known == word);
        switch (Manners.Of(assignment))
        {
            case Manner.Silent:
                // Not signed for: chased every five working days for more than two years, then chased for the task.
                Assert.Equal(AssignmentStatus.Issued, status);
                Assert.Equal((chases, 1 + 3, 1), (Times("NotSignedFor"), Times("Reminded"), Times("Overdue")));
                break;
            case Manner.Late:
                Assert.Equal(AssignmentStatus.Active, status);
                Assert.Equal((2, 1, 0), (Times("NotSignedFor"), Times("Overdue"), Times("FeedbackOverdue")));
                break;
            case Manner.Careless:
                Assert.Equal(AssignmentStatus.StruckOff, status);
                Assert.Equal((2, 1, 1), (Times("Claimed"), Times("Returned"), Times("StruckOff")));
                Assert.Equal(4, Times("FeedbackGiven"));
                Assert.Equal(Times("FeedbackOpened"), Times("FeedbackGiven") + Times("FeedbackMissed") + 1);
                Assert.Contains("FeedbackOverdue", words);
                break;
            default:
                Assert.Equal(AssignmentStatus.StruckOff, status);
                // Indicators may run ahead of their time and fall back to it, but never behind.
                Assert.Equal(
                    ["Issued", "SignedFor", "Claimed", "StruckOff"],
                    words.Where(word => !word.StartsWith("Feedback", StringComparison.Ordinal) && word is not ("IndicatorsAhead" or "IndicatorsOnSchedule")));
                Assert.Equal(PlanPeople.IsMonthly(assignment, county.Rules.Current.Supervision.Process) ? 25 : 8, Times("FeedbackGiven"));
                Assert.DoesNotContain("FeedbackOverdue", words);
                break;
        }
    }

    /// <summary>
    /// Counted day by day and not by the product: the first chase when the third working day after activation is over,
    /// then one on every fifth working day, until the plan's own date is over.
    /// </summary>
    private static int Chases(CountyCalendar calendar)
    {
        var signBy = new DateOnly(2023, 10, 12);
        var chases = 1;
        var worked = 0;
        for (var day = signBy.AddDays(1); day <= Due; day = day.AddDays(1))
        {
            if (calendar.KindOf(day) is DayKind.Workday or DayKind.MakeUpWorkday && ++worked % 5 == 0)
            {
                chases++;
            }
        }

        return chases;
    }
}
