using Workflows.Orchestrations.Durable;

namespace Workflows.Testing.Durable;

/// <summary>Rule sets in memory, under the versions they were put.</summary>
public sealed class RuleShelf : IRuleShelf
{
    private readonly Dictionary<(string Version, Type Type), object> held = [];

    public RuleShelf Put<TRules>(string version, TRules rules)
        where TRules : class
    {
        held[(version, typeof(TRules))] = rules;
        return this;
    }

    public TRules Get<TRules>(string version)
        where TRules : class =>
        held.TryGetValue((version, typeof(TRules)), out var rules)
            ? (TRules)rules
            : throw new RulesMissingException(version, typeof(TRules));
}
