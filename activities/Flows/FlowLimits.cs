using System.Buffers;
using System.Text.Json;
using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.Flows;

/// <summary>What a flow over tables refuses before it can do harm; the same words as the embedded engine's.</summary>
public static class FlowLimits
{
    public const int IdCharactersMax = 100;

    /// <summary>An input, command or result is one row in parts, and a row of Azure Table storage holds 1 MiB.</summary>
    public const int PayloadBytesMax = 900_000;

    public const int StatusCharactersMax = 4_000;
    public const int PageSizeMax = 200;
    public const int TagsMax = 20;
    public const int TagKeyCharactersMax = 50;
    public const int TagValueCharactersMax = 200;
    public const int ReasonCharactersMax = 2_000;

    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-");

    public static bool IsId(string? id) =>
        !string.IsNullOrEmpty(id) && id.Length <= IdCharactersMax && !id.AsSpan().ContainsAnyExcept(IdCharacters);

    /// <summary>Null when the id is fine, otherwise what is wrong with it.</summary>
    public static string? IdProblem(string what, string? id) =>
        IsId(id) ? null : $"A {what} has 1 to {IdCharactersMax} characters of A-Z, a-z, 0-9 and . _ : - ({Shown(id)}).";

    public static string? PayloadProblem(string what, byte[] payload) =>
        payload.Length <= PayloadBytesMax
            ? null
            : FormattableString.Invariant($"{what} has {payload.Length:N0} bytes; at most {PayloadBytesMax:N0} are taken.");

    public static string? TagsProblem(IReadOnlyDictionary<string, string>? tags)
    {
        if (tags is { Count: > TagsMax })
        {
            return FormattableString.Invariant($"A flow has at most {TagsMax} tags, not {tags.Count}.");
        }

        foreach (var (key, value) in tags ?? new Dictionary<string, string>())
        {
            if (!IsId(key) || key.Length > TagKeyCharactersMax)
            {
                return $"A tag's key has 1 to {TagKeyCharactersMax} characters of A-Z, a-z, 0-9 and . _ : - ({Shown(key)}).";
            }

            if (value is null || value.Length > TagValueCharactersMax || value.Any(char.IsControl))
            {
                return $"The value of the tag {key} has at most {TagValueCharactersMax} characters, none of them a control character.";
            }
        }

        return null;
    }

    public static string? ReasonProblem(string? reason) =>
        reason is { Length: <= ReasonCharactersMax }
            ? null
            : FormattableString.Invariant($"A reason is a text of at most {ReasonCharactersMax:N0} characters.");

    /// <exception cref="FlowRefusedException">There is a problem.</exception>
    public static void Refuse(string? problem)
    {
        if (problem is not null)
        {
            throw new FlowRefusedException(problem);
        }
    }

    /// <summary>The input as it is kept, when it is of the type that the definition declares.</summary>
    /// <exception cref="FlowRefusedException">It is of another type or too large.</exception>
    public static byte[] Input(FlowDefinition definition, object input)
    {
        var data = input is JsonElement json ? Fitting(definition, json)
            : definition.Input.IsInstanceOfType(input)
                ? JsonSerializer.SerializeToUtf8Bytes(input, definition.Input, Wire.Options)
            : throw new FlowRefusedException($"{definition.Name} takes {definition.Input.Name}, not {input.GetType().Name}.");
        Refuse(PayloadProblem($"The input of {definition.Name}", data));
        return data;
    }

    private static byte[] Fitting(FlowDefinition definition, JsonElement json)
    {
        try
        {
            return json.Deserialize(definition.Input, Wire.Options) is not null
                ? JsonSerializer.SerializeToUtf8Bytes(json, Wire.Options)
                : throw new JsonException("it is null.");
        }
        catch (JsonException unreadable)
        {
            throw new FlowRefusedException($"{definition.Name} takes {definition.Input.Name}: {unreadable.Message}");
        }
    }

    private static string Shown(string? id) =>
        id is null ? "none" : id.Length <= IdCharactersMax ? $"\"{id}\"" : $"{id.Length} characters";
}
