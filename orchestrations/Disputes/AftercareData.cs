using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Cases;

namespace Workflows.Orchestrations.Disputes;

/// <summary>What the rules of aftercare must satisfy.</summary>
internal static class AftercareData
{
    private const string Path = "$.aftercare";
    private const int TimesMax = 100;

    public static void Check(string file, AftercareRules rules, PolicyBook policies, List<DataError> errors)
    {
        // A follow-up that ends without a word of anybody would be forgotten: its end must be said at least once, and
        // how often is a number here, so that every case comes to its end.
        PolicyUse.Check(file, $"{Path}.signatures", rules.Signatures, policies, errors);
        PolicyUse.Check(file, $"{Path}.court", rules.Court, policies, errors, fromDate: true);
        PolicyUse.Check(file, $"{Path}.performance", rules.Performance, policies, errors);
        PolicyUse.Check(file, $"{Path}.callBack", rules.CallBack, policies, errors);
        PolicyUse.Check(file, $"{Path}.mend", rules.Mend, policies, errors, repeats: true);
        PolicyUse.Check(file, $"{Path}.review", rules.Review, policies, errors, repeats: true);
        Window(file, "rating", rules.Rating, policies, errors);
        Window(file, "reviewAsking", rules.ReviewAsking, policies, errors);
        Window(file, "reopening", rules.Reopening, policies, errors);
        Range(file, "callBackTriesMax", rules.CallBackTriesMax, 1, TimesMax, errors);
        Range(file, "poorStarsMax", rules.PoorStarsMax, 1, 4, errors);
        Range(file, "reopeningsMax", rules.ReopeningsMax, 0, TimesMax, errors);
        Range(file, "noticesMax", rules.NoticesMax, 1, TimesMax, errors);
        DataJson.RequireText(file, $"{Path}.source", rules.Source, errors);
        Bars(file, rules.Bars, errors);
        Note(file, $"{Path}.unperformed.confirmed", rules.Unperformed.Confirmed, errors);
        Note(file, $"{Path}.unperformed.unconfirmed", rules.Unperformed.Unconfirmed, errors);
        for (var index = 0; index < rules.LegalNotes.Count; index++)
        {
            Note(file, $"{Path}.legalNotes[{index}]", rules.LegalNotes[index], errors);
        }
    }

    /// <summary>A category can only name a bar that is told.</summary>
    public static void CategoryBar(string file, string path, string? bar, AftercareRules? rules, List<DataError> errors)
    {
        if (bar is not null && rules?.Bars.Any(known => known.Id == bar) != true)
        {
            errors.Add(new(file, $"{path}.bar", "unknown-bar", $"There is no bar {bar}."));
        }
    }

    /// <summary>A window closes without a word, so nothing can be said before or after.</summary>
    private static void Window(string file, string member, string id, PolicyBook policies, List<DataError> errors)
    {
        PolicyUse.Check(file, $"{Path}.{member}", id, policies, errors);
        if (policies.TryGet(id, out var policy) && (policy.Reminders is { Count: > 0 } || policy.RepeatOverdue is not null))
        {
            errors.Add(new(file, $"{Path}.{member}", "window-speaks", $"{id} reminds or repeats; a window closes without a word."));
        }
    }

    private static void Bars(string file, IReadOnlyList<ConfirmationBar> bars, List<DataError> errors)
    {
        Dictionary<string, string> firstPath = new(StringComparer.Ordinal);
        for (var index = 0; index < bars.Count; index++)
        {
            var (path, bar) = ($"{Path}.bars[{index}]", bars[index]);
            if (!firstPath.TryAdd(bar.Id, path))
            {
                errors.Add(new(file, $"{path}.id", "duplicate-id", $"{bar.Id} is also at {firstPath[bar.Id]}."));
            }

            DisputeData.Kebab(file, $"{path}.id", bar.Id, errors);
            DataJson.RequireText(file, $"{path}.reason", bar.Reason, errors);
            DataJson.RequireText(file, $"{path}.reasonZh", bar.ReasonZh, errors);
            DataJson.RequireText(file, $"{path}.source", bar.Source, errors);
        }
    }

    private static void Note(string file, string path, LegalNote note, List<DataError> errors)
    {
        DataJson.RequireText(file, $"{path}.textZh", note.TextZh, errors);
        DataJson.RequireText(file, $"{path}.source", note.Source, errors);
    }

    private static void Range(string file, string member, int value, int from, int to, List<DataError> errors)
    {
        if (value < from || value > to)
        {
            errors.Add(new(file, $"{Path}.{member}", "range", $"{value} is not within {from} and {to}."));
        }
    }
}
