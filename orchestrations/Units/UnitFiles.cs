using System.Text.Json;

namespace Workflows.Orchestrations.Units;

/// <summary>county.json.</summary>
internal sealed record CountyFile(
    string Code,
    string Name,
    string TimeZone,
    string OfficeOpens,
    string OfficeCloses,
    DutyRoles Duties,
    bool OperatorDefault = false,
    string? Source = null,
    string? Note = null);

/// <summary>units.json. Entries are kept raw so that each bad one is reported.</summary>
internal sealed record UnitsFile(
    string Source,
    IReadOnlyList<OperatorChoice> OperatorDefaults,
    IReadOnlyList<JsonElement> Units,
    IReadOnlyList<JsonElement> Offices,
    string? Note = null);

/// <summary>A choice of ours that an installation may change, and what it covers.</summary>
internal sealed record OperatorChoice(string Of, string Note, bool OperatorDefault);

internal sealed record UnitEntry(
    string Id,
    string Name,
    UnitKind Kind,
    string? Superior = null,
    IReadOnlyList<string>? Aliases = null,
    string? Mail = null,
    string? Note = null);

/// <summary>divisions.json: the townships with their villages and communities.</summary>
internal sealed record DivisionsFile(
    string Code,
    string Name,
    string Source,
    IReadOnlyList<OperatorChoice> OperatorDefaults,
    IReadOnlyList<JsonElement> Townships,
    string? Note = null);

/// <param name="Code">9 digits.</param>
/// <param name="Name">The place, such as 枫亭镇.</param>
/// <param name="Body">Its government or office, to which letters go.</param>
/// <param name="Children">Its villages and communities.</param>
/// <param name="Mail">Null when unknown.</param>
/// <param name="Note">For the administrator.</param>
internal sealed record TownshipEntry(
    string Code,
    string Name,
    string Body,
    IReadOnlyList<JsonElement> Children,
    string? Mail = null,
    string? Note = null);

internal sealed record CommitteeEntry(
    string Code, string Name, UnitKind Kind, string? Mail = null, string? Note = null);
