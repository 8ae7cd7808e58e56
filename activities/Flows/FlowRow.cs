using System.Text.Json;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.Flows;

/// <summary>A flow as the registry has it: everything about it but its input, its inbox and its result.</summary>
/// <param name="Id">The flow's id.</param>
/// <param name="Flow">The definition's name.</param>
/// <param name="Version">The definition's version it started with.</param>
/// <param name="State">Where it stands.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="UpdatedAt">UTC, of the last change.</param>
/// <param name="Generation">The newest beginning of this id.</param>
/// <param name="BegunAt">When that was registered, UTC.</param>
/// <param name="After">The last command read before the present generation.</param>
/// <param name="Read">The last command that the flow has read and dealt with.</param>
/// <param name="Step">The present generation's last look into the inbox; an older look changes nothing.</param>
/// <param name="Scheduled">The platform is known to have the present generation.</param>
/// <param name="WaitsFor">As in <see cref="FlowInfo"/>.</param>
/// <param name="Due">The date it waits for, UTC.</param>
/// <param name="Status">What it last said of itself, as JSON.</param>
/// <param name="Incident">Why it is blocked or was terminated.</param>
/// <param name="StartedBy">The flow that started it.</param>
/// <param name="Tags">As given at its start.</param>
/// <param name="StartAt">When its first step comes, UTC; null is at once.</param>
public sealed record FlowRow(
    string Id,
    string Flow,
    int Version,
    FlowState State,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    int Generation,
    DateTimeOffset BegunAt,
    long After = 0,
    long Read = 0,
    int Step = 0,
    bool Scheduled = false,
    string? WaitsFor = null,
    DateTimeOffset? Due = null,
    string? Status = null,
    string? Incident = null,
    string? StartedBy = null,
    IReadOnlyDictionary<string, string>? Tags = null,
    DateTimeOffset? StartAt = null)
{
    /// <summary>What a flow that has not begun waits for.</summary>
    public const string WaitsForStart = "start";

    public bool IsEnded => State is FlowState.Completed or FlowState.Terminated;

    public FlowInfo Info(byte[]? result) => new(
        Id,
        Flow,
        Version,
        State,
        CreatedAt,
        UpdatedAt,
        WaitsFor,
        Due,
        Status is null ? null : JsonSerializer.Deserialize<JsonElement>(Status, Wire.Options),
        result is null ? null : JsonSerializer.Deserialize<JsonElement>(result, Wire.Options),
        Incident,
        StartedBy,
        Tags is { Count: > 0 } ? Tags : null);

    internal Dictionary<string, object> Properties() => new() { ["Row"] = JsonSerializer.Serialize(this, Wire.Options) };

    internal static FlowRow Of(Entity entity) => JsonSerializer.Deserialize<FlowRow>(entity.Text("Row"), Wire.Options)!;
}
