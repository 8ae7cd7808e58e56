using Workflows.Orchestrations.Durable;

namespace Workflows.Functions.Tests.Conformance;

/// <summary>A host that a scenario is played on.</summary>
internal interface IFlowHost : IAsyncDisposable
{
    Task Start(string flow, string id, object input);

    Task<SendOutcome> Send<TCommand>(string id, string commandId, TCommand command)
        where TCommand : class;

    /// <summary>Lets time pass until a moment and everything due by then happen.</summary>
    Task Until(DateTimeOffset moment);

    /// <summary>Where every flow stands at the end, one line each, ordered by id.</summary>
    Task<IReadOnlyList<string>> Standing();
}

/// <summary>A story that every host must tell alike.</summary>
/// <param name="Begins">The clock at its beginning, UTC.</param>
/// <param name="Flows">The flows it needs.</param>
/// <param name="Rules">The rules they live under.</param>
/// <param name="Activities">What they may ask, fresh for each host.</param>
/// <param name="Play">What happens.</param>
internal sealed record Scenario(
    DateTimeOffset Begins,
    IReadOnlyList<FlowDefinition> Flows,
    IRuleShelf Rules,
    Func<ActivityTable> Activities,
    Func<IFlowHost, Task> Play);
