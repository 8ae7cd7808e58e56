using System.Text.Json;
using Workflows.Activities.Cases;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Supervision.Scores;
using Workflows.Orchestrations.Supervision.Sheets;

namespace Workflows.Activities.Supervision.Scores;

/// <summary>How assignments and sheets lie in the trails that scores are counted from: by unit, so that a unit's are one range.</summary>
public static class ScoreTrails
{
    public const string Partition = "scores";

    /// <summary>What is kept of their journals.</summary>
    /// <param name="localDate">The county's date at an instant.</param>
    public static CaseTrailing Trailing(Func<DateTimeOffset, DateOnly> localDate) => (kind, record, journal) =>
    {
        if (kind is not (TaskSupervision.FlowName or SupervisionSheet.FlowName))
        {
            return null;
        }

        var state = record.GetProperty("state").Deserialize<ScoredState>(Wire.Options)!;
        var facts = new ScoredFacts(state.Id, state.Unit, state.Title ?? state.Number!, kind == SupervisionSheet.FlowName ? state.Color : null);
        return new TrailRow(
            Partition,
            RowOf(state.Unit, state.Id),
            JsonSerializer.Serialize(facts, Wire.Options),
            ScoreTrail.EventsOf(journal, localDate).ToDictionary(happened => happened.Number, happened => happened.Line));
    };

    public static ScoreTrail Of(TrailRow row)
    {
        var facts = JsonSerializer.Deserialize<ScoredFacts>(row.Facts, Wire.Options)!;
        return new ScoreTrail(
            facts.Case, facts.Unit, facts.Title, facts.Color, [.. row.Lines.OrderBy(line => line.Key).Select(line => ScoreEvent.Read(line.Key, line.Value))]);
    }

    private static string RowOf(string unit, string id) => $"{unit}.{id}";

    /// <summary>What is read of a saved state; an assignment has a title, a sheet a number and a colour.</summary>
    private sealed record ScoredState(string Id, string Unit, string? Title = null, string? Number = null, string? Color = null);

    private sealed record ScoredFacts(string Case, string Unit, string Title, string? Color = null);
}
