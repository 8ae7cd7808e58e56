using Workflows.Orchestrations.Calendar;

namespace Workflows.Orchestrations.Disputes;

/// <summary>
/// What the fallback board shows: cases that the rules found a next step for because the ordinary one was missing.
/// Derived from the state alone, so a case leaves the board when the cause is gone.
/// </summary>
public static class DisputeBoard
{
    /// <summary>Every cause, kebab-case; the lists are <c>disputes.board.</c> and the cause.</summary>
    public static IReadOnlyList<string> Causes { get; } = ["nobody-there", "not-signed-for", "duty-box", "return-silent", "provisional-date", "session-unrecorded", "session-to-move", "merge-unanswered"];

    /// <summary>The causes for which the case stands on the board now.</summary>
    public static IEnumerable<string> Of(Dispute dispute, DisputeRules rules)
    {
        if (dispute.Ended || rules.Process.Board is not { } shown)
        {
            return [];
        }

        var reason = dispute.GoingUp ?? dispute.CameBy;
        return Causes.Where(shown.Contains).Where(cause => cause switch
        {
            "nobody-there" => dispute.PassedOver == true,
            "not-signed-for" => reason == GoingUpReason.NotSignedFor || dispute.SignFor is { IsOverdue: true },
            "duty-box" => dispute.Handler == rules.Units.Duties.DutyBox,
            "return-silent" => reason == GoingUpReason.ReturnSilent,
            "session-unrecorded" => dispute.SessionPlans?.Any(plan => plan.Clock.IsOverdue) == true,
            "merge-unanswered" => dispute.Merge?.Asked > 1,
            "session-to-move" => dispute is { Suspension: not null, SessionPlans.Count: > 0 },
            _ => dispute.Clocks.Any(clock => Deadlines.IsProvisional(clock.Deadline)),
        });
    }
}
