using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision.Sheets;

/// <summary>
/// A sheet goes out: somebody with authority, then a number, then the sheet with every matter that waits for its colour.
/// The number is asked for under the sheet's id and kept until a sheet has used it, so that none is lost or given twice.
/// </summary>
internal static class SheetIssue
{
    /// <summary>When no number could be had it is asked for again after this time.</summary>
    private static readonly TimeSpan NumberAgainAfter = TimeSpan.FromHours(1);

    /// <summary>A date was reached.</summary>
    public static Step<UnitMatters, UnitSheetsFact> Next(UnitSheetsDraft draft) =>
        draft.State.Next <= draft.Occasion.At ? Begin(draft) : new Step<UnitMatters, UnitSheetsFact>.Nothing();

    /// <summary>The issuer wants a sheet at once.</summary>
    public static Step<UnitMatters, UnitSheetsFact> Ask(UnitSheetsDraft draft, UnitSheetsFact.IssueAsked asked)
    {
        if (NotTheIssuer(draft, "issues sheets") is { } refusal)
        {
            return refusal;
        }

        if (asked.Color is not null && (draft.IsLetter || draft.Sheets!.Colors.All(color => color.Id != asked.Color)))
        {
            return draft.Refuse("unknown-color", draft.IsLetter ? "The unit gets letters, which have no colour." : $"There is no colour {asked.Color}.");
        }

        var matter = (draft.State.Matters ?? []).FirstOrDefault(known => known.Key == asked.Matter);
        if (matter?.Sheet is { } open)
        {
            return draft.Refuse("sheet-open", $"{asked.Matter} is under {open} already; a matter has one open sheet at most.");
        }

        if (draft.State.FreeAt > draft.Occasion.At)
        {
            var free = draft.Rules.Calendar.LocalDate(draft.State.FreeAt.Value);
            return draft.Refuse("frequency-cap", $"The unit has had as many sheets as it may; the next may go out on {Why.Iso(free)}.");
        }

        var known = matter?.Items.FirstOrDefault(item => item.Assignment == asked.Assignment);
        var item = new MissedItem(
            asked.Assignment, asked.Title, [.. known?.Causes ?? [], new MissedCause(SheetCauses.ByHand)], draft.Occasion.Id, asked.Important);
        var start = draft.StartOf(asked.Matter, [item]);
        draft.Put(new SheetMatter(
            asked.Matter,
            [.. (matter?.Items ?? []).Where(other => other.Assignment != asked.Assignment), item],
            asked.Color is null ? start : draft.Sheets!.Graver(asked.Color, start),
            draft.Occasion.At));
        draft.Line("IssueAsked", $"A sheet about {asked.Matter} is asked for by {draft.Occasion.By}.", $"{draft.NameOf(draft.Occasion.By)}对{asked.Matter}提出专项督办。", textId: draft.Occasion.Id);
        return Begin(draft);
    }

    public static Step<UnitMatters, UnitSheetsFact> Issue(UnitSheetsDraft draft, long number)
    {
        if (draft.State.Number is not { Value: null } wish)
        {
            return new Step<UnitMatters, UnitSheetsFact>.Nothing();
        }

        draft.State = draft.State with { Number = wish with { Value = number } };
        draft.Line("NumberTaken", $"{draft.State.Number.Text} is taken.", $"取得文号{draft.State.Number.Text}。");
        return draft.State.Next <= draft.Occasion.At ? Begin(draft) : draft.Done();
    }

    public static Step<UnitMatters, UnitSheetsFact> NoNumber(UnitSheetsDraft draft, string reason)
    {
        draft.State = draft.State with { RetryAt = draft.Occasion.At + NumberAgainAfter };
        draft.Line("NoNumber", $"No number could be had: {reason} It is asked for again.", "暂未取得文号，稍后重试。");
        return draft.Done();
    }

    public static Step<UnitMatters, UnitSheetsFact>? NotTheIssuer(UnitSheetsDraft draft, string what) =>
        draft.Issuer is not { } issuer ? draft.Refuse("no-authority", $"Nobody has the authority to issue sheets to {draft.State.Unit} today.")
        : draft.Occasion.By != issuer.Unit ? draft.Refuse("not-the-issuer", $"Only {issuer.Unit} {what} for {draft.State.Unit}, not {draft.Occasion.By}.")
        : null;

    private static Step<UnitMatters, UnitSheetsFact> Begin(UnitSheetsDraft draft)
    {
        if (draft.Issuer is not { } issuer)
        {
            return NoIssuer(draft);
        }

        if (draft.State.Number is { } wish && wish.Word != issuer.Word)
        {
            draft.Line("NumberVoid", $"{wish.Text} is not used: {issuer.Unit} issues to the unit by {issuer.Word} now.", $"{wish.Text}未使用，作废。");
            draft.State = draft.State with { Number = null };
        }

        if (draft.State.Number is { Value: not null } number)
        {
            GoOut(draft, issuer, number);
            return draft.Done();
        }

        var asked = draft.State.Number ?? new SheetNumber(issuer.Unit, issuer.Word, draft.Today.Year, draft.State.NextSheet);
        draft.State = draft.State with { Number = asked, RetryAt = null, NoIssuerSince = null };
        draft.Line("NumberAsked", $"A number of {issuer.Unit} is asked for.", "申请文号。");
        draft.Ask(new TakeSheetNumber(asked.Word, asked.Year, asked.Sheet));
        return draft.Done();
    }

    private static void GoOut(UnitSheetsDraft draft, SheetIssuer issuer, SheetNumber number)
    {
        var (sheets, at) = (draft.Sheets!, draft.Occasion.At);
        var color = draft.State.Waiting.Where(matter => matter.Ready <= at).MaxBy(matter => sheets.Rank(matter.Color))!.Color;
        List<SheetMatter> batch = [.. draft.State.Waiting.Where(matter => matter.Color == color)];
        var id = draft.State.NextSheet;
        var sheet = new Sheet(
            id,
            draft.Rules.Version,
            draft.State.Unit,
            issuer.Unit,
            issuer.Form,
            color,
            number.Text,
            at,
            [
                .. batch.Select(matter => new SheetPart(matter.Key, matter.Items)
                {
                    Earlier = (draft.State.Past ?? []).Where(past => past.Keys.Contains(matter.Key)).ToList() is { Count: > 0 } earlier ? earlier : null,
                }),
            ]);
        foreach (var matter in batch)
        {
            draft.Put(matter with { Sheet = id });
        }

        IReadOnlyList<DateTimeOffset> issued = [.. (draft.State.Issued ?? []).TakeLast(UnitMatters.PastMax - 1), at];
        draft.State = draft.State with { Sheets = draft.State.Sheets + 1, Number = null, Issued = issued, FreeAt = draft.FreeAt(issued), NoIssuerSince = null };
        draft.Line(
            "SheetIssued",
            $"{number.Text}, {color}, goes out: {string.Join(", ", batch.Select(matter => matter.Key))}.",
            $"发出{number.Text}（{sheets.Find(color)!.NameZh}），事项{string.Join("、", batch.Select(matter => matter.Key))}。");
        draft.Begin(StartFlow.Of(SupervisionSheet.FlowName, new SupervisionSheet().FlowId(id), CaseRecord.Fresh(id, sheet)));
    }

    /// <summary>No silent skip: it stands on the board and the leaders hear of it; once there is a version of the rules with somebody, it goes on.</summary>
    private static Step<UnitMatters, UnitSheetsFact> NoIssuer(UnitSheetsDraft draft)
    {
        var duties = draft.Rules.Units.Duties;
        var matters = string.Join("、", draft.State.Waiting.Select(matter => matter.Key));
        draft.State = draft.State with { NoIssuerSince = draft.Occasion.At };
        draft.Line("NoIssuer", $"Nobody has the authority to issue a sheet to {draft.State.Unit}; {duties.Leaders} is told.", $"对{draft.NameOf(draft.State.Unit)}无有权签发督办单的机构，已报{draft.NameOf(duties.Leaders)}。");
        draft.Say("sheet-no-issuer", Why.Iso(draft.Today), duties.Leaders, new() { ["unit"] = draft.NameOf(draft.State.Unit), ["matters"] = matters }, [duties.Supervision]);
        return draft.Done();
    }
}
