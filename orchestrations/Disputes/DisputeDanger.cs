using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Disputes;

/// <summary>
/// Danger is told to police and leaders at once (人民调解法 25). It also asks for a level, but a higher level is another
/// mediating organisation and needs the parties' consent like any transfer; until then the case stays where it is.
/// </summary>
internal static class DisputeDanger
{
    /// <summary>What asks for the level may be the kind of matter or a person's choice; police and leaders hear of the danger.</summary>
    public static void Alert(DisputeDraft draft, Triaged triaged, string of = "")
    {
        var told = Triage.Floor(draft.State, draft.Rules.Process) is { Basis: not null } floor ? floor : triaged;
        Alert(draft, told.Reason, told.ReasonZh, told.Basis, of);
    }

    private static void Alert(DisputeDraft draft, string reason, string reasonZh, string? basis, string of)
    {
        var duties = draft.Rules.Units.Duties;
        (string, string)[] words = basis is null ? [("reason", reasonZh)] : [("reason", reasonZh), ("basis", basis)];
        draft.Line("Alerted", $"Police ({duties.Police}) and leaders ({duties.Leaders}) told at once: {reason}.", $"已即时通报公安和有关领导：{reasonZh}。");
        draft.Say("dispute-alert", duties.Police, urgent: true, of: of, more: words);
        draft.Say("dispute-alert", duties.Leaders, urgent: true, of: of, more: words);
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
        };
        Want(draft, floor);
        var reason = string.Join(", ", signs.Select(sign => sign.Name));
        var reasonZh = string.Join("、", signs.Select(sign => sign.NameZh));
        draft.Line("DangerReported", $"Danger reported by {draft.Occasion.By}: {reason}.", $"{draft.NameOf(draft.Occasion.By)}报告危险迹象：{reasonZh}。", textId: draft.Occasion.Via == DisputeTies.Via ? null : draft.Occasion.Id);
        if (signs.Any(sign => sign.Alert))
        {
            Alert(draft, reason, reasonZh, Triage.Basis(draft.Rules.Process, signs.Select(sign => sign.Source)), $"d{draft.State.DangerReports}");
        }

        if (draft.State.LiftTo is null || draft.State.LiftTo <= dispute.Level)
        {
            return draft.Done();
        }

        if (CanLift(draft.State))
        {
            return DisputeLevels.GoUp(draft, GoingUpReason.Danger);
        }

        AskToLift(draft, reasonZh, $"d{draft.State.DangerReports}");
        return draft.Done();
    }

    /// <summary>Danger asks for a level, unless the case is there or asks for as much already.</summary>
    /// <returns>Whether it asks for more than before.</returns>
    public static bool Want(DisputeDraft draft, Level floor)
    {
        var dispute = draft.State;
        if (floor <= dispute.Level || floor <= (dispute.LiftTo ?? Level.Village))
        {
            return false;
        }

        draft.State = dispute with { LiftTo = floor, LiftAsked = Asked(draft) };
        return true;
    }

    /// <summary>The handler asks the parties whether the level that danger asks for may take over.</summary>
    public static void AskToLift(DisputeDraft draft, string reasonZh, string of)
    {
        var wanted = draft.State.LiftTo!.Value;
        draft.Line("LiftNeedsConsent", $"{Words.En(wanted)} level should take over; the parties' consent is missing.", $"应提至{Words.Zh(wanted)}，尚缺当事人同意。");
        draft.Say("dispute-lift-needs-consent", draft.State.Handler, urgent: true, of: of, more: [("reason", reasonZh), ("wanted", Words.Zh(wanted))]);
    }

    /// <summary>A case that comes up or begins below the level that danger asks for: its handler asks the parties anew.</summary>
    public static void AskAnew(DisputeDraft draft)
    {
        if (draft.Rules.Process.DangerFollows == true && draft.State.LiftTo > draft.State.Level)
        {
            draft.State = draft.State with { LiftAsked = Asked(draft) };
            AskToLift(draft, Triage.Floor(draft.State, draft.Rules.Process)?.ReasonZh ?? "存在激化风险", "up");
        }
    }

    /// <summary>
    /// The level a lift leads to. A consent to the next level that was given before danger asked for more is none to that:
    /// it lifts the case by the one level it was given for (人民调解法 3, 17).
    /// </summary>
    public static Level LiftsTo(DisputeDraft draft, Level wanted)
    {
        var dispute = draft.State;
        return draft.Rules.Process.DangerFollows == true
            && dispute.Parties.Any(party => party.GoUp == ConsentToGoUp.Once && !(party.GoUpSaid?.At >= dispute.LiftAsked))
                ? dispute.Level + 1
                : wanted;
    }

    private static DateTimeOffset? Asked(DisputeDraft draft) => draft.Rules.Process.DangerFollows == true ? draft.Occasion.At : null;

    /// <summary>Danger asks for a higher level and every party agrees.</summary>
    public static bool CanLift(Dispute dispute) =>
        dispute.LiftTo > dispute.Level
        && dispute.Status is DisputeStatus.Offered or DisputeStatus.Mediating
        && DisputeLevels.AllConsent(dispute);
}
