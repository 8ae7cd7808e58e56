using System.Text.Json;
using System.Text.Json.Serialization;

namespace Workflows.Orchestrations.Calendar;

/// <summary>A data file as somebody else read it.</summary>
/// <param name="Name">A label for error messages, such as "policies.json".</param>
/// <param name="Json">UTF-8 without a byte order mark.</param>
public readonly record struct DataFile(string Name, ReadOnlyMemory<byte> Json);

/// <summary>
/// Strict JSON for data that people write by hand: an unknown, missing or doubled member is an error, not a default.
/// Histories are read by <see cref="Durable.Wire"/> instead, which forgives, because they only grow.
/// </summary>
public static class DataJson
{
    private static readonly JsonDocumentOptions DocumentOptions = new() { AllowDuplicateProperties = false };

    private static readonly JsonSerializerOptions Options = Create();

    /// <summary>The whole file as one value; null after adding an error.</summary>
    public static T? Read<T>(string file, ReadOnlySpan<byte> json, List<DataError> errors)
        where T : class =>
        Root(file, json, errors) is { } root ? Element<T>(file, "$", root, errors) : null;

    /// <summary>
    /// The file as a list. Elements are read one by one, so that each bad one is reported and the others are checked.
    /// </summary>
    public static IReadOnlyList<(string Path, T Value)> ReadList<T>(
        string file, ReadOnlySpan<byte> json, List<DataError> errors)
        where T : class
    {
        if (Root(file, json, errors) is not { } root)
        {
            return [];
        }

        if (root.ValueKind != JsonValueKind.Array)
        {
            errors.Add(new(file, "$", "json", "The file must be a list."));
            return [];
        }

        return Elements<T>(file, "$", [.. root.EnumerateArray()], errors);
    }

    /// <summary>The good elements of a list, each with its path; the bad ones become errors.</summary>
    public static IReadOnlyList<(string Path, T Value)> Elements<T>(
        string file, string path, IReadOnlyList<JsonElement> elements, List<DataError> errors)
        where T : class
    {
        List<(string Path, T Value)> values = [];
        for (var index = 0; index < elements.Count; index++)
        {
            var at = $"{path}[{index}]";
            if (Element<T>(file, at, elements[index], errors) is { } value)
            {
                values.Add((at, value));
            }
        }

        return values;
    }

    /// <summary>Adds an error when the text is empty or white space.</summary>
    public static void RequireText(string file, string path, string? text, List<DataError> errors)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            errors.Add(new(file, path, "blank", "A text is required here."));
        }
    }

    /// <summary>A value within a file; null after adding an error.</summary>
    public static T? Element<T>(string file, string path, JsonElement element, List<DataError> errors)
        where T : class
    {
        try
        {
            if (element.Deserialize<T>(Options) is { } value)
            {
                return value;
            }

            errors.Add(new(file, path, "json", "null is no value here."));
        }
        catch (JsonException e)
        {
            errors.Add(new(file, path + e.Path?.TrimStart('$'), "json", Message(e)));
        }

        return null;
    }

    private static JsonElement? Root(string file, ReadOnlySpan<byte> json, List<DataError> errors)
    {
        try
        {
            using var document = JsonDocument.Parse(json.ToArray(), DocumentOptions);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            errors.Add(new(file, "$", "json", $"Line {e.LineNumber + 1}: {Message(e)}"));
            return null;
        }
    }

    /// <summary>The serializer appends its own path and line, which are relative to the element.</summary>
    private static string Message(JsonException e)
    {
        var end = e.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        return end < 0 ? e.Message : e.Message[..end];
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            PropertyNameCaseInsensitive = false,
            NumberHandling = JsonNumberHandling.Strict,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
