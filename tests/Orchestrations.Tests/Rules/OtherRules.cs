using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Testing;

namespace Workflows.Orchestrations.Tests.Rules;

/// <summary>The county's rules with something changed, under a version of their own.</summary>
internal static class OtherRules
{
    public const string Version = "test-rules-2";

    public static DisputeRules Disputes { get; } = ReferenceCounty.Disputes with { Version = Version };

    public static DisputeRules Followed { get; } = ReferenceCounty.Followed with { Version = Version };

    public static SupervisionRules Supervision { get; } = ReferenceCounty.Supervision with { Version = Version };

    /// <summary>A day off more.</summary>
    public static CountyCalendar Off(string day) =>
        ReferenceCounty.Calendar.With(new CalendarYear(LocalTime.Day(day).Year, [LocalTime.Day(day)], [], []));

    /// <summary>The county's policies, one of them with another length.</summary>
    public static PolicyBook Policies(string id, int amount, PeriodUnit? unit = null) => Policies(policy => policy.Id == id
        ? policy with { Period = policy.Period with { Amount = amount, Unit = unit ?? policy.Period.Unit } }
        : policy);

    public static PolicyBook Policies(Func<DeadlinePolicy, DeadlinePolicy> change) => new([.. ReferenceCounty.Policies.All.Select(change)]);

    public static DisputeRules Village(int workingDays) => Disputes with { Policies = Policies("DISPUTE-VILLAGE", workingDays) };

    /// <summary>Tells a dispute that it lives under other rules from now on.</summary>
    public static Step<Dispute, DisputeFact> Change(this CaseRun<Dispute, DisputeFact, DisputeRules> run, DateTimeOffset at, DisputeRules rules)
    {
        run.RunUntil(at);
        var before = run.Rules;
        var step = run.Under(rules).Tell(at, "dcs", new DisputeFact.RulesChanged(rules.Version), "rules");
        return run.State.Rules == rules.Version ? step : Back(run.Under(before), step);
    }

    /// <summary>The same of an assignment.</summary>
    public static Step<Assignment, AssignmentFact> Change(
        this CaseRun<Assignment, AssignmentFact, SupervisionRules> run, DateTimeOffset at, SupervisionRules rules)
    {
        run.RunUntil(at);
        var before = run.Rules;
        var step = run.Under(rules).Tell(at, "dcs", new AssignmentFact.RulesChanged(rules.Version), "rules");
        return run.State.Rules == rules.Version ? step : Back(run.Under(before), step);
    }

    /// <summary>What the journal says of the last change.</summary>
    public static IReadOnlyList<string> LastLines<TState, TFact, TRules>(this CaseRun<TState, TFact, TRules> run)
        where TFact : class
        where TRules : class =>
        [.. run.Journal.Reverse().TakeWhile(entry => entry.Line.What == "DateMoved").Reverse().Select(entry => entry.Line.Text)];

    private static TStep Back<TRun, TStep>(TRun run, TStep step)
    {
        _ = run;
        return step;
    }
}
