using Workflows.Orchestrations.Calendar;

namespace Workflows.Activities.PersonalData;

/// <summary>How long a case's personal data is kept after its end.</summary>
/// <param name="End">The case's last status, camelCase, such as <c>settled</c>; <c>*</c> for every other.</param>
/// <param name="Years">1 to 100; counted from the day of the end.</param>
/// <param name="Source">The article, or <c>operator default</c>.</param>
public sealed record RetentionRule(string End, int Years, string Source);

/// <summary>The county's numbers about personal data.</summary>
/// <param name="DuplicateDays">Cases registered at most so many days apart may be the same matter; 1 to 3,660.</param>
/// <param name="DuplicateSource">The article, or <c>operator default</c>.</param>
/// <param name="Retention">The last rule is for every other end.</param>
public sealed record PersonalRules(int DuplicateDays, string DuplicateSource, IReadOnlyList<RetentionRule> Retention)
{
    public const string FileName = "personal-data.json";
    private const string EveryOther = "*";
    private const string OperatorDefault = "operator default";

    /// <summary>What counts where a rule set has no such file.</summary>
    public static PersonalRules Usual { get; } = new(90, OperatorDefault, [new(EveryOther, 10, OperatorDefault)]);

    /// <summary>The rule for an end.</summary>
    public RetentionRule For(string end) =>
        Retention.FirstOrDefault(rule => rule.End == end) ?? Retention[^1];

    /// <summary>The first day on which a case that ended on <paramref name="ended"/> is to be made anonymous.</summary>
    public DateOnly EraseFrom(string end, DateOnly ended) => ended.AddYears(For(end).Years).AddDays(1);

    /// <summary>personal-data.json, checked alone. Pure: the bytes come from the caller.</summary>
    public static DataResult<PersonalRules> Parse(string file, ReadOnlySpan<byte> json)
    {
        List<DataError> errors = [];
        if (DataJson.Read<PersonalFile>(file, json, errors) is not { } read)
        {
            return new(null, errors);
        }

        Days(file, read.Duplicates, errors);
        if (read.Retention.Count == 0 || read.Retention[^1].End != EveryOther)
        {
            errors.Add(new(file, "$.retention", "last-end", $"The last rule must be for every other end ({EveryOther})."));
        }

        HashSet<string> ends = new(StringComparer.Ordinal);
        for (var index = 0; index < read.Retention.Count; index++)
        {
            Rule(file, $"$.retention[{index}]", read.Retention[index], ends, errors);
        }

        return new(errors.Count == 0 ? new PersonalRules(read.Duplicates.Days, read.Duplicates.Source, read.Retention) : null, errors);
    }

    private static void Days(string file, DuplicateFile duplicates, List<DataError> errors)
    {
        if (duplicates.Days is < 1 or > 3660)
        {
            errors.Add(new(file, "$.duplicates.days", "days-range", $"{duplicates.Days} is not 1 to 3660."));
        }

        DataJson.RequireText(file, "$.duplicates.source", duplicates.Source, errors);
    }

    private static void Rule(string file, string path, RetentionRule rule, HashSet<string> ends, List<DataError> errors)
    {
        DataJson.RequireText(file, $"{path}.end", rule.End, errors);
        DataJson.RequireText(file, $"{path}.source", rule.Source, errors);
        if (!ends.Add(rule.End))
        {
            errors.Add(new(file, $"{path}.end", "duplicate-end", $"There is a rule for {rule.End} already."));
        }

        if (rule.Years is < 1 or > 100)
        {
            errors.Add(new(file, $"{path}.years", "years-range", $"{rule.Years} is not 1 to 100."));
        }
    }

    private sealed record PersonalFile(string Note, DuplicateFile Duplicates, IReadOnlyList<RetentionRule> Retention);

    private sealed record DuplicateFile(int Days, string Source);
}
