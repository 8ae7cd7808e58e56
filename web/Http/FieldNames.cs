using System.Globalization;

namespace Workflows.Web.Http;

/// <summary>Names of people as callers write them: on one line, every character of which can be seen on a paper.</summary>
public static class FieldNames
{
    /// <summary>A name that must be there.</summary>
    public static string Name(this FieldErrors errors, string field, string? value, int charactersMax) =>
        Seen(errors, field, errors.Text(field, value, charactersMax).Trim());

    /// <summary>A name that may be absent.</summary>
    public static string? OptionalName(this FieldErrors errors, string field, string? value, int charactersMax) =>
        errors.OptionalText(field, value, charactersMax) is { } name ? Seen(errors, field, name.Trim()) : null;

    private static string Seen(FieldErrors errors, string field, string name)
    {
        if (name.Any(letter => char.GetUnicodeCategory(letter)
            is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
        {
            errors.Add(field, "must be on one line and without invisible characters");
        }

        return name;
    }
}
