using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Tests.Calendar;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>
/// A term counted on paper: one day after the other, from the raw calendar. It shares nothing with the clocks, which
/// must agree with it whatever happens to a case.
/// </summary>
internal sealed class DayBook
{
    private readonly DateOnly start;
    private readonly bool workingDays;
    private readonly bool rolls;
    private DateOnly reached;

    public DayBook(Period period, DateOnly start)
    {
        this.start = start;
        workingDays = period.Unit == PeriodUnit.WorkingDay;
        rolls = period.Roll == Roll.NextWorkday;
        reached = start;
        if (period.Unit == PeriodUnit.Month)
        {
            reached = start.AddMonths(period.Amount);
        }
        else
        {
            Advance(period.Amount);
        }
    }

    /// <summary>The last day, after a roll.</summary>
    public DateOnly Due
    {
        get
        {
            var day = reached;
            while (rolls && !Reference.IsWorked(day))
            {
                day = day.AddDays(1);
            }

            return day;
        }
    }

    /// <summary>Every counted day after the first that ended while the case stood still is one more; a term that was over stays so.</summary>
    public void StoodStill(DateOnly from, DateOnly to)
    {
        if (Due < from)
        {
            return;
        }

        var days = 0;
        for (var day = from; day < to; day = day.AddDays(1))
        {
            days += day > start && Counts(day) ? 1 : 0;
        }

        Advance(days);
    }

    public void Extended(int days)
    {
        reached = Due;
        Advance(days);
    }

    private void Advance(int days)
    {
        while (days > 0)
        {
            reached = reached.AddDays(1);
            days -= Counts(reached) ? 1 : 0;
        }
    }

    private bool Counts(DateOnly day) => !workingDays || Reference.IsWorked(day);
}
