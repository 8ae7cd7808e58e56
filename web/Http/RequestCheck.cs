using Workflows.Orchestrations.Units;

namespace Workflows.Web.Http;

/// <summary>What a command's request is checked with.</summary>
public sealed class RequestCheck(UnitRegister units)
{
    public FieldErrors Errors { get; } = new();

    /// <summary>The unit that acts.</summary>
    public string Unit(string? by) => Fields.Unit("by", by, units, Errors);

    /// <summary>Another unit that it is about.</summary>
    public string Unit(string field, string? unit) => Fields.Unit(field, unit, units, Errors);

    /// <summary>Parties that it is about, each once; at least one.</summary>
    public IReadOnlyList<string> Parties(string field, IReadOnlyList<string?>? parties)
    {
        var ids = Errors.Ids(field, parties);
        for (var index = 0; index < ids.Count; index++)
        {
            Fields.Party(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{field}[{index}]"), ids[index], Errors);
        }

        return ids;
    }

    /// <summary>The party that it is about.</summary>
    public string Party(string? party) => Fields.Party("party", party, Errors);
}
