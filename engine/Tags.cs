using System.Text.Json;
using Workflows.Orchestrations.Durable;

namespace Workflows.Engine;

/// <summary>A flow's tags as they stand in its row: one JSON object in the order of its keys, null for none.</summary>
internal static class Tags
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    public static byte[]? Write(IReadOnlyDictionary<string, string>? tags) => tags is null || tags.Count == 0
        ? null
        : Wire.Write(new SortedDictionary<string, string>(tags.ToDictionary(), StringComparer.Ordinal));

    public static IReadOnlyDictionary<string, string> Read(byte[]? tags) => tags is null
        ? None
        : JsonSerializer.Deserialize<SortedDictionary<string, string>>(tags, Wire.Options) ?? None;

    public static IReadOnlyDictionary<string, string>? Shown(byte[]? tags) => tags is null ? null : Read(tags);
}
