namespace Workflows.Orchestrations.Supervision.Scores;

/// <summary>An entry of a journal that may cost or give points.</summary>
/// <param name="Cause">One of <see cref="ScoreCauses"/>.</param>
/// <param name="Trail">The case.</param>
/// <param name="Event">The entry.</param>
/// <param name="Days">For a task finished early: how many days before the date.</param>
internal sealed record ScoreOccurrence(string Cause, ScoreTrail Trail, ScoreEvent Event, int? Days = null);

/// <summary>Finds in a journal what may count. What happens while a task stands still costs nothing.</summary>
internal static class ScoreOccurrences
{
    public static IEnumerable<ScoreOccurrence> Of(ScoreTrail trail) => trail.IsSheet ? OfSheet(trail) : OfAssignment(trail);

    private static IEnumerable<ScoreOccurrence> OfAssignment(ScoreTrail trail)
    {
        var standsStill = false;
        DateOnly? finishBy = null;
        DateOnly? claimedOn = null;
        for (var index = 0; index < trail.Events.Count; index++)
        {
            var happened = trail.Events[index];
            switch (happened.What)
            {
                case "Suspended":
                    standsStill = true;
                    break;
                case "Resumed":
                    (standsStill, finishBy) = (false, happened.Due ?? finishBy);
                    break;
                case "SignedFor" or "Extended":
                    finishBy = happened.Due ?? finishBy;
                    break;
                case "Claimed":
                    claimedOn = happened.On;
                    break;
                case "StruckOff" when claimedOn < finishBy:
                    yield return new ScoreOccurrence(ScoreCauses.FinishedEarly, trail, happened, finishBy.Value.DayNumber - claimedOn.Value.DayNumber);
                    break;
                case "Returned" when IsTakenBack(trail, index):
                    break;
                case var what when CauseOf(what) is { } cause && !standsStill:
                    yield return new ScoreOccurrence(cause, trail, happened);
                    break;
                default:
                    break;
            }
        }
    }

    private static IEnumerable<ScoreOccurrence> OfSheet(ScoreTrail trail)
    {
        var isLate = false;
        foreach (var happened in trail.Events)
        {
            isLate = happened.What switch
            {
                "Issued" or "Returned" => false,
                "NotAnswered" => true,
                _ => isLate,
            };
            var cause = happened.What switch
            {
                "Issued" => ScoreCauses.SheetIssued,
                "NotSignedFor" => ScoreCauses.SheetSignForOverdue,
                "NotAnswered" => ScoreCauses.SheetAnswerOverdue,
                "Returned" => ScoreCauses.SheetReturned,
                "Lapsed" => ScoreCauses.SheetLapsed,
                "Answered" when !isLate => ScoreCauses.SheetAnsweredInTime,
                _ => null,
            };
            if (cause is not null)
            {
                yield return new ScoreOccurrence(cause, trail, happened);
            }
        }
    }

    private static string? CauseOf(string what) => what switch
    {
        "NotSignedFor" => ScoreCauses.SignForOverdue,
        "Overdue" => ScoreCauses.FinishOverdue,
        "FeedbackOverdue" => ScoreCauses.FeedbackOverdue,
        "FeedbackMissed" => ScoreCauses.FeedbackMissed,
        "Returned" => ScoreCauses.ClaimReturned,
        "IndicatorsBehind" => ScoreCauses.IndicatorBehind,
        _ => null,
    };

    /// <summary>The reviewer accepted the objection to this check (政府督查工作条例 17): it is as if it had not been.</summary>
    private static bool IsTakenBack(ScoreTrail trail, int returned) => trail.Events
        .Skip(returned + 1)
        .FirstOrDefault(later => later.What is "Claimed" or "ObjectionRefused" or "ObjectionAccepted" or "StruckOff")
        ?.What is "ObjectionAccepted" or "StruckOff";
}
