using System.Text.Json;

namespace Workflows.Orchestrations.Durable;

/// <summary>When something was said to a case, by whom and from where.</summary>
/// <param name="At">UTC; when the edge accepted it, or when the date was reached.</param>
/// <param name="By">A unit's id, or <see cref="Clock"/>.</param>
/// <param name="Via">The channel it came through: window, grid, hotline, api …</param>
/// <param name="Id">The command's id; also the id of the protected text that came with it.</param>
public sealed record Occasion(DateTimeOffset At, string By, string Via, string Id)
{
    /// <summary>What <see cref="By"/> and <see cref="Via"/> say when a date was reached.</summary>
    public const string Clock = "clock";
}

/// <summary>A command as it lies in a case's inbox.</summary>
public sealed record CaseCommand<TFact>(TFact Fact, string By, string Via);

/// <summary>The answer of a decider: what the case becomes and what must be done, or why not.</summary>
public abstract record Step<TState, TFact>
{
    private Step()
    {
    }

    /// <param name="State">The new state.</param>
    /// <param name="Journal">What happened, in order; at least one line.</param>
    /// <param name="Starts">Flows to start once the state is saved: the notices.</param>
    /// <param name="Perform">What to ask of the outside; its answer comes back as a fact.</param>
    /// <param name="Tells">What to tell other cases once the state is saved and the flows are started, in order.</param>
    public sealed record Taken(
        TState State,
        IReadOnlyList<JournalLine> Journal,
        IReadOnlyList<StartFlow> Starts,
        IActivity<TFact>? Perform = null,
        IReadOnlyList<TellFlow>? Tells = null) : Step<TState, TFact>;

    /// <param name="Code">Stable, kebab-case.</param>
    /// <param name="Reason">A sentence for the person who asked.</param>
    public sealed record Refused(string Code, string Reason) : Step<TState, TFact>;

    /// <summary>Already so; nothing changes and nothing is said.</summary>
    public sealed record Nothing : Step<TState, TFact>;
}

/// <summary>A flow to start with a step; an existing id means it was started before.</summary>
public sealed record StartFlow(string Flow, string Id, JsonElement Input)
{
    public static StartFlow Of<TInput>(string flow, string id, TInput input) =>
        new(flow, id, JsonSerializer.SerializeToElement(input, Wire.Options));
}

/// <summary>
/// What a step says to another flow. A command id that the other one has had is ignored there, so saying it again is
/// harmless.
/// </summary>
/// <param name="Flow">The other flow's definition.</param>
/// <param name="Id">The other flow's id.</param>
/// <param name="CommandId">Unique within the other flow: it names who says it and in which step.</param>
/// <param name="Command">The whole command.</param>
/// <param name="StartInput">Starts the other flow with it first, unless it exists; null when it is told only if it is there.</param>
public sealed record TellFlow(string Flow, string Id, string CommandId, JsonElement Command, JsonElement? StartInput = null)
{
    /// <summary>A fact for another case.</summary>
    /// <param name="flow">The other case's process.</param>
    /// <param name="id">Its flow's id.</param>
    /// <param name="commandId">Unique within it.</param>
    /// <param name="command">The fact, by whom and from where.</param>
    /// <param name="fresh">The case as it begins, when it may not be there yet.</param>
    public static TellFlow Of<TState, TFact>(
        string flow, string id, string commandId, CaseCommand<TFact> command, CaseRecord<TState>? fresh = null) =>
        new(
            flow,
            id,
            commandId,
            JsonSerializer.SerializeToElement(command, Wire.Options),
            fresh is null ? null : JsonSerializer.SerializeToElement(fresh, Wire.Options));
}

/// <summary>A case as it is saved after every step; enough to start its flow again anywhere.</summary>
/// <param name="Id">The case's id.</param>
/// <param name="State">What the decider decides on.</param>
/// <param name="Version">Counts the steps; 0 before the opening step.</param>
/// <param name="JournalLength">Entries written so far.</param>
/// <param name="JournalHash">The last entry's hash; the next entry builds on it.</param>
/// <param name="Handled">What became of the latest commands, oldest first.</param>
/// <param name="Pending">Flows this step starts; started again, harmlessly, when the case is started from here.</param>
/// <param name="Tells">What this step tells other flows; told again, harmlessly, when the case is started from here.</param>
public sealed record CaseRecord<TState>(
    string Id,
    TState State,
    int Version,
    int JournalLength,
    string JournalHash,
    IReadOnlyList<Handled> Handled,
    IReadOnlyList<StartFlow> Pending,
    IReadOnlyList<TellFlow>? Tells = null);

/// <summary>Beginning and bounds of a case's record.</summary>
public static class CaseRecord
{
    /// <summary>How many outcomes of commands a case remembers.</summary>
    public const int HandledMax = 64;

    /// <summary>A case that has not taken its opening step.</summary>
    public static CaseRecord<TState> Fresh<TState>(string id, TState state) => new(id, state, 0, 0, Journal.Beginning, [], []);
}

/// <summary>What became of a command.</summary>
/// <param name="CommandId">Which.</param>
/// <param name="Refusal">Null when it was taken; else the refusal's code.</param>
/// <param name="Reason">The refusal's sentence.</param>
public sealed record Handled(string CommandId, string? Refusal = null, string? Reason = null);

/// <summary>What lists show of a case.</summary>
/// <param name="Status">Its state in one word, camelCase.</param>
/// <param name="OpenedAt">UTC; lists are in this order, newest first.</param>
/// <param name="Due">The next date that counts, UTC.</param>
/// <param name="Light">green, yellow or red.</param>
/// <param name="Lists">The lists it stands in now, such as <c>disputes.status.mediating</c>.</param>
/// <param name="Summary">The columns.</param>
public sealed record CaseCard(
    string Status,
    DateTimeOffset OpenedAt,
    DateTimeOffset? Due,
    string Light,
    IReadOnlyList<string> Lists,
    JsonElement Summary);

/// <summary>Saves a case after a step: the projection, its new journal entries and its list rows.</summary>
/// <param name="Kind">The flow's name.</param>
/// <param name="Id">The case's id.</param>
/// <param name="Version">A version that is already saved is not saved again.</param>
/// <param name="Record">The whole <see cref="CaseRecord{TState}"/>.</param>
/// <param name="Journal">The entries this step added.</param>
/// <param name="Card">What lists show.</param>
public sealed record SaveCase(
    string Kind,
    string Id,
    int Version,
    JsonElement Record,
    IReadOnlyList<JournalEntry> Journal,
    CaseCard Card) : IActivity<Saved>
{
    public string Key => $"{Id}/v{Version}";
}

/// <summary>The version that the projection has now.</summary>
public sealed record Saved(int Version);
