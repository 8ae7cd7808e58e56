using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Disputes;

/// <summary>
/// Danger is told to police and leaders at once (人民调解法 25). It also asks for a level, but a higher level is another
/// mediating organisation and needs the parties' consent like any transfer; until then the case stays where it is.
/// </summary>
internal static class DisputeDanger
{
    public static void Alert(DisputeDraft draft, string reason, string reasonZh, string of = "")
    {
        var duties = draft.Rules.Units.Duties;
        draft.Line("Alerted", $"Police ({duties.Police}) and leaders ({duties.Leaders}) told at once: {reason}.", $"已即时通报公安和有关领导：{reasonZh}。");
        draft.Say("dispute-alert", duties.Police, urgent: true, of: of, more: ("reason", reasonZh));
        draft.Say("dispute-alert", duties.Leaders, urgent: true, of: of, more: ("reason", reasonZh));
    }

    /// <summary>Anybody may report danger: whoever sees it first says it.</summary>
    public static Step<Dispute, DisputeFact> Report(DisputeDraft draft, DisputeFact.DangerReported reported)
    {
        var dispute = draft.State;
        var known = draft.Rules.Process.DangerSigns ?? [];
        if (dispute.Status == DisputeStatus.Registered)
        {
            return draft.Refuse("not-open", "The dispute is not open yet.");
        }

        if (reported.Signs.Count == 0)
        {
            return draft.Refuse("no-danger-sign", "No sign of danger is named.");
        }

        if (reported.Signs.FirstOrDefault(sign => !known.Any(rule => rule.Id == sign)) is { } unknown)
        {
            return draft.Refuse("unknown-danger-sign", $"The rules of this case know no sign of danger {unknown}.");
        }

        List<DangerSign> signs = [.. known.Where(rule => reported.Signs.Contains(rule.Id))];
        var floor = signs.Max(sign => sign.Floor);
        draft.State = dispute with
        {
            Danger = true,
            DangerSigns = [.. (dispute.DangerSigns ?? []).Concat(signs.Select(sign => sign.Id)).Distinct(StringComparer.Ordinal)],
            DangerReports = (dispute.DangerReports ?? 0) + 1,
            LiftTo = floor > dispute.Level && floor > (dispute.LiftTo ?? Level.Village) ? floor : dispute.LiftTo,
        };
        var reason = string.Join(", ", signs.Select(sign => sign.Name));
        var reasonZh = string.Join("、", signs.Select(sign => sign.NameZh));
        draft.Line("DangerReported", $"Danger reported by {draft.Occasion.By}: {reason}.", $"{draft.NameOf(draft.Occasion.By)}报告危险迹象：{reasonZh}。", textId: draft.Occasion.Id);
        if (signs.Any(sign => sign.Alert))
        {
            Alert(draft, reason, reasonZh, $"d{draft.State.DangerReports}");
        }

        if (draft.State.LiftTo is null || draft.State.LiftTo <= dispute.Level)
        {
            return draft.Done();
        }

        if (CanLift(draft.State))
        {
            return DisputeLevels.GoUp(draft, GoingUpReason.Danger);
        }

        draft.Line(
            "LiftNeedsConsent",
            $"{Words.En(draft.State.LiftTo.Value)} level should take over; the parties' consent is missing.",
            $"应提至{Words.Zh(draft.State.LiftTo.Value)}，尚缺当事人同意。");
        draft.Say("dispute-lift-needs-consent", dispute.Handler, urgent: true, of: $"d{draft.State.DangerReports}", more: [("reason", reasonZh), ("wanted", Words.Zh(draft.State.LiftTo.Value))]);
        return draft.Done();
    }

    /// <summary>Danger asks for a higher level and every party agrees.</summary>
    public static bool CanLift(Dispute dispute) =>
        dispute.LiftTo > dispute.Level
        && dispute.Status is DisputeStatus.Offered or DisputeStatus.Mediating
        && DisputeLevels.AllConsent(dispute);
}
