using Workflows.Orchestrations.Calendar;

namespace Workflows.Orchestrations.Disputes;

/// <summary>From what was agreed to the day it takes effect, and to the last day to have it confirmed.</summary>
internal static class AgreementEffect
{
    public static Agreement Of(DisputeDraft draft, DisputeFact.Settled settled)
    {
        if (draft.Rules.Process.Aftercare is null)
        {
            return new Agreement(settled.Form, settled.On, Confirmation(draft, settled.On), Mediators: draft.State.Mediators);
        }

        IReadOnlyList<Clause> clauses = settled.Clauses is { } given ? Clauses(draft.Occasion.Id, given) : [new Clause(1, draft.Occasion.Id)];
        var agreement = new Agreement(
            settled.Form, On: null, Confirmation: null, clauses, settled.Signatures,
            settled.Bar ?? draft.Rules.CategoryOf(draft.State.Category).Bar, settled.On, draft.State.Mediators,
            settled is { HasFacts: true, Clauses: not null } ? draft.Occasion.Id : null);
        return Counted(draft, agreement);
    }

    private static List<Clause> Clauses(string command, IReadOnlyList<ClauseTerms> given)
    {
        var part = given.Count;
        return [.. given.Select((clause, index) => new Clause(
            index + 1,
            $"{command}.{AftercareOwner.Number(index + 1)}",
            clause.Party,
            clause.Amount,
            clause.Due,
            clause.HasManner == true ? $"{command}.{AftercareOwner.Number(++part)}" : null))];
    }

    /// <summary>
    /// The agreement with its effect, if all have signed: the day of the last of the parties', the mediator's and the
    /// seal (人民调解法 29); an oral one, and one known to be complete, the day it was agreed (30).
    /// </summary>
    public static Agreement Counted(DisputeDraft draft, Agreement agreement)
    {
        if (agreement.MissingSignatures(draft.State.Parties).Count > 0)
        {
            return agreement;
        }

        var on = agreement.Signatures is { Count: > 0 } signatures ? signatures.Max(signature => signature.On) : agreement.AgreedOn!.Value;
        return agreement with { On = on, Confirmation = agreement.Bar is null ? Confirmation(draft, on) : null };
    }

    public static ConfirmationBar BarOf(DisputeDraft draft, Agreement agreement) =>
        draft.Rules.Process.Aftercare!.Bars.First(bar => bar.Id == agreement.Bar);

    public static (string En, string Zh) ConfirmationWords(DisputeDraft draft, Agreement agreement)
    {
        if (agreement.Confirmation is { Date: var until })
        {
            return ($"joint judicial confirmation possible until {Why.Iso(until)}", $"可在{DeadlineText.Zh(until)}前共同申请司法确认");
        }

        var bar = BarOf(draft, agreement);
        return ($"no judicial confirmation: {bar.Reason}", $"不适用司法确认：{bar.ReasonZh}（{bar.Source}）");
    }

    /// <summary>Tells the handler that the agreement is in effect, and what may follow.</summary>
    public static void Say(DisputeDraft draft, Agreement agreement)
    {
        var form = ("form", Words.Zh(agreement.Form));
        if (agreement.Confirmation is { } confirmation)
        {
            draft.Say("dispute-settled", draft.State.Handler, due: confirmation, more: form);
            return;
        }

        var bar = BarOf(draft, agreement);
        draft.Say("dispute-settled-unconfirmable", draft.State.Handler, more: [form, ("reason", bar.ReasonZh), ("source", bar.Source)]);
    }

    private static Deadline Confirmation(DisputeDraft draft, DateOnly on) =>
        Deadlines.Always(draft.Rules.Policies[draft.Rules.Process.Confirmation], on, draft.Rules.Calendar);
}
