using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Workflows.Orchestrations.Durable;

/// <summary>
/// The one JSON form of everything that lands in a history, an inbox or a projection. Records only grow: an unknown
/// member is skipped, a missing one takes its default.
/// </summary>
public static class Wire
{
    /// <summary>camelCase, enums by name, nulls left out, Chinese characters as they are.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    public static byte[] Write(object value) => JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), Options);

    /// <summary>Writes by the declared type, which is what a closed union needs to carry its discriminator.</summary>
    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <exception cref="JsonException">The text is not JSON of this type.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"null is no {typeof(T).Name}.");

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
            NumberHandling = JsonNumberHandling.Strict,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveKeysOut } };
        options.MakeReadOnly();
        return options;
    }

    /// <summary>A request's key follows from its other members; an attribute on the interface would not be inherited.</summary>
    private static void LeaveKeysOut(JsonTypeInfo type)
    {
        if (!type.Type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IActivity<>)))
        {
            return;
        }

        for (var index = type.Properties.Count - 1; index >= 0; index--)
        {
            if (type.Properties[index].Name == "key" && !type.Properties[index].IsRequired && type.Properties[index].Set is null)
            {
                type.Properties.RemoveAt(index);
            }
        }
    }
}
