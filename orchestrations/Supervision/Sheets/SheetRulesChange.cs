using Workflows.Orchestrations.Cases;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision.Sheets;

/// <summary>What another version of the rules makes of sheets and of what waits for them.</summary>
public static class SheetRecount
{
    private static readonly RulesObstacle NoSheets = new("no-sheets", "The rules know no sheets.", "规则未设督办单");

    /// <summary>A unit: what waits keeps its moment; whether somebody may issue is asked anew.</summary>
    public static RulesRecount<UnitMatters> Of(UnitMatters unit, SupervisionRules rules, DateTimeOffset at) => rules.Process.Sheets is null
        ? new(unit, [], NoSheets)
        : new(unit with { Rules = rules.Version, NoIssuerSince = null }, []);

    /// <summary>A sheet: its clocks are counted anew.</summary>
    public static RulesRecount<Sheet> Of(Sheet sheet, SupervisionRules rules, DateTimeOffset at)
    {
        var draft = new RecountDraft(rules, at);
        draft.Needs(sheet.Unit);
        draft.Needs(sheet.Issuer);
        if (rules.Process.Sheets?.Find(sheet.Color) is not { } step)
        {
            return new(sheet, [], NoSheets);
        }

        var after = sheet with { Rules = rules.Version };
        foreach (var (name, clock) in sheet.Clocks)
        {
            var (policy, nameZh) = name switch
            {
                "term" => (step.Next, "办理期限"),
                "signFor" => (step.SignFor, "签收期限"),
                "feedback" => (step.Feedback, "反馈期限"),
                _ => (rules.Process.Check, "核查期限"),
            };
            after = after.With(name, draft.Of(name, "", nameZh, clock, policy));
        }

        return draft.Done(sheet, after);
    }
}

/// <summary>A unit's sheets, or a sheet, go over to another version of the rules.</summary>
internal static class SheetRulesChange
{
    public static Step<UnitMatters, UnitSheetsFact> Take(UnitSheetsDraft draft, string version)
    {
        if (draft.State.Rules == version)
        {
            return new Step<UnitMatters, UnitSheetsFact>.Nothing();
        }

        var before = draft.State.Rules;
        var recount = SheetRecount.Of(draft.State, draft.Rules, draft.Occasion.At);
        draft.State = recount.State;
        if (recount.Keeps is null)
        {
            draft.State = draft.State with { FreeAt = draft.FreeAt(draft.State.Issued ?? []) };
        }

        draft.Lines(RulesJournal.Lines(before, version, recount.Moved, recount.Keeps));
        return draft.Done();
    }

    public static Step<Sheet, SheetFact> Take(SheetDraft draft, string version)
    {
        if (draft.State.Rules == version)
        {
            return new Step<Sheet, SheetFact>.Nothing();
        }

        var before = draft.State.Rules;
        var recount = SheetRecount.Of(draft.State, draft.Rules, draft.Occasion.At);
        draft.State = recount.State;
        draft.Lines(RulesJournal.Lines(before, version, recount.Moved, recount.Keeps));
        foreach (var owner in recount.Moved.Where(date => date.Clock != "term").GroupBy(date => date.Clock == "check" ? draft.State.Issuer : draft.State.Unit))
        {
            draft.Say("sheet-dates-moved", owner.Key, of: draft.Occasion.Id, more: ("dates", string.Concat(owner.Select(RulesJournal.Zh))));
        }

        return draft.Done();
    }
}
