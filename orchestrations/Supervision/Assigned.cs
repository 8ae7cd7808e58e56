using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision;

/// <summary>
/// Who may say what to an assignment, and what may be named; each answers with the refusal, or null when it may.
/// </summary>
internal static class Assigned
{
    public static Step<Assignment, AssignmentFact>? NotTheUnit(AssignmentDraft draft) =>
        draft.Occasion.By == draft.State.Unit
            ? null
            : draft.Refuse("not-the-unit", $"Only {draft.State.Unit} answers for this assignment, not {draft.Occasion.By}.");

    public static Step<Assignment, AssignmentFact>? NotTheSupervision(AssignmentDraft draft, string what)
    {
        var supervision = draft.Rules.Units.Duties.Supervision;
        return draft.Occasion.By == supervision
            ? null
            : draft.Refuse("not-the-supervision", $"Only {supervision} {what}, not {draft.Occasion.By}.");
    }

    public static Step<Assignment, AssignmentFact>? UnknownFigure(AssignmentDraft draft, IReadOnlyList<Figure>? figures)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var figure in figures ?? [])
        {
            if (draft.State.Indicators?.Any(indicator => indicator.Id == figure.Indicator) != true)
            {
                return draft.Refuse("unknown-indicator", $"The assignment reports no indicator {figure.Indicator}.");
            }

            if (!seen.Add(figure.Indicator))
            {
                return draft.Refuse("indicator-twice", $"{figure.Indicator} is reported twice.");
            }

            if (figure.On > draft.Today)
            {
                return draft.Refuse("figure-ahead", $"The value of {figure.Indicator} is of a day that has not come.");
            }
        }

        return null;
    }

    public static Step<Assignment, AssignmentFact>? UnknownFile(AssignmentDraft draft, IReadOnlyList<string>? files) =>
        files?.FirstOrDefault(file => draft.State.Files?.Any(known => known.File == file) != true) is { } unknown
            ? draft.Refuse("unknown-file", $"The assignment has no file {unknown}; add it first.")
            : null;

    /// <summary>Each indicator's latest value; one of an earlier day does not replace it.</summary>
    public static IReadOnlyList<Figure>? Latest(IReadOnlyList<Figure>? known, IReadOnlyList<Figure>? reported)
    {
        if (reported is not { Count: > 0 })
        {
            return known;
        }

        var latest = (known ?? []).ToList();
        foreach (var figure in reported)
        {
            var index = latest.FindIndex(value => value.Indicator == figure.Indicator);
            if (index < 0)
            {
                latest.Add(figure);
            }
            else if (latest[index].On <= figure.On)
            {
                latest[index] = figure;
            }
        }

        return latest;
    }
}
