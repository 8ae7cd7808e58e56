using System.Text.RegularExpressions;
using Workflows.Orchestrations.Durable;
using Workflows.Testing;

namespace Workflows.Orchestrations.Tests.Durable;

/// <summary>What must hold of every case, whatever happens to it.</summary>
internal static partial class CaseChecks
{
    public static void Step<TState, TFact, TRules>(CaseRun<TState, TFact, TRules> run, Step<TState, TFact> step)
        where TFact : class
        where TRules : class
    {
        switch (step)
        {
            case Step<TState, TFact>.Refused refused:
                Assert.Matches(Code(), refused.Code);
                Assert.EndsWith(".", refused.Reason, StringComparison.Ordinal);
                break;
            case Step<TState, TFact>.Taken taken:
                Assert.NotEmpty(taken.Journal);
                Assert.True(ReferenceEquals(taken.State, run.State));
                break;
            default:
                Assert.IsType<Step<TState, TFact>.Nothing>(step);
                break;
        }

        Assert.True(run.Ended || run.Kind.Next(run.State) is not null, "An open case waits for a date.");
        Assert.True(!run.Ended || run.Kind.Next(run.State) is null, "An ended case waits for nothing.");
    }

    public static void Whole<TState, TFact, TRules>(CaseRun<TState, TFact, TRules> run)
        where TFact : class
        where TRules : class
    {
        Assert.Null(Orchestrations.Durable.Journal.FirstBroken(run.Journal));
        Assert.Equal(Enumerable.Range(1, run.Journal.Count), run.Journal.Select(entry => entry.Number));
        Assert.Equal(run.Notices.Count, run.Notices.Select(notice => notice.Key).Distinct().Count());
        Assert.All(run.Starts, start => Assert.Matches(Id(), start.Id));
        Assert.All(run.Notices, notice => Assert.Matches(Id(), notice.Key));
        Assert.All(run.Notices, notice => Assert.DoesNotContain(notice.To, notice.Copies));
    }

    /// <summary>Red: a clock that speaks is over; yellow: one has reminded, or the case is held up; else green.</summary>
    public static string Light(IEnumerable<Orchestrations.Calendar.Clock> clocks, bool heldUp)
    {
        var all = clocks.ToList();
        return all.Exists(clock => clock.OverdueSaid > 0) ? "red"
            : heldUp || all.Exists(clock => clock.RemindersSaid > 0) ? "yellow"
            : "green";
    }

    [GeneratedRegex("^[A-Za-z0-9._:-]{1,100}$")]
    private static partial Regex Id();

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$")]
    private static partial Regex Code();
}
