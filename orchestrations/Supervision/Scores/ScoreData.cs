using System.Text.Json;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Supervision.Sheets;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Supervision.Scores;

/// <summary>Checks the section <c>score</c> of supervision.json. Sets without it score and rank nobody.</summary>
internal sealed class ScoreData(string file, SheetRules? sheets, List<DataError> errors)
{
    private const string At = "$.score";
    private const decimal BaseMax = 1000;
    private const decimal PointsMin = 0.1m;
    private const decimal PointsMax = 100;
    private const int DaysMax = 366;

    public ScoreRule? Check(ScoreFile? read)
    {
        if (read is null)
        {
            return null;
        }

        Range($"{At}.base", read.Base, 1, BaseMax);
        Range($"{At}.floor", read.Floor, 0, read.Base);
        Range($"{At}.ceiling", read.Ceiling, read.Base, 2 * BaseMax);
        Text($"{At}.text", read.Text);
        Text($"{At}.textZh", read.TextZh);
        Text($"{At}.source", read.Source);
        Dictionary<string, string> ids = new(StringComparer.Ordinal);
        return new ScoreRule(
            read.Base,
            read.Floor,
            read.Ceiling,
            Items("deductions", read.Deductions, ScoreCauses.Costing, ids),
            Items("additions", read.Additions, ScoreCauses.Giving, ids),
            Classes(read),
            Groups(read.Groups),
            read.Ties,
            read.Text,
            read.TextZh,
            read.Source);
    }

    private List<ScoreItem> Items(
        string name, IReadOnlyList<JsonElement> elements, IReadOnlyList<string> causes, Dictionary<string, string> ids)
    {
        var items = DataJson.Elements<ScoreItem>(file, $"{At}.{name}", elements, errors);
        foreach (var (path, item) in items)
        {
            Id(path, item.Id, ids);
            if (!causes.Contains(item.Cause))
            {
                Wrong($"{path}.cause", "unknown-cause", $"{item.Cause} is none of {string.Join(", ", causes)}.");
            }

            Points(path, item);
            Text($"{path}.text", item.Text);
            Text($"{path}.textZh", item.TextZh);
            Text($"{path}.source", item.Source);
            if (item.DaysMin is { } days)
            {
                Range($"{path}.daysMin", days, 1, DaysMax);
                if (item.Cause != ScoreCauses.FinishedEarly)
                {
                    Wrong($"{path}.daysMin", "not-early", $"Only {ScoreCauses.FinishedEarly} counts days before the date.");
                }
            }

            if (item.Color is { } color && !ScoreCauses.IsOfSheets(item.Cause))
            {
                Wrong($"{path}.color", "no-sheet", $"{item.Cause} is not about a sheet and has no colour.");
            }
            else if (item.Color is not null && sheets?.Find(item.Color) is null)
            {
                Wrong($"{path}.color", "unknown-color", $"The ladder has no colour {item.Color}.");
            }
        }

        return [.. items.Select(entry => entry.Value)];
    }

    private void Points(string path, ScoreItem item)
    {
        if (item.Points.Count == 0)
        {
            Wrong($"{path}.points", "no-points", "At least one number of points is needed.");
        }

        for (var index = 0; index < item.Points.Count; index++)
        {
            Range($"{path}.points[{index}]", item.Points[index], PointsMin, PointsMax);
            if (index > 0 && item.Points[index] < item.Points[index - 1])
            {
                Wrong($"{path}.points[{index}]", "points-fall", "A repeat never counts less than the time before.");
            }
        }

        if (item.MonthMax is { } most)
        {
            Range($"{path}.monthMax", most, PointsMin, BaseMax);
        }
    }

    private List<ScoreClass> Classes(ScoreFile read)
    {
        var classes = DataJson.Elements<ScoreClass>(file, $"{At}.classes", read.Classes, errors);
        Dictionary<string, string> ids = new(StringComparer.Ordinal);
        decimal? above = null;
        foreach (var (path, one) in classes)
        {
            Id(path, one.Id, ids);
            Text($"{path}.name", one.Name);
            Text($"{path}.nameZh", one.NameZh);
            if (one.From >= above)
            {
                Wrong($"{path}.from", "class-order", "Classes stand from the best to the worst.");
            }

            above = one.From;
        }

        if (above is null || above > read.Floor)
        {
            Wrong($"{At}.classes", "no-class", $"A score of {read.Floor} is in no class.");
        }

        return [.. classes.Select(entry => entry.Value)];
    }

    private List<ScoreGroup> Groups(IReadOnlyList<JsonElement> elements)
    {
        var groups = DataJson.Elements<ScoreGroup>(file, $"{At}.groups", elements, errors);
        Dictionary<string, string> ids = new(StringComparer.Ordinal);
        Dictionary<UnitKind, string> kinds = [];
        if (elements.Count == 0)
        {
            Wrong($"{At}.groups", "no-groups", "Without a group nobody is ranked.");
        }

        foreach (var (path, group) in groups)
        {
            Id(path, group.Id, ids);
            Text($"{path}.name", group.Name);
            Text($"{path}.nameZh", group.NameZh);
            for (var index = 0; index < group.Kinds.Count; index++)
            {
                var (at, kind) = ($"{path}.kinds[{index}]", group.Kinds[index]);
                if (kind is UnitKind.Village or UnitKind.Community)
                {
                    Wrong(at, "not-an-object", "A committee is never the object of supervision; its township is (政府督查工作条例 5).");
                }

                if (!kinds.TryAdd(kind, at))
                {
                    Wrong(at, "kind-twice", $"{kind} is also at {kinds[kind]}.");
                }
            }
        }

        return [.. groups.Select(entry => entry.Value)];
    }

    private void Id(string path, string id, Dictionary<string, string> ids)
    {
        if (id.Length == 0 || id.Any(letter => !char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter != '-'))
        {
            Wrong($"{path}.id", "id-form", $"{id} must be of lower-case letters, digits and hyphens.");
        }

        if (!ids.TryAdd(id, path))
        {
            Wrong($"{path}.id", "duplicate-id", $"{id} is also at {ids[id]}.");
        }
    }

    private void Text(string path, string value) => DataJson.RequireText(file, path, value, errors);

    private void Wrong(string path, string rule, string text) => errors.Add(new(file, path, rule, text));

    private void Range(string path, decimal value, decimal min, decimal max)
    {
        if (value < min || value > max)
        {
            Wrong(path, "range", FormattableString.Invariant($"{value} is not from {min} to {max}."));
        }
    }

    /// <summary>The section as it is written; its lists are kept raw so that each bad entry is reported.</summary>
    public sealed record ScoreFile(
        decimal Base,
        decimal Floor,
        decimal Ceiling,
        IReadOnlyList<JsonElement> Deductions,
        IReadOnlyList<JsonElement> Additions,
        IReadOnlyList<JsonElement> Classes,
        IReadOnlyList<JsonElement> Groups,
        TieRule Ties,
        string Text,
        string TextZh,
        string Source);
}
