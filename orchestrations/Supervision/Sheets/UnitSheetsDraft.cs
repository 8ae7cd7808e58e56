using Workflows.Orchestrations.Cases;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Supervision.Sheets;

/// <summary>A step of a unit's sheets while it is being decided.</summary>
internal sealed class UnitSheetsDraft(UnitMatters unit, Occasion occasion, SupervisionRules rules)
    : CaseDraft<UnitMatters, UnitSheetsFact>(unit.Unit, unit, occasion, rules)
{
    public SupervisionRules Rules => rules;

    /// <summary>Null in rule sets without sheets.</summary>
    public SheetRules? Sheets => rules.Process.Sheets;

    /// <summary>The county's date.</summary>
    public DateOnly Today => rules.Calendar.LocalDate(Occasion.At);

    public Unit? Unit => rules.Units.Find(State.Unit);

    /// <summary>Who may issue to the unit today; null when nobody may.</summary>
    public SheetIssuer? Issuer => Unit is { } unit ? Sheets?.IssuerOf(unit.Kind, Today) : null;

    /// <summary>Whether matters of the unit go into letters, which know no colour.</summary>
    public bool IsLetter => Unit is { } unit && Sheets!.Issuers.FirstOrDefault(issuer => issuer.Kinds.Contains(unit.Kind)) is { Form: SheetForm.Letter };

    /// <summary>The colour at which a matter begins that waits from now on.</summary>
    /// <param name="key">The matter.</param>
    /// <param name="items">What its assignments miss.</param>
    public string StartOf(string key, IReadOnlyList<MissedItem> items)
    {
        var sheets = Sheets!;
        if (IsLetter)
        {
            return sheets.Letter.Id;
        }

        var color = sheets.StartOf(items.SelectMany(item => item.Causes).Select(cause => cause.Cause));
        if (sheets.Important is { } graver && items.Any(item => item.Important == true))
        {
            color = sheets.Graver(color, graver);
        }

        if (State.Important?.FirstOrDefault(known => known.Matter == key) is { } important)
        {
            color = sheets.Graver(color, important.Color);
        }

        // Made good and missed again is no new beginning: only the issuer's closing is.
        return State.Past?.LastOrDefault(past => past.Keys.Contains(key)) switch
        {
            { Result: SheetResult.Lapsed } past => sheets.Graver(color, sheets.After(past.Color)),
            { Result: SheetResult.Mended or SheetResult.Lost } past => sheets.Graver(color, past.Color),
            _ => color,
        };
    }

    /// <summary>When a sheet may go out for what falls due now: once the time to merge is over, when the offices are open.</summary>
    public DateTimeOffset Ready() => rules.Calendar.NextOfficeMoment(Start(Sheets!.Merge).Deadline.At);

    /// <summary>When the cap lets another sheet out, UTC; null when it does now.</summary>
    public DateTimeOffset? FreeAt(IReadOnlyList<DateTimeOffset> issued)
    {
        var cap = Sheets!.Cap;
        if (issued.Count < cap.Sheets)
        {
            return null;
        }

        // The one that makes room when its days are over.
        var day = rules.Calendar.LocalDate(issued[^cap.Sheets]);
        var free = rules.Calendar.NextOfficeMoment(rules.Calendar.EndOf(day.AddDays(cap.Days - 1)));
        return free > Occasion.At ? free : null;
    }

    public void Put(SheetMatter matter) => State = State with
    {
        Matters = [.. (State.Matters ?? []).Where(known => known.Key != matter.Key), matter],
    };

    public void Drop(string key)
    {
        List<SheetMatter> left = [.. (State.Matters ?? []).Where(known => known.Key != key)];
        State = State with { Matters = left.Count > 0 ? left : null };
    }
}
