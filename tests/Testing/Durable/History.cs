using System.Text.Json;
using Workflows.Orchestrations.Durable;

namespace Workflows.Testing.Durable;

/// <summary>The record of one generation of a flow, as a file that is kept: it must replay for ever.</summary>
/// <param name="Flow">The definition's name.</param>
/// <param name="Id">The flow's id.</param>
/// <param name="Begun">The flow's clock at the beginning, UTC.</param>
/// <param name="Input">What it began with.</param>
/// <param name="Events">What it asked for and got, in order.</param>
public sealed record History(string Flow, string Id, DateTimeOffset Begun, JsonElement Input, IReadOnlyList<HistoryEvent> Events)
{
    private static readonly JsonSerializerOptions Readable = new(Wire.Options)
    {
        WriteIndented = true,
    };

    public string ToJson() => JsonSerializer.Serialize(this, Readable) + "\n";

    public static History Parse(ReadOnlySpan<byte> json) => Wire.Read<History>(json);

    internal static History Of(
        string flow, string id, DateTimeOffset begun, byte[] input, IEnumerable<TraceEvent> trace) =>
        new(flow, id, begun, Element(input), [.. trace.Select(HistoryEvent.Of)]);

    internal static JsonElement Element(byte[] json) => JsonSerializer.Deserialize<JsonElement>(json, Wire.Options);
}

/// <summary>One <see cref="TraceEvent"/> with its bodies as JSON.</summary>
/// <param name="Now">The flow's clock after it, UTC.</param>
/// <param name="Asked">Kind, name and id of the request.</param>
/// <param name="Body">The request's body.</param>
/// <param name="Answer">What came back.</param>
/// <param name="Failure">Why the call failed for good.</param>
public sealed record HistoryEvent(
    DateTimeOffset Now, string Asked, JsonElement? Body = null, JsonElement? Answer = null, string? Failure = null)
{
    internal static HistoryEvent Of(TraceEvent recorded)
    {
        var body = TraceEvent.BodyOf(recorded.Asked);
        return new(
            recorded.Now,
            body < 0 ? recorded.Asked : recorded.Asked[..body],
            body < 0 ? null : JsonSerializer.Deserialize<JsonElement>(recorded.Asked[(body + 1)..], Wire.Options),
            recorded.Answer is null ? null : History.Element(recorded.Answer),
            recorded.Failure);
    }

    internal TraceEvent ToTrace() => new(
        Body is { } body ? $"{Asked} {JsonSerializer.Serialize(body, Wire.Options)}" : Asked,
        Answer is { } answer ? Wire.Write(answer) : null,
        Failure,
        Now);
}
