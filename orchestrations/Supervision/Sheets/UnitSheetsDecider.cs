using System.Diagnostics;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision.Sheets;

/// <summary>
/// Every sheet to a unit is decided here, one after the other, so that whatever the order in which assignments, sheets and
/// people speak, no matter is under two sheets, matters of one time share a sheet, and the cap holds
/// (政府督查工作条例 15: no repeated, no multi-head supervision).
/// </summary>
public static class UnitSheetsDecider
{
    public static Step<UnitMatters, UnitSheetsFact> Decide(UnitMatters unit, UnitSheetsFact fact, Occasion occasion, SupervisionRules rules)
    {
        var draft = new UnitSheetsDraft(unit, occasion, rules);
        return fact switch
        {
            UnitSheetsFact.Opened => Open(draft),
            UnitSheetsFact.RulesChanged changed => SheetRulesChange.Take(draft, changed.Version),
            _ when draft.Sheets is null => draft.Refuse("not-in-these-rules", $"The rules of this unit's sheets ({rules.Version}) know no sheets."),
            UnitSheetsFact.DateReached => SheetIssue.Next(draft),
            UnitSheetsFact.MatterChanged changed => Change(draft, changed),
            UnitSheetsFact.SheetReleased released => Release(draft, released),
            UnitSheetsFact.IssueAsked asked => SheetIssue.Ask(draft, asked),
            UnitSheetsFact.ImportantRegistered important => Register(draft, important),
            UnitSheetsFact.NumberTaken taken => SheetIssue.Issue(draft, taken.Number),
            UnitSheetsFact.NumberFailed failed => SheetIssue.NoNumber(draft, failed.Reason),
            _ => throw new UnreachableException(),
        };
    }

    private static Step<UnitMatters, UnitSheetsFact> Open(UnitSheetsDraft draft)
    {
        if (draft.State.Opened)
        {
            return new Step<UnitMatters, UnitSheetsFact>.Nothing();
        }

        draft.State = draft.State with { Opened = true };
        draft.Line("Opened", $"Sheets to {draft.State.Unit} are decided here from now on.", $"{draft.NameOf(draft.State.Unit)}的督办事项自此归集。");
        return draft.Done();
    }

    private static Step<UnitMatters, UnitSheetsFact> Change(UnitSheetsDraft draft, UnitSheetsFact.MatterChanged changed)
    {
        var before = (draft.State.Matters ?? []).FirstOrDefault(matter => matter.Items.Any(item => item.Assignment == changed.Assignment));
        var known = before?.Items.First(item => item.Assignment == changed.Assignment);
        // What the office asked for by hand stays until the office closes it, or the task is over.
        IReadOnlyList<MissedCause> causes = known?.Text is not null && !changed.Ended
            ? [.. changed.Causes, .. known.Causes.Where(cause => cause.Cause == SheetCauses.ByHand)]
            : changed.Causes;
        if (before?.Key == changed.Matter ? known!.Causes.SequenceEqual(causes) : before is null && causes.Count == 0)
        {
            return new Step<UnitMatters, UnitSheetsFact>.Nothing();
        }

        if (before is not null)
        {
            Without(draft, before, changed.Assignment, isMended: before.Key != changed.Matter || causes.Count == 0);
        }

        if (causes.Count > 0)
        {
            With(draft, changed.Matter, new MissedItem(changed.Assignment, changed.Title, causes, known?.Text, changed.Important));
        }

        var what = string.Join(", ", causes.Select(cause => cause.Cause));
        draft.Line(
            causes.Count > 0 ? "Missed" : "Mended",
            causes.Count > 0 ? $"{changed.Assignment} misses {what}." : $"{changed.Assignment} misses nothing any more.",
            causes.Count > 0 ? $"{changed.Assignment}：{string.Join("、", causes.Select(cause => SheetCauses.Zh(cause.Cause)))}。" : $"{changed.Assignment}：已整改。");
        return draft.Done();
    }

    /// <summary>An assignment leaves a matter; a matter that nobody misses is let go, by its sheet first when it has one.</summary>
    private static void Without(UnitSheetsDraft draft, SheetMatter matter, string assignment, bool isMended)
    {
        List<MissedItem> left = [.. matter.Items.Where(item => item.Assignment != assignment)];
        if (left.Count == 0 && matter.Sheet is null)
        {
            draft.Drop(matter.Key);
            return;
        }

        draft.Put(matter with { Items = left });
        if (left.Count == 0 && isMended)
        {
            draft.Tell(TellFlow.Of<Sheet, SheetFact>(
                SupervisionSheet.FlowName,
                new SupervisionSheet().FlowId(matter.Sheet!),
                $"{draft.State.Unit}.{draft.Occasion.Id}",
                new CaseCommand<SheetFact>(new SheetFact.MatterMended(matter.Key), draft.Occasion.By, "sheets")));
        }
    }

    private static void With(UnitSheetsDraft draft, string key, MissedItem item)
    {
        var matter = (draft.State.Matters ?? []).FirstOrDefault(known => known.Key == key);
        if (matter is null)
        {
            draft.Put(new SheetMatter(key, [item], draft.StartOf(key, [item]), draft.Ready()));
            return;
        }

        List<MissedItem> items = [.. matter.Items.Where(known => known.Assignment != item.Assignment), item];
        draft.Put(matter with
        {
            Items = items,
            Color = matter.Sheet is not null || draft.IsLetter ? matter.Color
                : draft.Sheets!.Graver(matter.Color, draft.StartOf(key, items)),
        });
    }

    private static Step<UnitMatters, UnitSheetsFact> Release(UnitSheetsDraft draft, UnitSheetsFact.SheetReleased released)
    {
        List<SheetMatter> let = [.. (draft.State.Matters ?? []).Where(matter => matter.Sheet == released.Sheet && released.Keys.Contains(matter.Key))];
        if (let.Count == 0)
        {
            return new Step<UnitMatters, UnitSheetsFact>.Nothing();
        }

        var past = new PastSheet(released.Sheet, released.Number, released.Color, released.IssuedOn, [.. let.Select(matter => matter.Key)], released.Result);
        draft.State = draft.State with { Past = [.. (draft.State.Past ?? []).TakeLast(UnitMatters.PastMax - 1), past] };
        foreach (var matter in let)
        {
            draft.Drop(matter.Key);
            // What the issuer has closed rests until something else is missed: supervising it again the day after would be the
            // repetition that article 15 forbids.
            if (matter.Items.Count > 0 && released.Result != SheetResult.Closed)
            {
                draft.Put(new SheetMatter(
                    matter.Key,
                    matter.Items,
                    draft.StartOf(matter.Key, matter.Items),
                    released.Result == SheetResult.Lapsed ? draft.Rules.Calendar.NextOfficeMoment(draft.Occasion.At) : draft.Ready()));
            }
        }

        var (result, resultZh) = ResultWords(released.Result);
        draft.Line("Released", $"{released.Number} lets {string.Join(", ", let.Select(matter => matter.Key))} go: {result}.", $"{released.Number}所列{string.Join("、", let.Select(matter => matter.Key))}：{resultZh}。");
        return draft.Done();
    }

    private static Step<UnitMatters, UnitSheetsFact> Register(UnitSheetsDraft draft, UnitSheetsFact.ImportantRegistered important)
    {
        if (SheetIssue.NotTheIssuer(draft, "says what is important") is { } refusal)
        {
            return refusal;
        }

        if (draft.IsLetter || draft.Sheets!.Colors.All(color => color.Id != important.Color))
        {
            return draft.Refuse("unknown-color", draft.IsLetter ? "The unit gets letters, which have no colour." : $"There is no colour {important.Color}.");
        }

        draft.State = draft.State with
        {
            Important =
            [
                .. (draft.State.Important ?? []).Where(known => known.Matter != important.Matter),
                new ImportantMatter(important.Matter, important.Color, draft.Occasion.At, draft.Occasion.Id),
            ],
        };
        if (draft.State.Waiting.FirstOrDefault(matter => matter.Key == important.Matter) is { } waiting)
        {
            draft.Put(waiting with { Color = draft.Sheets.Graver(waiting.Color, important.Color) });
        }

        draft.Line("Important", $"{important.Matter} begins at {important.Color}.", $"{important.Matter}列为重要事项，督办自“{draft.Sheets.Find(important.Color)!.NameZh}”起。", textId: draft.Occasion.Id);
        return draft.Done();
    }

    private static (string En, string Zh) ResultWords(SheetResult result) => result switch
    {
        SheetResult.Closed => ("closed by its issuer", "已办结"),
        SheetResult.Mended => ("made good", "已整改"),
        SheetResult.Lapsed => ("its term has passed", "期满未办结"),
        SheetResult.Lost => ("its flow is not there any more", "流程已不存在"),
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };

    /// <summary>What came of a sheet, Chinese.</summary>
    public static string ResultZh(SheetResult result) => ResultWords(result).Zh;
}
