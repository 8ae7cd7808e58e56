using System.Text.Json;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Cases;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Disputes;

/// <summary>Reads and checks how disputes go in a county. Pure: the bytes come from the caller.</summary>
public static class DisputeData
{
    private static readonly Level[] LevelOrder = [Level.Village, Level.Township, Level.County];

    /// <summary>disputes.json, checked alone and against the policies.</summary>
    public static DataResult<DisputeProcess> Parse(string file, ReadOnlySpan<byte> json, PolicyBook policies)
    {
        List<DataError> errors = [];
        if (DataJson.Read<DisputesFile>(file, json, errors) is not { } read)
        {
            return new(null, errors);
        }

        var levels = DataJson.Elements<LevelRule>(file, "$.levels", read.Levels, errors);
        CheckLevels(file, levels, read.Levels.Count, policies, errors);
        PolicyUse.Check(file, "$.total", read.Total, policies, errors);
        PolicyUse.Check(file, "$.consent", read.Consent, policies, errors);
        PolicyUse.Check(file, "$.confirmation", read.Confirmation, policies, errors, fromDate: true);

        var tree = CategoryTree.Read(file, read.Categories, errors);
        var known = tree.Ids;
        if (read.Aftercare is { } aftercare)
        {
            AftercareData.Check(file, aftercare, policies, errors);
        }

        foreach (var (path, bar) in tree.Bars)
        {
            AftercareData.CategoryBar(file, path, bar, read.Aftercare, errors);
        }

        var grades = DataJson.Elements<TriageRule>(file, "$.grades", read.Grades, errors);
        var floors = DataJson.Elements<TriageRule>(file, "$.floors", read.Floors, errors);
        TriageChecks.Rules(file, grades, known, errors);
        TriageChecks.Rules(file, floors, known, errors);
        TriageChecks.Grades(file, grades, errors);

        var signs = DisputeLists.DangerSigns(file, read.DangerSigns, errors);
        var suspension = DisputeLists.Suspension(file, read.Suspension, errors);
        CheckOptions(file, read, policies, errors);
        DisputeCode.Check(file, read.Codes, errors);
        return DataResult<DisputeProcess>.Of(
            new DisputeProcess(
                Values(levels), read.Total, read.Consent, read.Confirmation, tree.Rules, Expanded(grades, tree), Expanded(floors, tree),
                signs, read.ConsentRequired, read.Return, read.Assist, suspension, read.Extension, read.Board,
                DisputeLists.NotAcceptable(file, read.NotAcceptable, tree, errors),
                DisputeLists.Representations(file, read.Representations, errors),
                DisputeLists.Group(file, read.Group, errors),
                read.Aftercare,
                read.Codes,
                read.OfferDangerAtOnce,
                read.Sessions,
                DisputeLists.Mediators(file, read.Mediators, policies, errors),
                read.DangerFollows),
            errors);
    }

    /// <summary>Lower-case words joined by single hyphens.</summary>
    internal static void Kebab(string file, string path, string id, List<DataError> errors)
    {
        if (id.Split('-').Any(word => word.Length == 0 || !word.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))))
        {
            errors.Add(new(file, path, "id-form", $"{id} is not like-this."));
        }
    }

    private static void CheckLevels(
        string file,
        IReadOnlyList<(string Path, LevelRule Value)> levels,
        int count,
        PolicyBook policies,
        List<DataError> errors)
    {
        // An entry that could not be read has its error already; the order of the others says nothing then.
        if (levels.Count == count && !levels.Select(entry => entry.Value.Level).SequenceEqual(LevelOrder))
        {
            errors.Add(new(file, "$.levels", "levels", "The levels must be village, township, county, in this order."));
        }

        foreach (var (path, level) in levels)
        {
            // Nobody is above the county's duty box: it is told again until somebody signs.
            PolicyUse.Check(file, $"{path}.signFor", level.SignFor, policies, errors, repeats: level.Level == Level.County);
            PolicyUse.Check(file, $"{path}.term", level.Term, policies, errors);
            if (level.Extension is { } extension)
            {
                DisputeLists.Range(file, $"{path}.extension.times", extension.Times, 10, errors);
                DisputeLists.Range(file, $"{path}.extension.days", extension.Days, DisputeLists.DaysMax, errors);
                DataJson.RequireText(file, $"{path}.extension.source", extension.Source, errors);
            }
        }
    }

    private static void CheckOptions(string file, DisputesFile read, PolicyBook policies, List<DataError> errors)
    {
        if (read.Return is { } returning)
        {
            PolicyUse.Check(file, "$.return.ask", returning.Ask, policies, errors, fromDate: true);
            PolicyUse.Check(file, "$.return.decide", returning.Decide, policies, errors);
        }

        if (read.Assist is { } assist)
        {
            PolicyUse.Check(file, "$.assist", assist, policies, errors, repeats: true);
        }

        for (var index = 0; index < read.Board?.Count; index++)
        {
            if (!DisputeBoard.Causes.Contains(read.Board[index]))
            {
                errors.Add(new(file, $"$.board[{index}]", "unknown-cause", $"{read.Board[index]} is none of {string.Join(", ", DisputeBoard.Causes)}."));
            }
        }

        if (read.Extension is { } extension)
        {
            PolicyUse.Check(file, "$.extension", extension, policies, errors);
        }

        if (read.Sessions is { } sessions)
        {
            PolicyUse.Check(file, "$.sessions.policy", sessions.Policy, policies, errors, repeats: true);
            DisputeLists.Range(file, "$.sessions.plannedMax", sessions.PlannedMax, 20, errors);
            DataJson.RequireText(file, "$.sessions.source", sessions.Source, errors);
        }
    }

    private static IReadOnlyList<TriageRule> Expanded(IReadOnlyList<(string Path, TriageRule Value)> rules, CategoryTree tree) =>
        [.. rules.Select(entry => entry.Value with { Categories = tree.WithDescendants(entry.Value.Categories) })];

    private static IReadOnlyList<T> Values<T>(IReadOnlyList<(string Path, T Value)> entries) =>
        [.. entries.Select(entry => entry.Value)];

    /// <summary>disputes.json. Entries are kept raw so that each bad one is reported.</summary>
    private sealed record DisputesFile(
        IReadOnlyList<JsonElement> Levels,
        string Total,
        string Consent,
        string Confirmation,
        IReadOnlyList<JsonElement> Categories,
        IReadOnlyList<JsonElement> Grades,
        IReadOnlyList<JsonElement> Floors,
        IReadOnlyList<JsonElement>? DangerSigns = null,
        bool? ConsentRequired = null,
        bool? OfferDangerAtOnce = null,
        ReturnRule? Return = null,
        string? Assist = null,
        DisputeLists.SuspensionFile? Suspension = null,
        string? Extension = null,
        IReadOnlyList<string>? Board = null,
        IReadOnlyList<JsonElement>? NotAcceptable = null,
        IReadOnlyList<JsonElement>? Representations = null,
        GroupRule? Group = null,
        string? Note = null,
        AftercareRules? Aftercare = null,
        IReadOnlyList<CodeWord>? Codes = null,
        SessionRule? Sessions = null,
        DisputeLists.MediatorsFile? Mediators = null,
        bool? DangerFollows = null);
}
