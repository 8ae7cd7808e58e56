namespace Workflows.Orchestrations.Durable;

/// <summary>
/// Everything a flow may do. Flow code is replayed from its history, so it uses nothing but this: no clock, no I/O,
/// no random number of its own. There is no wait that can lose an event and no cancellation token, on purpose.
/// </summary>
/// <remarks>Both hosts and the in-memory tests implement it; the conformance scenarios run on each.</remarks>
public interface IFlow
{
    /// <summary>The flow's own id, at most 100 characters of <c>[A-Za-z0-9._:-]</c>.</summary>
    string Id { get; }

    /// <summary>
    /// The moment of the step being taken, UTC. Recorded, so a replay reads the same; never goes back, and is never
    /// before a moment that <see cref="Next{TCommand}"/> has just reported as reached.
    /// </summary>
    DateTimeOffset Now { get; }

    /// <summary>How many events this generation has recorded so far; the measure for <see cref="Restart{TInput}"/>.</summary>
    int Recorded { get; }

    /// <summary>
    /// A rule set by the address of its content. Not recorded: the same address gives the same content everywhere,
    /// so a replay cannot tell the difference.
    /// </summary>
    /// <exception cref="RulesMissingException">The host holds no rule set under this address.</exception>
    TRules Rules<TRules>(string version)
        where TRules : class;

    /// <summary>
    /// Asks the outside to do something, at least once, under the request's key, and gives its recorded result.
    /// Several calls may be awaited together by <c>Task.WhenAll</c>.
    /// </summary>
    /// <param name="request">What is asked; its type's name is the activity's name and is frozen.</param>
    /// <param name="retry">How often to try again; <see cref="Retry.Standard"/> when not given.</param>
    /// <exception cref="ActivityFailedException">The last allowed attempt failed.</exception>
    Task<TResult> Call<TResult>(IActivity<TResult> request, Retry? retry = null);

    /// <summary>
    /// The next command of this flow's single inbox, or null when <paramref name="until"/> has come and the inbox is
    /// empty. Commands are read in the order in which they were accepted, each exactly once. A command accepted
    /// before the moment is read before it. Only one wait may be open at a time.
    /// </summary>
    /// <param name="until">The moment, UTC; null waits for a command without end.</param>
    Task<Received<TCommand>?> Next<TCommand>(DateTimeOffset? until = null)
        where TCommand : class;

    /// <summary>
    /// Starts another flow together with this step: once the step is durable the other flow exists. When a flow with
    /// this id exists already, in whatever state, nothing happens; that is how a thing is said once.
    /// </summary>
    /// <param name="flow">The definition's name.</param>
    /// <param name="id">The other flow's id.</param>
    /// <param name="input">Its input, of the type that the definition declares, or that as a JSON element.</param>
    Task Start(string flow, string id, object input);

    /// <summary>
    /// Sends a command to another flow together with this step; a repeated <paramref name="commandId"/> is ignored.
    /// </summary>
    Task<SendOutcome> Send<TCommand>(string id, string commandId, TCommand command)
        where TCommand : class;

    /// <summary>A small record for people: where the flow stands. At most 4,000 characters of JSON.</summary>
    void Status(object status);

    /// <summary>
    /// Ends this generation and begins the next with the same id, a fresh history and <paramref name="input"/>; unread
    /// commands are kept. The flow must return right after it.
    /// </summary>
    void Restart<TInput>(TInput input)
        where TInput : notnull;

    /// <summary>A log line, written once and not again when the step is replayed.</summary>
    /// <param name="template">Message template with named placeholders; never personal data.</param>
    /// <param name="values">The placeholders' values.</param>
    void Log(string template, params object?[] values);
}

/// <summary>A command as a flow reads it.</summary>
/// <param name="CommandId">Unique within the flow; a second one with the same id was ignored.</param>
/// <param name="AcceptedAt">When the edge accepted it, UTC.</param>
/// <param name="Body">What is asked.</param>
public sealed record Received<TCommand>(string CommandId, DateTimeOffset AcceptedAt, TCommand Body)
    where TCommand : class;

/// <summary>What became of a command that was sent.</summary>
public enum SendOutcome
{
    /// <summary>In the inbox, durable.</summary>
    Accepted,

    /// <summary>The inbox has or had a command with this id; nothing changed.</summary>
    Repeated,

    /// <summary>No flow has this id.</summary>
    NotFound,

    /// <summary>The flow has ended and reads no more; also the answer to an id that it accepted while it lived.</summary>
    Ended,
}
