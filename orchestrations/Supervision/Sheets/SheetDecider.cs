using System.Diagnostics;
using System.Globalization;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Cases;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision.Sheets;

/// <summary>
/// What becomes of a sheet: signed for, answered, looked at, closed or returned; made good by itself; or lapsed, and then
/// the next colour follows. Whatever it lets go it tells the unit's flow.
/// </summary>
public static class SheetDecider
{
    public static Step<Sheet, SheetFact> Decide(Sheet sheet, SheetFact fact, Occasion occasion, SupervisionRules rules)
    {
        var draft = new SheetDraft(sheet, occasion, rules);
        if (sheet.Ended)
        {
            return fact is SheetFact.DateReached or SheetFact.MatterMended
                ? new Step<Sheet, SheetFact>.Nothing()
                : draft.Refuse("ended", $"{sheet.Number} is {sheet.Status}; nothing is left to do.");
        }

        return fact switch
        {
            SheetFact.Opened => Open(draft),
            SheetFact.DateReached => SheetDates.Reached(draft),
            SheetFact.SignedFor => SignFor(draft),
            SheetFact.Answered => Answer(draft),
            SheetFact.Closed => Close(draft),
            SheetFact.Returned => Return(draft),
            SheetFact.MatterMended mended => Mend(draft, mended.Key),
            SheetFact.RulesChanged changed => SheetRulesChange.Take(draft, changed.Version),
            _ => throw new UnreachableException(),
        };
    }

    private static Step<Sheet, SheetFact> Open(SheetDraft draft)
    {
        var sheet = draft.State;
        if (sheet.Status != SheetStatus.Planned)
        {
            return new Step<Sheet, SheetFact>.Nothing();
        }

        var signFor = draft.Start(draft.Step.SignFor);
        var feedback = draft.Start(draft.Step.Feedback);
        draft.State = sheet with
        {
            Status = SheetStatus.Issued,
            SignFor = signFor,
            Feedback = feedback,
            Term = draft.Step.Next is { } next ? draft.Start(next) : null,
        };
        draft.Line(
            "Issued",
            $"{sheet.Number}, {draft.Step.Name}, issued by {sheet.Issuer} to {sheet.Unit}: {string.Join(", ", sheet.Parts.Select(part => part.Key))}; answer by {Why.Iso(feedback.Deadline.Date)}.",
            $"{draft.NameOf(sheet.Issuer)}向{draft.NameOf(sheet.Unit)}发出{sheet.Number}（{draft.Step.NameZh}），请于{DeadlineText.Zh(signFor.Deadline.Date)}前签收，{DeadlineText.Zh(feedback.Deadline.Date)}前反馈。",
            feedback.Deadline);
        draft.Say("sheet-issued", sheet.Unit, due: feedback.Deadline, copies: draft.Copies, more: [("sign", DeadlineText.Zh(signFor.Deadline.Date)), ("request", draft.Step.Request), ("matters", draft.Matters)]);
        return draft.Done();
    }

    private static Step<Sheet, SheetFact> SignFor(SheetDraft draft)
    {
        if (NotTheUnit(draft) is { } refusal)
        {
            return refusal;
        }

        if (draft.State.Status != SheetStatus.Issued)
        {
            return draft.Refuse("already-signed-for", "The sheet has been signed for.");
        }

        draft.State = draft.State with { Status = SheetStatus.SignedFor, SignFor = null };
        var due = draft.State.Feedback!.Deadline;
        draft.Line("SignedFor", $"Signed for by {draft.State.Unit}; answer by {Why.Iso(due.Date)}.", $"{draft.NameOf(draft.State.Unit)}已签收，{DeadlineText.Zh(due.Date)}前反馈。", due);
        return draft.Done();
    }

    private static Step<Sheet, SheetFact> Answer(SheetDraft draft)
    {
        if (NotTheUnit(draft) is { } refusal)
        {
            return refusal;
        }

        if (draft.State.Status != SheetStatus.SignedFor)
        {
            return draft.State.Status == SheetStatus.Issued
                ? draft.Refuse("not-signed-for", "The sheet must be signed for before it is answered.")
                : draft.Refuse("already-answered", "The sheet is answered; its issuer looks at the answer.");
        }

        var check = draft.Start(draft.Rules.Process.Check);
        draft.State = draft.State with
        {
            Status = SheetStatus.Answered,
            Feedback = null,
            Term = null,
            Check = check,
            Answers = [.. draft.State.Answers ?? [], new SheetAnswer(draft.Occasion.At, draft.Occasion.Id)],
        };
        draft.Line("Answered", $"Answered by {draft.State.Unit}; {draft.State.Issuer} looks at it by {Why.Iso(check.Deadline.Date)}.", $"{draft.NameOf(draft.State.Unit)}已反馈，{draft.NameOf(draft.State.Issuer)}应于{DeadlineText.Zh(check.Deadline.Date)}前核查。", check.Deadline, draft.Occasion.Id);
        draft.Say("sheet-answered", draft.State.Issuer, due: check.Deadline);
        return draft.Done();
    }

    private static Step<Sheet, SheetFact> Close(SheetDraft draft)
    {
        if (NotTheIssuer(draft) is { } refusal)
        {
            return refusal;
        }

        draft.Release([.. draft.State.Open.Select(part => part.Key)], SheetResult.Closed);
        draft.State = draft.State.Over(SheetStatus.Closed, draft.Occasion.At, draft.Occasion.Id);
        draft.Line("Closed", $"Closed by {draft.State.Issuer}.", $"{draft.NameOf(draft.State.Issuer)}予以办结。", textId: draft.Occasion.Id);
        draft.Say("sheet-closed", draft.State.Unit);
        return draft.Done();
    }

    private static Step<Sheet, SheetFact> Return(SheetDraft draft)
    {
        if (NotTheIssuer(draft) is { } refusal)
        {
            return refusal;
        }

        if (draft.State.Status != SheetStatus.Answered)
        {
            return draft.Refuse("not-answered", "There is no answer to return.");
        }

        var feedback = draft.Start(draft.Step.Feedback);
        draft.State = draft.State with
        {
            Status = SheetStatus.SignedFor,
            Check = null,
            Feedback = feedback,
            Term = draft.Step.Next is { } next ? draft.Start(next) : null,
            Returns = draft.State.Returns + 1,
        };
        draft.Line("Returned", $"The answer is returned with reasons; again by {Why.Iso(feedback.Deadline.Date)}.", $"反馈退回，请于{DeadlineText.Zh(feedback.Deadline.Date)}前重新反馈。", feedback.Deadline, draft.Occasion.Id);
        draft.Say("sheet-returned", draft.State.Unit, due: feedback.Deadline);
        return draft.Done();
    }

    private static Step<Sheet, SheetFact> Mend(SheetDraft draft, string key)
    {
        if (draft.State.Open.All(part => part.Key != key))
        {
            return new Step<Sheet, SheetFact>.Nothing();
        }

        draft.Release([key], SheetResult.Mended);
        draft.State = draft.State with { Parts = [.. draft.State.Parts.Select(part => part.Key == key ? part with { MendedAt = draft.Occasion.At } : part)] };
        draft.Line("MatterMended", $"{key} is made good.", $"{key}已整改。");
        if (draft.State.Open.Any())
        {
            return draft.Done();
        }

        draft.State = draft.State.Over(SheetStatus.Mended, draft.Occasion.At);
        draft.Line("Mended", "Everything is made good; the sheet ends by itself.", "所列事项均已整改，本单自动办结。");
        draft.Say("sheet-mended", draft.State.Unit, copies: [draft.State.Issuer]);
        return draft.Done();
    }

    private static Step<Sheet, SheetFact>? NotTheUnit(SheetDraft draft) => draft.Occasion.By == draft.State.Unit
        ? null
        : draft.Refuse("not-the-unit", $"Only {draft.State.Unit} answers for this sheet, not {draft.Occasion.By}.");

    private static Step<Sheet, SheetFact>? NotTheIssuer(SheetDraft draft) => draft.Occasion.By == draft.State.Issuer
        ? null
        : draft.Refuse("not-the-issuer", $"Only {draft.State.Issuer}, which issued the sheet, decides on it, not {draft.Occasion.By}.");
}

/// <summary>A step of a sheet while it is being decided.</summary>
internal sealed class SheetDraft(Sheet sheet, Occasion occasion, SupervisionRules rules)
    : CaseDraft<Sheet, SheetFact>(sheet.Id, sheet, occasion, rules)
{
    public SupervisionRules Rules => rules;

    protected override string Code => State.Number;

    public SheetStep Step => rules.Process.Sheets?.Find(State.Color)
        ?? throw new KeyNotFoundException($"The rules {rules.Version} have no sheet {State.Color}.");

    /// <summary>The unit's superior, and the leaders where the ladder says so; never the issuer, who knows.</summary>
    public IReadOnlyList<string> Copies =>
    [
        .. new[] { Superior(State.Unit), Step.Leaders ? rules.Units.Duties.Leaders : State.Issuer }
            .Where(copy => copy != State.Issuer && copy != State.Unit)
            .Distinct(),
    ];

    /// <summary>The same and the issuer, who may be the unit's superior.</summary>
    public IReadOnlyList<string> OverdueCopies => [.. Copies.Append(State.Issuer).Distinct()];

    /// <summary>The matters in a line each, Chinese.</summary>
    public string Matters => string.Join("；", State.Parts.Select(part => $"{part.Key} {Causes(part)}"));

    /// <summary>Tells the unit's flow what is no longer under the State.</summary>
    public void Release(IReadOnlyList<string> keys, SheetResult result) => Tell(TellFlow.Of<UnitMatters, UnitSheetsFact>(
        UnitSheets.FlowName,
        new UnitSheets().FlowId(State.Unit),
        $"{State.Id}.{Occasion.Id}",
        new CaseCommand<UnitSheetsFact>(
            new UnitSheetsFact.SheetReleased(State.Id, keys, result, State.Number, State.Color, rules.Calendar.LocalDate(State.IssuedAt)), State.Issuer, "sheets")));

    public void Say(
        string template, string to, int number = 1, Deadline? due = null, IReadOnlyList<string>? copies = null, string of = "", params (string Name, string Value)[] more)
    {
        var model = new Dictionary<string, string>
        {
            ["unit"] = NameOf(State.Unit),
            ["issuer"] = NameOf(State.Issuer),
            ["kind"] = Step.NameZh,
            ["number"] = number.ToString(CultureInfo.InvariantCulture),
        };
        if (due is not null)
        {
            model["due"] = DeadlineText.Zh(due.Date);
            model["why"] = DeadlineText.WhyZh(due);
        }

        foreach (var (name, value) in more)
        {
            model[name] = value;
        }

        Say(template, string.Create(CultureInfo.InvariantCulture, $"{State.Returns}.{(of.Length > 0 ? of + "." : "")}{number}"), to, model, copies);
    }

    private static string Causes(SheetPart part) => string.Join("、", part.Items
        .SelectMany(item => item.Causes.Select(cause => cause.Cause))
        .Distinct()
        .Select(SheetCauses.Zh));
}
