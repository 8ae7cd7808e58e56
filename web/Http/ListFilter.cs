using System.Text.Json;

namespace Workflows.Web.Http;

/// <summary>A filter of a list.</summary>
/// <param name="Name">As the caller writes it.</param>
/// <param name="Words">The values it knows; none when it takes ids.</param>
public sealed record ListFilter(string Name, params IReadOnlyList<string> Words)
{
    public static ListFilter Light { get; } = new("light", "green", "yellow", "red");

    public static ListFilter Open { get; } = new("open", "true");

    /// <summary>A filter by the words of an enum, camelCase.</summary>
    public static ListFilter Of<TEnum>(string name)
        where TEnum : struct, Enum =>
        new(name, [.. Enum.GetNames<TEnum>().Select(JsonNamingPolicy.CamelCase.ConvertName)]);

    public void Check(string value, FieldErrors errors)
    {
        errors.Text(Name, value, ListQuery.ValueCharactersMax);
        if (Words.Count > 0 && value.Length > 0 && !Words.Contains(value))
        {
            errors.Add(Name, $"must be {(Words.Count > 1 ? "one of " : "")}{string.Join(", ", Words)}");
        }
    }
}
