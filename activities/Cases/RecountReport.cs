namespace Workflows.Activities.Cases;

/// <summary>What a recount found.</summary>
/// <param name="Cases">How many were looked at.</param>
/// <param name="Differences">What was wrong, a line each.</param>
public sealed record RecountReport(int Cases, IReadOnlyList<string> Differences);
