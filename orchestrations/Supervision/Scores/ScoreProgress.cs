using System.Text.Json.Serialization;

namespace Workflows.Orchestrations.Supervision.Scores;

/// <summary>How a task stands on a day, in the five classes of a supervision bulletin.</summary>
public enum ProgressClass
{
    /// <summary>已完成: checked and struck off.</summary>
    Done,

    /// <summary>超进度: claimed done before its date and not checked yet, or every binding indicator is met or ahead.</summary>
    Ahead,

    /// <summary>达进度: its date has not passed, and no binding indicator is behind.</summary>
    OnSchedule,

    /// <summary>欠进度: its date has passed and it is not struck off, or a binding indicator is behind.</summary>
    Behind,

    /// <summary>其他: it stands still, or was closed without being done.</summary>
    Other,
}

/// <summary>How many tasks there are of each class.</summary>
public sealed record ProgressCounts(int Done, int Ahead, int OnSchedule, int Behind, int Other)
{
    [JsonIgnore]
    public int All => Done + Ahead + OnSchedule + Behind + Other;

    [JsonIgnore]
    public int this[ProgressClass one] => one switch
    {
        ProgressClass.Done => Done,
        ProgressClass.Ahead => Ahead,
        ProgressClass.OnSchedule => OnSchedule,
        ProgressClass.Behind => Behind,
        ProgressClass.Other => Other,
        _ => throw new ArgumentOutOfRangeException(nameof(one)),
    };

    internal static ProgressCounts Of(IEnumerable<ScoreTrail> assignments, DateOnly day)
    {
        var counts = assignments.CountBy(trail => ScoreProgress.Of(trail, day)).ToDictionary();
        int Count(ProgressClass one) => counts.GetValueOrDefault(one);
        return new ProgressCounts(
            Count(ProgressClass.Done), Count(ProgressClass.Ahead), Count(ProgressClass.OnSchedule), Count(ProgressClass.Behind), Count(ProgressClass.Other));
    }
}

/// <summary>The class of a task on any day, from its journal alone.</summary>
public static class ScoreProgress
{
    public static ProgressClass Of(ScoreTrail assignment, DateOnly day)
    {
        var (isOverdue, isClaimed, standsStill, indicators) = (false, false, false, ProgressClass.OnSchedule);
        foreach (var happened in assignment.Events.TakeWhile(happened => happened.On <= day))
        {
            switch (happened.What)
            {
                case "StruckOff":
                    return ProgressClass.Done;
                case "Closed":
                    return ProgressClass.Other;
                case "Overdue":
                    isOverdue = true;
                    break;
                case "Claimed" or "ObjectionAccepted":
                    isClaimed = true;
                    break;
                case "Returned":
                    isClaimed = false;
                    break;
                case "IndicatorsBehind":
                    indicators = ProgressClass.Behind;
                    break;
                case "IndicatorsAhead":
                    indicators = ProgressClass.Ahead;
                    break;
                case "IndicatorsOnSchedule":
                    indicators = ProgressClass.OnSchedule;
                    break;
                case "Suspended":
                    standsStill = true;
                    break;
                case "Resumed":
                    standsStill = false;
                    break;
                default:
                    break;
            }
        }

        return standsStill ? ProgressClass.Other
            : isOverdue ? ProgressClass.Behind
            : isClaimed ? ProgressClass.Ahead
            : indicators;
    }
}
