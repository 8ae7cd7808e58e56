using System.Buffers;
using System.Text.Json;
using Workflows.Orchestrations.Durable;

namespace Workflows.Functions.Durable;

/// <summary>
/// JSON that went through the platform's serializer, as we write it ourselves: the same values, but Chinese characters
/// and signs as they are, so that what is stored here and what is stored on one machine is the same text.
/// </summary>
internal static class Plain
{
    public static JsonElement Of(JsonElement element)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Wire.Options.Encoder }))
        {
            Write(writer, element);
        }

        return JsonSerializer.Deserialize<JsonElement>(buffer.WrittenSpan, Wire.Options);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject())
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(element.GetString());
                break;
            case JsonValueKind.Undefined:
                writer.WriteNullValue();
                break;
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null:
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
