using System.Globalization;
using System.Text.Json;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>Disputes that have ended under rules that follow them, and what tests say to them.</summary>
internal static class Ended
{
    /// <summary>A Friday after the holiday; the Saturday after it is worked.</summary>
    public static DateTimeOffset At { get; } = Local("2025-10-10 09:00");

    public static CaseRun<Dispute, DisputeFact, DisputeRules> Mediating(Dispute? dispute = null)
    {
        var run = new CaseRun<Dispute, DisputeFact, DisputeRules>(
            new DisputeEscalation(), (dispute ?? Neighbours) with { Rules = ReferenceCounty.FollowedVersion }, ReferenceCounty.Followed);
        run.Open();
        run.Tell(Local("2025-09-28 10:00"), run.State.Handler, new DisputeFact.SignedFor());
        return run;
    }

    /// <summary>An oral agreement of the day <see cref="At"/>.</summary>
    public static CaseRun<Dispute, DisputeFact, DisputeRules> Settled(params ClauseTerms[] clauses) =>
        Settled(new DisputeFact.Settled(AgreementForm.Oral, Day("2025-10-10"), clauses.Length > 0 ? clauses : null));

    public static CaseRun<Dispute, DisputeFact, DisputeRules> Settled(DisputeFact.Settled settled, Dispute? dispute = null)
    {
        var run = Mediating(dispute);
        run.Does(At, run.State.Handler, settled);
        return run;
    }

    public static CaseRun<Dispute, DisputeFact, DisputeRules> Refused() => EndedBy(new DisputeFact.Refused("b"));

    public static CaseRun<Dispute, DisputeFact, DisputeRules> Withdrawn() => EndedBy(new DisputeFact.Withdrawn("a"));

    /// <summary>The village's term ends on 10-17; nobody consents by 10-24.</summary>
    public static CaseRun<Dispute, DisputeFact, DisputeRules> Failed()
    {
        var run = Mediating();
        while (run.State.Outcome is null)
        {
            run.Reach(run.Kind.Next(run.State)!.Value);
        }

        return run;
    }

    /// <summary>Says something that must be taken.</summary>
    public static void Does(
        this CaseRun<Dispute, DisputeFact, DisputeRules> run, DateTimeOffset at, string by, DisputeFact fact)
    {
        run.RunUntil(at);
        Assert.IsType<Step<Dispute, DisputeFact>.Taken>(run.Tell(at, by, fact));
    }

    /// <summary>A party says something itself, which must be taken.</summary>
    public static void Party(
        this CaseRun<Dispute, DisputeFact, DisputeRules> run, DateTimeOffset at, string party, DisputeFact fact)
    {
        run.RunUntil(at);
        Assert.IsType<Step<Dispute, DisputeFact>.Taken>(run.Tell(at, $"party:{party}", fact, "party"));
    }

    /// <summary>The code with which it is refused; nothing has changed then.</summary>
    public static string Refuses(
        this CaseRun<Dispute, DisputeFact, DisputeRules> run, DateTimeOffset at, string by, DisputeFact fact)
    {
        run.RunUntil(at);
        var before = run.State;
        var via = by.StartsWith("party:", StringComparison.Ordinal) ? "party" : "window";
        var refused = Assert.IsType<Step<Dispute, DisputeFact>.Refused>(run.Tell(at, by, fact, via));
        Assert.Same(before, run.State);
        Assert.EndsWith(".", refused.Reason, StringComparison.Ordinal);
        return refused.Code;
    }

    /// <summary>What is followed now: "confirmation 2025-11-10", windows in brackets.</summary>
    public static IReadOnlyList<string> Follows(this CaseRun<Dispute, DisputeFact, DisputeRules> run) =>
    [
        .. run.State.Aftercare!.Open.Select(item =>
        {
            var kind = JsonNamingPolicy.KebabCaseLower.ConvertName(item.Kind.ToString());
            var text = string.Create(
                CultureInfo.InvariantCulture, $"{kind}{(item.About is null ? "" : $" {item.About}")} {item.Clock.Deadline.Date:yyyy-MM-dd}");
            return item.IsWindow ? $"({text})" : text;
        }),
    ];

    /// <summary>What was said from the end on.</summary>
    public static IReadOnlyList<string> SaidSince(this CaseRun<Dispute, DisputeFact, DisputeRules> run, DateTimeOffset at) =>
        [.. run.Notices.Where(notice => notice.DecidedAt > at).Select(Line)];

    private static CaseRun<Dispute, DisputeFact, DisputeRules> EndedBy(DisputeFact fact)
    {
        var run = Mediating();
        run.Does(At, Village, fact);
        return run;
    }
}
