using System.Globalization;
using System.Text.Json;

namespace Workflows.Web.Http;

/// <summary>What is wrong with a request, by field. Gathers everything before it complains.</summary>
public sealed class FieldErrors
{
    private const int IdCharactersMax = 100;

    /// <summary>Far from the ends of what a date can hold, so that no count runs over them.</summary>
    private static readonly DateOnly FirstDate = new(1900, 1, 1);
    private static readonly DateOnly LastDate = new(2999, 12, 31);

    private readonly Dictionary<string, List<string>> errors = [];

    public bool Any => errors.Count > 0;

    public IReadOnlyDictionary<string, string[]> All => errors.ToDictionary(error => error.Key, error => error.Value.ToArray());

    /// <param name="field">As the caller wrote it: <c>parties[0].role</c>.</param>
    /// <param name="rule">The rule it breaks, as a sentence.</param>
    public void Add(string field, string rule)
    {
        if (!errors.TryGetValue(field, out var rules))
        {
            errors[field] = rules = [];
        }

        rules.Add(rule);
    }

    /// <summary>A text that must be there.</summary>
    public string Text(string field, string? value, int charactersMax)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            Add(field, "is required");
        }
        else if (value.Length > charactersMax)
        {
            Add(field, $"must be at most {charactersMax} characters; it has {value.Length}");
        }

        return value ?? "";
    }

    /// <summary>A text that may be absent.</summary>
    public string? OptionalText(string field, string? value, int charactersMax)
    {
        if (value is not null && string.IsNullOrWhiteSpace(value))
        {
            Add(field, "must not be empty; leave it out instead");
        }
        else if (value is not null)
        {
            Text(field, value, charactersMax);
        }

        return value;
    }

    /// <summary>A yes or no that must be there.</summary>
    public bool Bool(string field, bool? value)
    {
        if (value is null)
        {
            Add(field, "is required: true or false");
        }

        return value ?? false;
    }

    /// <summary>A number that must be there.</summary>
    public int Number(string field, int? value, int min, int max)
    {
        if (value is null)
        {
            Add(field, "is required");
        }
        else if (value < min || value > max)
        {
            Add(field, $"must be from {min} to {max}");
        }

        return value ?? 0;
    }

    /// <summary>A word that a command refers to by: letters, digits, dot, underscore and hyphen. Never free text.</summary>
    public string Id(string field, string? value)
    {
        if (Text(field, value, IdCharactersMax).Length > 0 && !value!.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-'))
        {
            Add(field, "must be letters, digits, '.', '_' and '-'");
        }

        return value ?? "";
    }

    /// <summary>Ids, each once; at least one.</summary>
    public IReadOnlyList<string> Ids(string field, IReadOnlyList<string?>? values)
    {
        if (values is not { Count: > 0 })
        {
            Add(field, "is required: at least one id");
            return [];
        }

        return OptionalIds(field, values) ?? [];
    }

    /// <summary>Ids, each once, or none at all.</summary>
    public IReadOnlyList<string>? OptionalIds(string field, IReadOnlyList<string?>? values)
    {
        for (var index = 0; index < values?.Count; index++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]");
            if (Id(at, values[index]).Length > 0 && values.Take(index).Contains(values[index]))
            {
                Add(at, "is given twice");
            }
        }

        return values is null ? null : [.. values.OfType<string>()];
    }

    /// <summary>A word of an enum, camelCase, that must be there.</summary>
    public TEnum OneOf<TEnum>(string field, string? value)
        where TEnum : struct, Enum => OptionalOneOf<TEnum>(field, value) ?? Missing<TEnum>(field, value);

    /// <summary>A word of an enum, camelCase, that may be absent.</summary>
    public TEnum? OptionalOneOf<TEnum>(string field, string? value)
        where TEnum : struct, Enum
    {
        foreach (var word in Enum.GetValues<TEnum>())
        {
            if (JsonNamingPolicy.CamelCase.ConvertName(word.ToString()) == value)
            {
                return word;
            }
        }

        if (value is not null)
        {
            Add(field, $"must be one of {string.Join(", ", Enum.GetNames<TEnum>().Select(JsonNamingPolicy.CamelCase.ConvertName))}");
        }

        return null;
    }

    /// <summary>A date that must be there.</summary>
    public DateOnly Date(string field, string? value)
    {
        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            if (date < FirstDate || date > LastDate)
            {
                Add(field, "must be from 1900-01-01 to 2999-12-31");
            }

            return date;
        }

        Add(field, value is null ? "is required" : "must be a date such as 2025-09-26");
        return default;
    }

    /// <summary>A date that may be absent.</summary>
    public DateOnly? OptionalDate(string field, string? value) => value is null ? null : Date(field, value);

    private TEnum Missing<TEnum>(string field, string? value)
        where TEnum : struct, Enum
    {
        if (value is null)
        {
            Add(field, $"is required; one of {string.Join(", ", Enum.GetNames<TEnum>().Select(JsonNamingPolicy.CamelCase.ConvertName))}");
        }

        return default;
    }
}
