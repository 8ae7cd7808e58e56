namespace Workflows.Orchestrations.Units;

/// <summary>What is true of the county as a whole.</summary>
/// <param name="Code">6-digit division code.</param>
/// <param name="Name">Chinese.</param>
/// <param name="TimeZone">Id of the time zone data base.</param>
/// <param name="OfficeOpens">Local time.</param>
/// <param name="OfficeCloses">Local time.</param>
/// <param name="Duties">Who does what no division code can tell.</param>
public sealed record CountySettings(
    string Code, string Name, string TimeZone, TimeOnly OfficeOpens, TimeOnly OfficeCloses, DutyRoles Duties);
