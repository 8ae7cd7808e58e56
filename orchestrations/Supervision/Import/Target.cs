namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>A target with a number, before it gets its place in the plan.</summary>
internal sealed record Target(
    string Name,
    string Comparator,
    decimal Value,
    decimal? ValueTo,
    string Unit,
    DateOnly? Due,
    string? DueDoubt,
    string Cadence,
    string Scope,
    bool IsHoped,
    Source Source);

/// <summary>What one stretch of text promises.</summary>
internal sealed record Targets(List<Target> Numbers, List<Source> Aims, List<DraftGap> Gaps);
