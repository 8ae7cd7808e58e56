using System.Text.Json;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Cases;

namespace Workflows.Orchestrations.Disputes;

/// <summary>
/// Checks the lists of words that a county may change: each has kebab-case ids that occur once and names in both
/// languages. A list that a file does not have stays null: the rule sets of before it know no such thing.
/// </summary>
internal static class DisputeLists
{
    public static IReadOnlyList<DangerSign>? DangerSigns(string file, IReadOnlyList<JsonElement>? elements, List<DataError> errors) =>
        Read<DangerSign>(file, "$.dangerSigns", elements, errors, sign => sign.Id, (path, sign) =>
        {
            DataJson.RequireText(file, $"{path}.name", sign.Name, errors);
            DataJson.RequireText(file, $"{path}.nameZh", sign.NameZh, errors);
            DataJson.RequireText(file, $"{path}.source", sign.Source, errors);
        });

    public static IReadOnlyList<NotAcceptable>? NotAcceptable(
        string file, IReadOnlyList<JsonElement>? elements, CategoryTree tree, List<DataError> errors) =>
        Read<NotAcceptable>(file, "$.notAcceptable", elements, errors, rule => rule.Id, (path, rule) =>
        {
            (string Member, string Text)[] texts =
            [
                ("name", rule.Name), ("nameZh", rule.NameZh), ("channel", rule.Channel), ("channelZh", rule.ChannelZh),
                ("reason", rule.Reason), ("reasonZh", rule.ReasonZh), ("source", rule.Source),
            ];
            foreach (var (member, text) in texts)
            {
                DataJson.RequireText(file, $"{path}.{member}", text, errors);
            }

            for (var index = 0; index < rule.Categories?.Count; index++)
            {
                if (!tree.Ids.Contains(rule.Categories[index]))
                {
                    errors.Add(new(file, $"{path}.categories[{index}]", "unknown-category", $"There is no category {rule.Categories[index]}."));
                }
            }
        })?.Select(rule => rule with { Categories = tree.WithDescendants(rule.Categories) }).ToList();

    public static IReadOnlyList<Representation>? Representations(string file, IReadOnlyList<JsonElement>? elements, List<DataError> errors) =>
        Read<Representation>(file, "$.representations", elements, errors, kind => kind.Id, (path, kind) =>
        {
            DataJson.RequireText(file, $"{path}.name", kind.Name, errors);
            DataJson.RequireText(file, $"{path}.nameZh", kind.NameZh, errors);
            DataJson.RequireText(file, $"{path}.source", kind.Source, errors);
        });

    public static GroupRule? Group(string file, GroupRule? group, List<DataError> errors)
    {
        if (group is not null)
        {
            Range(file, "$.group.representativesMax", group.RepresentativesMax, 50, errors);
            DataJson.RequireText(file, "$.group.source", group.Source, errors);
            if (group.PartiesFrom is < 2 or > 50)
            {
                errors.Add(new(file, "$.group.partiesFrom", "range", $"{group.PartiesFrom} is not from 2 to 50."));
            }

            SpeakFor(file, group, errors);
        }

        return group;
    }

    private static void SpeakFor(string file, GroupRule group, List<DataError> errors)
    {
        if (group.SpeakFor is not { } matters)
        {
            return;
        }

        DataJson.RequireText(file, "$.group.speakForSource", group.SpeakForSource, errors);
        if (matters.Count == 0)
        {
            errors.Add(new(file, "$.group.speakFor", "no-matter", "At least one matter; leave the member out instead."));
        }

        for (var index = 0; index < matters.Count; index++)
        {
            var path = $"$.group.speakFor[{index}]";
            if (!DisputeGroups.Matters.Contains(matters[index]))
            {
                errors.Add(new(file, path, "unknown-matter", $"{matters[index]} is none of {string.Join(", ", DisputeGroups.Matters)}."));
            }
            else if (matters.Take(index).Contains(matters[index]))
            {
                errors.Add(new(file, path, "duplicate-matter", $"{matters[index]} is there already."));
            }
        }
    }

    /// <summary>No period of a county's own rules is longer than a year.</summary>
    public const int DaysMax = 366;

    public static SuspensionRule? Suspension(string file, SuspensionFile? read, List<DataError> errors)
    {
        if (read is null)
        {
            return null;
        }

        Range(file, "$.suspension.daysMax", read.DaysMax, DaysMax, errors);
        var kinds = Read<SuspensionKind>(file, "$.suspension.kinds", read.Kinds, errors, kind => kind.Id, (path, kind) =>
        {
            DataJson.RequireText(file, $"{path}.name", kind.Name, errors);
            DataJson.RequireText(file, $"{path}.nameZh", kind.NameZh, errors);
            DataJson.RequireText(file, $"{path}.source", kind.Source, errors);
            if (kind.DaysMax is { } days)
            {
                Range(file, $"{path}.daysMax", days, DaysMax, errors);
            }
        });
        return new SuspensionRule(read.DaysMax, kinds!);
    }

    public static MediatorRule? Mediators(string file, MediatorsFile? read, PolicyBook policies, List<DataError> errors)
    {
        if (read is null)
        {
            return null;
        }

        PolicyUse.Check(file, "$.mediators.decide", read.Decide, policies, errors, repeats: true);
        Range(file, "$.mediators.namedMax", read.NamedMax, 20, errors);
        DataJson.RequireText(file, "$.mediators.source", read.Source, errors);
        var kinds = Read<AvoidanceKind>(file, "$.mediators.avoidances", read.Avoidances, errors, kind => kind.Id, (path, kind) =>
        {
            DataJson.RequireText(file, $"{path}.name", kind.Name, errors);
            DataJson.RequireText(file, $"{path}.nameZh", kind.NameZh, errors);
            DataJson.RequireText(file, $"{path}.source", kind.Source, errors);
        });
        return new MediatorRule(read.Decide, read.NamedMax, kinds!, read.Source);
    }

    /// <summary>A number from 1.</summary>
    public static void Range(string file, string path, int value, int max, List<DataError> errors)
    {
        if (value < 1 || value > max)
        {
            errors.Add(new(file, path, "range", $"{value} is not from 1 to {max}."));
        }
    }

    public static IReadOnlyList<T>? Read<T>(
        string file,
        string path,
        IReadOnlyList<JsonElement>? elements,
        List<DataError> errors,
        Func<T, string> id,
        Action<string, T> check)
        where T : class
    {
        if (elements is null)
        {
            return null;
        }

        Dictionary<string, string> firstPath = new(StringComparer.Ordinal);
        List<T> values = [];
        foreach (var (at, value) in DataJson.Elements<T>(file, path, elements, errors))
        {
            if (!firstPath.TryAdd(id(value), at))
            {
                errors.Add(new(file, $"{at}.id", "duplicate-id", $"{id(value)} is also at {firstPath[id(value)]}."));
            }

            DisputeData.Kebab(file, $"{at}.id", id(value), errors);
            check(at, value);
            values.Add(value);
        }

        return values;
    }

    /// <summary>The section as it is written; its kinds are kept raw so that each bad one is reported.</summary>
    public sealed record SuspensionFile(int DaysMax, IReadOnlyList<JsonElement> Kinds);

    /// <inheritdoc cref="SuspensionFile"/>
    public sealed record MediatorsFile(string Decide, int NamedMax, IReadOnlyList<JsonElement> Avoidances, string Source);
}
