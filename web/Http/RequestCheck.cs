using Workflows.Orchestrations.Units;

namespace Workflows.Web.Http;

/// <summary>What a command's request is checked with.</summary>
public sealed class RequestCheck(UnitRegister units)
{
    public FieldErrors Errors { get; } = new();

    /// <summary>The unit that acts.</summary>
    public string Unit(string? by) => Fields.Unit("by", by, units, Errors);

    /// <summary>The party that it is about.</summary>
    public string Party(string? party) => Fields.Party("party", party, Errors);
}
