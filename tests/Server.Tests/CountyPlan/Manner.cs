using Workflows.Orchestrations.Supervision;

namespace Workflows.Server.Tests.CountyPlan;

/// <summary>How the unit of an assignment behaves.</summary>
internal enum Manner
{
    /// <summary>Signs the next day, reports in time and as expected, claims in time.</summary>
    Good,

    /// <summary>Signs ten days after it should have, reports like a good one, and never finishes.</summary>
    Late,

    /// <summary>Reports twice a year, is at half of what is expected, answers sheets badly, and claims before it is done.</summary>
    Careless,

    /// <summary>Never says a word.</summary>
    Silent,
}

internal static class Manners
{
    /// <summary>A department, a party office, a mass organisation; and a township for its first three tasks.</summary>
    public static Manner Of(Assignment assignment) => assignment switch
    {
        { Unit: "fgj" or "jw" or "fl" } => Manner.Silent,
        { Unit: "350322204", Task: "T01" or "T02" or "T03" } => Manner.Silent,
        { Unit: "yjj" or "350322200" } => Manner.Late,
        { Unit: "sfj" or "350322201" } => Manner.Careless,
        _ => Manner.Good,
    };
}
