using System.Text.Json;

namespace Workflows.Orchestrations.Durable;

/// <summary>What the outside may do to flows. Nothing is acknowledged before it is durable.</summary>
public interface IFlowClient
{
    /// <summary>Starts a flow.</summary>
    /// <param name="flow">The definition's name.</param>
    /// <param name="id">At most 100 characters of <c>[A-Za-z0-9._:-]</c>.</param>
    /// <param name="input">Of the type that the definition declares, or that as a JSON element.</param>
    /// <param name="options">When, with which version and tags, and what to do when the id exists.</param>
    /// <param name="cancellation">Gives up waiting; the start may still happen.</param>
    /// <exception cref="FlowRefusedException">Unknown flow or version, bad id or tags, an input of another type or too large.</exception>
    /// <exception cref="FlowsBusyException">The host's bound is reached; try again later.</exception>
    Task<StartOutcome> Start(
        string flow, string id, object input, StartOptions? options = null, CancellationToken cancellation = default);

    /// <summary>Puts a command into a flow's inbox; a repeated <paramref name="commandId"/> changes nothing.</summary>
    /// <exception cref="FlowRefusedException">Bad id, too large a command.</exception>
    Task<SendOutcome> Send<TCommand>(
        string id, string commandId, TCommand command, CancellationToken cancellation = default)
        where TCommand : class;

    Task<FlowInfo?> Get(string id, CancellationToken cancellation = default);

    /// <summary>
    /// One page in the order of creation, newest first; when dates restrict it, in the order of those, earliest first.
    /// </summary>
    /// <param name="filter">Which flows.</param>
    /// <param name="size">1 to 200.</param>
    /// <param name="after">The cursor that the page before gave; null for the first page.</param>
    /// <param name="cancellation">Stops reading.</param>
    Task<FlowPage> List(
        FlowFilter filter, int size = 50, string? after = null, CancellationToken cancellation = default);

    /// <summary>
    /// The recorded events of the present generation and what operators did to it, oldest first; null when there is no
    /// such flow.
    /// </summary>
    Task<IReadOnlyList<FlowEvent>?> History(string id, CancellationToken cancellation = default);

    /// <summary>Waits until the flow has ended.</summary>
    /// <exception cref="TimeoutException">It has not ended within <paramref name="patience"/> (real time).</exception>
    Task<FlowInfo?> Result(string id, TimeSpan patience, CancellationToken cancellation = default);

    /// <summary>The flow with its whole history, inbox, dates and tags; null when there is no such flow.</summary>
    Task<JsonElement?> Export(string id, CancellationToken cancellation = default);

    /// <summary>Commands and dates wait until <see cref="Resume"/>; calls under way go on.</summary>
    Task<OperateOutcome> Suspend(string id, string reason, CancellationToken cancellation = default);

    Task<OperateOutcome> Resume(string id, string reason, CancellationToken cancellation = default);

    /// <summary>Ends a flow where it stands.</summary>
    /// <param name="id">The flow's id.</param>
    /// <param name="reason">Becomes its incident text.</param>
    /// <param name="withChildren">Ends the living flows that it started too, and those that they started.</param>
    /// <param name="cancellation">Gives up waiting; it may still happen.</param>
    Task<OperateOutcome> Terminate(
        string id, string reason, bool withChildren = false, CancellationToken cancellation = default);

    /// <summary>Lets a blocked flow try its step again.</summary>
    Task<OperateOutcome> Retry(string id, string reason, CancellationToken cancellation = default);

    /// <summary>
    /// Begins a fresh history with the same id, version and tags, wherever the flow stands and also when it has ended;
    /// unread commands are kept, calls under way are forgotten.
    /// </summary>
    /// <param name="id">The flow's id.</param>
    /// <param name="input">Of the type that the flow's version declares, or that as a JSON element.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellation">Gives up waiting; it may still happen.</param>
    /// <exception cref="FlowRefusedException">The flow's version is not held here, or the input does not fit.</exception>
    Task<OperateOutcome> Restart(string id, object input, string reason, CancellationToken cancellation = default);

    /// <summary>Removes an ended flow and all it recorded.</summary>
    Task<OperateOutcome> Purge(string id, CancellationToken cancellation = default);

    /// <summary>Removes flows that ended before a moment, oldest first, bit by bit so that serving goes on.</summary>
    /// <param name="endedBefore">UTC, exclusive.</param>
    /// <param name="max">No more than these; the next call goes on from there.</param>
    /// <param name="cancellation">Stops between two bits.</param>
    /// <returns>How many were removed; fewer than <paramref name="max"/> when no more are that old.</returns>
    Task<int> PurgeEnded(DateTimeOffset endedBefore, int max, CancellationToken cancellation = default);

    /// <summary>What was given up on, newest first.</summary>
    /// <param name="size">1 to 200.</param>
    /// <param name="after">The cursor that the page before gave; null for the first page.</param>
    /// <param name="cancellation">Stops reading.</param>
    Task<DeadLetterPage> DeadLetters(int size = 50, string? after = null, CancellationToken cancellation = default);

    /// <summary>Puts a command back into its flow's inbox, or runs a call again.</summary>
    Task<OperateOutcome> RetryDeadLetter(long id, string reason, CancellationToken cancellation = default);

    /// <summary>Forgets a command for good; a call counts as failed, and its flow goes on with that.</summary>
    Task<OperateOutcome> DropDeadLetter(long id, string reason, CancellationToken cancellation = default);
}

/// <summary>How a flow is started.</summary>
/// <param name="WhenUsed">What to do when the id exists.</param>
/// <param name="At">When its first step comes, UTC; null or a moment in the past is at once. Until then it waits for "start".</param>
/// <param name="Tags">
/// At most 20. Keys as ids, at most 50 characters; values at most 200 characters without control characters.
/// </param>
/// <param name="Version">Of the definition; null is the newest.</param>
public sealed record StartOptions(
    UsedId WhenUsed = UsedId.Refuse,
    DateTimeOffset? At = null,
    IReadOnlyDictionary<string, string>? Tags = null,
    int? Version = null);

/// <summary>What a start does when a flow with the id exists.</summary>
public enum UsedId
{
    /// <summary>Changes nothing and says <see cref="StartOutcome.Exists"/>, in whatever state the other is.</summary>
    Refuse,

    /// <summary>Takes the place of an ended one; of a living one never.</summary>
    ReplaceEnded,

    /// <summary>Ends a living one and takes its place: the restart of a case from its projection.</summary>
    Replace,
}

public enum StartOutcome
{
    Started,
    Exists,
}

public enum OperateOutcome
{
    Done,

    /// <summary>No flow has this id.</summary>
    NotFound,

    /// <summary>The flow is in a state in which this cannot be done.</summary>
    Conflict,
}

/// <summary>Where a flow stands, in the engine's words.</summary>
public enum FlowState
{
    Running,
    Suspended,

    /// <summary>Stopped where it stands by an error in flow code or a missing rule set; <see cref="FlowInfo.Incident"/> says why.</summary>
    Blocked,
    Completed,
    Terminated,
}

/// <summary>A flow as operators see it.</summary>
/// <param name="Id">The flow's id.</param>
/// <param name="Flow">The definition's name.</param>
/// <param name="Version">The definition's version it started with.</param>
/// <param name="State">Where it stands.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="UpdatedAt">UTC, of the last step.</param>
/// <param name="WaitsFor">"start", "command", "command or date", "call NAME", or null when it does not wait.</param>
/// <param name="Due">The date it waits for, UTC.</param>
/// <param name="Status">What the flow last said of itself.</param>
/// <param name="Result">What it gave when it completed.</param>
/// <param name="Incident">Why it is blocked or was terminated.</param>
/// <param name="StartedBy">The id of the flow that started it.</param>
/// <param name="Tags">As given at its start.</param>
public sealed record FlowInfo(
    string Id,
    string Flow,
    int Version,
    FlowState State,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string? WaitsFor = null,
    DateTimeOffset? Due = null,
    JsonElement? Status = null,
    JsonElement? Result = null,
    string? Incident = null,
    string? StartedBy = null,
    IReadOnlyDictionary<string, string>? Tags = null);

/// <summary>
/// Which flows a list shows; nulls do not restrict. One restriction, and flow with state, is an index; of several
/// others the first in the order tag, dates, what it waits for is, and its flows are looked through for the rest.
/// </summary>
/// <param name="Flow">The definition's name.</param>
/// <param name="State">Where it stands.</param>
/// <param name="WaitsFor">The whole text, such as "call SendMail".</param>
/// <param name="DueFrom">The date it waits for is this or later, UTC.</param>
/// <param name="DueTo">The date it waits for is before this, UTC.</param>
/// <param name="Tag">key=value, both whole.</param>
public sealed record FlowFilter(
    string? Flow = null,
    FlowState? State = null,
    string? WaitsFor = null,
    DateTimeOffset? DueFrom = null,
    DateTimeOffset? DueTo = null,
    string? Tag = null);

/// <param name="Flows">At most as many as asked.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record FlowPage(IReadOnlyList<FlowInfo> Flows, string? Next);

/// <summary>One recorded event.</summary>
/// <param name="Number">From 1, within the generation; 0 for what an operator did, which the code never sees.</param>
/// <param name="At">UTC, of the step that recorded it.</param>
/// <param name="Kind">
/// started (restarted in every generation but the first), command, called, result, failed, date-reached, flow-started,
/// sent, completed; of operators: suspend, resume, terminate, retry, restart, dead-letter, dead-letter-retry,
/// dead-letter-drop, with the reason as data.
/// </param>
/// <param name="Name">The activity, flow or command it is about.</param>
/// <param name="Data">Its body.</param>
/// <param name="Key">The command's id, the request's key, or the other flow's id.</param>
public sealed record FlowEvent(int Number, DateTimeOffset At, string Kind, string? Name, JsonElement? Data, string? Key = null);

/// <summary>A command that its flow's code could not read, or a call during which the process died, again and again.</summary>
/// <param name="Id">Its own.</param>
/// <param name="FlowId">The flow it belongs to.</param>
/// <param name="Flow">The definition's name.</param>
/// <param name="At">When it was given up, UTC.</param>
/// <param name="Kind">command or call.</param>
/// <param name="Name">The command's type or the activity.</param>
/// <param name="Key">The command's id or the request's key.</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="Reason">What went wrong last.</param>
/// <param name="Data">The command or the request.</param>
public sealed record DeadLetter(
    long Id,
    string FlowId,
    string Flow,
    DateTimeOffset At,
    string Kind,
    string Name,
    string Key,
    int Tries,
    string Reason,
    JsonElement? Data);

/// <param name="Letters">At most as many as asked.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record DeadLetterPage(IReadOnlyList<DeadLetter> Letters, string? Next);

/// <summary>The start can never work as asked.</summary>
public sealed class FlowRefusedException(string reason) : Exception(reason);

/// <summary>The host has as much work as it takes; the same start works later.</summary>
public sealed class FlowsBusyException(string reason) : Exception(reason);
