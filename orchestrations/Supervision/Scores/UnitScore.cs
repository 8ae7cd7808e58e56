namespace Workflows.Orchestrations.Supervision.Scores;

/// <summary>Points that a unit lost or got, with the journal's entry behind them.</summary>
/// <param name="Item">The id of the rule's item.</param>
/// <param name="Cause">One of <see cref="ScoreCauses"/>.</param>
/// <param name="Case">The assignment or the sheet.</param>
/// <param name="Title">The task in words, or the sheet's number.</param>
/// <param name="IsSheet">Which of the two it is.</param>
/// <param name="Entry">The number of the entry in its journal.</param>
/// <param name="On">The county's day.</param>
/// <param name="Time">The how manieth time in the month, from 1.</param>
/// <param name="Points">0 or more; less than the rule's once the most of a month is reached.</param>
public sealed record ScorePoints(
    string Item, string Cause, string Case, string Title, bool IsSheet, int Entry, DateOnly On, int Time, decimal Points);

/// <summary>A unit's month.</summary>
/// <param name="Score">From the floor to the ceiling.</param>
/// <param name="Class">The class of the score.</param>
/// <param name="Deductions">In the order of days.</param>
/// <param name="Additions">In the order of days.</param>
/// <param name="Progress">How its tasks stood on the last day.</param>
public sealed record UnitScore(
    decimal Score, ScoreClass Class, IReadOnlyList<ScorePoints> Deductions, IReadOnlyList<ScorePoints> Additions, ProgressCounts Progress)
{
    /// <summary>The score of a unit; null when it had no task in the month.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="trails">All assignments and sheets of the unit.</param>
    /// <param name="first">The month's first day.</param>
    /// <param name="last">Its last day, or today in a month that runs.</param>
    public static UnitScore? Of(ScoreRule rule, IReadOnlyList<ScoreTrail> trails, DateOnly first, DateOnly last)
    {
        List<ScoreTrail> tasks = [.. trails.Where(trail => !trail.IsSheet && trail.IsAlive(first, last))];
        if (tasks.Count == 0)
        {
            return null;
        }

        List<ScoreOccurrence> happened =
        [
            .. trails.SelectMany(ScoreOccurrences.Of)
                .Where(one => one.Event.On >= first && one.Event.On <= last)
                .OrderBy(one => one.Event.On)
                .ThenBy(one => one.Trail.Case, StringComparer.Ordinal)
                .ThenBy(one => one.Event.Number),
        ];
        var deductions = Points(rule.Deductions, happened);
        var additions = Points(rule.Additions, happened);
        var score = Math.Clamp(
            rule.Base - deductions.Sum(one => one.Points) + additions.Sum(one => one.Points), rule.Floor, rule.Ceiling);
        return new UnitScore(score, rule.ClassOf(score), deductions, additions, ProgressCounts.Of(tasks, last));
    }

    private static List<ScorePoints> Points(IReadOnlyList<ScoreItem> items, List<ScoreOccurrence> happened)
    {
        Dictionary<(string Item, string Case), int> times = [];
        Dictionary<string, decimal> sums = new(StringComparer.Ordinal);
        List<ScorePoints> points = [];
        foreach (var one in happened)
        {
            if (items.FirstOrDefault(item => Fits(item, one)) is not { } item)
            {
                continue;
            }

            var of = (item.Id, item.Repeat == RepeatScope.Case ? one.Trail.Case : "");
            var time = times[of] = times.GetValueOrDefault(of) + 1;
            var sum = sums.GetValueOrDefault(item.Id);
            var worth = item.Points[Math.Min(time, item.Points.Count) - 1];
            worth = item.MonthMax is { } most ? Math.Min(worth, most - sum) : worth;
            sums[item.Id] = sum + worth;
            points.Add(new ScorePoints(
                item.Id, one.Cause, one.Trail.Case, one.Trail.Title, one.Trail.IsSheet, one.Event.Number, one.Event.On, time, worth));
        }

        return points;
    }

    private static bool Fits(ScoreItem item, ScoreOccurrence one) =>
        item.Cause == one.Cause
        && (item.Color is null || item.Color == one.Trail.Color)
        && !(one.Days < (item.DaysMin ?? 1));
}
