using System.Text.Json;
using Workflows.Activities.Flows;

namespace Workflows.Functions.Durable;

/// <summary>A status that fits, measured in the JSON it is kept in.</summary>
internal static class StatusText
{
    /// <summary>The status as it is, or where its JSON is too long, the beginning of that JSON as a text.</summary>
    public static JsonElement Cut(JsonElement status, JsonSerializerOptions options)
    {
        var text = JsonSerializer.Serialize(status, options);
        if (text.Length <= FlowLimits.StatusCharactersMax)
        {
            return status;
        }

        // What is cut is wrapped in quotes and escaped once more, so it is shortened until that fits.
        var raw = status.ValueKind == JsonValueKind.String ? status.GetString()! : status.GetRawText();
        var keep = Math.Min(raw.Length, FlowLimits.StatusCharactersMax);
        while (true)
        {
            var cut = raw[..keep];
            if (char.IsHighSurrogate(cut[^1]))
            {
                cut = cut[..^1];
            }

            var length = JsonSerializer.Serialize(cut, options).Length;
            if (length <= FlowLimits.StatusCharactersMax)
            {
                return JsonSerializer.SerializeToElement(cut, options);
            }

            keep = Math.Max(1, Math.Min(keep - 1, (int)((long)keep * FlowLimits.StatusCharactersMax / length)));
        }
    }
}
