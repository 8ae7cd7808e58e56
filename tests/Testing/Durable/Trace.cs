using System.Text;
using System.Text.Json;
using Workflows.Orchestrations.Durable;

namespace Workflows.Testing.Durable;

/// <summary>One thing a flow asked for and what it got.</summary>
/// <param name="Asked">Kind, name, id and body of the request, as one line.</param>
/// <param name="Answer">The recorded answer; null when there is none.</param>
/// <param name="Failure">Why the call failed for good; null when it did not.</param>
/// <param name="Now">The flow's clock after it.</param>
public sealed record TraceEvent(string Asked, byte[]? Answer, string? Failure, DateTimeOffset Now)
{
    /// <summary>Whether this is the same request, however its JSON is spaced and escaped.</summary>
    public bool IsAsked(string asked) => Asked == asked || Canonical(Asked) == Canonical(asked);

    /// <summary>Where the body begins: a key or an id has no blank and no brace. Negative when there is none.</summary>
    public static int BodyOf(string asked) => asked.IndexOf(" {", StringComparison.Ordinal);

    public override string ToString() =>
        $"{Now:yyyy-MM-dd HH:mm} {Asked}{(Answer is null ? "" : " -> " + Encoding.UTF8.GetString(Answer))}{(Failure is null ? "" : " !! " + Failure)}";

    private static string Canonical(string asked) => BodyOf(asked) is var body && body < 0
        ? asked
        : asked[..body] + JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(asked[body..], Wire.Options), Wire.Options);
}

/// <summary>A replay asked for something that the record does not say.</summary>
public sealed class ReplayMismatchException(string flow, int index, string? recorded, string? asked)
    : Exception($"{flow} at {index}: the record says {recorded ?? "nothing"}, the code did {asked ?? "nothing"}.");
