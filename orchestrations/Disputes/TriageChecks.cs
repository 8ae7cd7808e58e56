using Workflows.Orchestrations.Calendar;

namespace Workflows.Orchestrations.Disputes;

/// <summary>What ordered triage rules must satisfy: each can match, and every case finds a grade.</summary>
internal static class TriageChecks
{
    public static void Rules(
        string file, IReadOnlyList<(string Path, TriageRule Value)> rules, HashSet<string> categories, List<DataError> errors)
    {
        Dictionary<string, string> firstPath = new(StringComparer.Ordinal);
        string? everything = null;
        foreach (var (path, rule) in rules)
        {
            if (!firstPath.TryAdd(rule.Id, path))
            {
                errors.Add(new(file, $"{path}.id", "duplicate-id", $"{rule.Id} is also at {firstPath[rule.Id]}."));
            }

            DisputeData.Kebab(file, $"{path}.id", rule.Id, errors);
            DataJson.RequireText(file, $"{path}.reason", rule.Reason, errors);
            DataJson.RequireText(file, $"{path}.reasonZh", rule.ReasonZh, errors);
            if (rule.Source is not null)
            {
                DataJson.RequireText(file, $"{path}.source", rule.Source, errors);
            }

            if (everything is not null)
            {
                errors.Add(new(file, path, "unreachable", $"{rule.Id} is never asked: {everything} before it matches everything."));
            }

            if (rule.PeopleFrom < 1)
            {
                errors.Add(new(file, $"{path}.peopleFrom", "people-range", $"{rule.PeopleFrom} is not 1 or more."));
            }

            Categories(file, path, rule, categories, errors);
            everything ??= MatchesEverything(rule) ? rule.Id : null;
        }
    }

    public static void Grades(string file, IReadOnlyList<(string Path, TriageRule Value)> grades, List<DataError> errors)
    {
        if (grades.Count == 0 || !MatchesEverything(grades[^1].Value))
        {
            errors.Add(new(file, "$.grades", "last-grade", "The last grade must match everything, or a case finds no level."));
        }

        errors.AddRange(grades
            .Where(entry => entry.Value.Alert)
            .Select(entry => new DataError(
                file, $"{entry.Path}.alert", "grade-alert", "Only a floor alerts; here it would not be heard.")));
    }

    private static void Categories(
        string file, string path, TriageRule rule, HashSet<string> known, List<DataError> errors)
    {
        if (rule.Categories is not { } named)
        {
            return;
        }

        if (named.Count == 0)
        {
            errors.Add(new(file, $"{path}.categories", "no-category", $"{rule.Id} names no category, so it never matches."));
        }

        for (var index = 0; index < named.Count; index++)
        {
            if (!known.Contains(named[index]))
            {
                errors.Add(new(file, $"{path}.categories[{index}]", "unknown-category", $"There is no category {named[index]}."));
            }
        }
    }

    private static bool MatchesEverything(TriageRule rule) => rule is { Categories: null, PeopleFrom: null, Danger: null };
}
