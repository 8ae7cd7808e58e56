namespace Workflows.Orchestrations.Units;

/// <summary>What a unit is in law; decides who may issue a sheet to it.</summary>
public enum UnitKind
{
    Party,
    Government,
    Institution,
    MassOrganisation,
    Enterprise,
    Township,

    /// <summary>A villagers' committee: a mass organisation, never the object of supervision.</summary>
    Village,

    /// <summary>A residents' committee: likewise.</summary>
    Community,

    /// <summary>Serves the flows: the county centre, its duty box, the supervising office.</summary>
    Office,
}

/// <summary>Where a dispute is handled.</summary>
public enum Level
{
    /// <summary>The village or community committee.</summary>
    Village,
    Township,

    /// <summary>The county mediation centre.</summary>
    County,
}

/// <summary>A unit that work can be given to.</summary>
/// <param name="Id">A village's 12-digit code, a township's 9-digit code, or a short id of the plan.</param>
/// <param name="Name">As printed in letters.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Superior">The id of the unit that is next when nobody is there; null for the duty box only.</param>
/// <param name="Aliases">Other spellings that mean the same unit for certain.</param>
/// <param name="Mail">Null when no address is known, which flows must handle.</param>
/// <param name="Note">For the administrator.</param>
public sealed record Unit(
    string Id,
    string Name,
    UnitKind Kind,
    string? Superior,
    IReadOnlyList<string> Aliases,
    string? Mail,
    string? Note = null);

/// <summary>Which units serve which duty; all are unit ids.</summary>
/// <param name="CountyCentre">Handles disputes at county level.</param>
/// <param name="DutyBox">Takes what nobody else can be found for; always read.</param>
/// <param name="Supervision">The county government's supervising office.</param>
/// <param name="Police">Told at once of danger.</param>
/// <param name="Leaders">Told at once of danger and of disputes of many people.</param>
public sealed record DutyRoles(string CountyCentre, string DutyBox, string Supervision, string Police, string Leaders);
