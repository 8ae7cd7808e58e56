using Workflows.Orchestrations.Durable;

namespace Workflows.Server.Tests;

/// <summary>An empty shelf, for flows that decide by nothing.</summary>
internal sealed class NoRules : IRuleShelf
{
    public TRules Get<TRules>(string version)
        where TRules : class => throw new RulesMissingException(version, typeof(TRules));
}
