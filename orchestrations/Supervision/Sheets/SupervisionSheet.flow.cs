using System.Globalization;
using System.Text.Json;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision.Sheets;

/// <summary>One flow per sheet, from its issue until it is closed, made good or followed by the next colour.</summary>
public sealed class SupervisionSheet : CaseKind<Sheet, SheetFact, SupervisionRules>
{
    public const string FlowName = nameof(SupervisionSheet);

    public override string Name => FlowName;

    public override SheetFact DateReached { get; } = new SheetFact.DateReached();

    public override Step<Sheet, SheetFact> Decide(Sheet state, SheetFact fact, Occasion occasion, SupervisionRules rules) =>
        SheetDecider.Decide(state, fact, occasion, rules);

    public override (SheetFact Fact, Occasion Occasion) Opening(Sheet state) =>
        (new SheetFact.Opened(), new Occasion(state.IssuedAt, Occasion.Clock, "sheets", "opened"));

    public override DateTimeOffset? Next(Sheet state) => state.Next;

    public override bool Ended(Sheet state) => state.Ended;

    public override string RulesVersion(Sheet state) => state.Rules;

    public override string RulesVersion(Sheet state, SheetFact fact) =>
        fact is SheetFact.RulesChanged changed ? changed.Version : state.Rules;

    public override CaseCard Card(Sheet state, SupervisionRules rules)
    {
        var status = JsonNamingPolicy.CamelCase.ConvertName(state.Status.ToString());
        var due = state.Clocks.Min(entry => (DateTimeOffset?)entry.Clock.Deadline.At);
        var light = state.Clocks.Any(entry => entry.Clock.IsOverdue) ? "red"
            : state.Clocks.Any(entry => entry.Clock.RemindersSaid > 0) ? "yellow"
            : "green";
        var month = rules.Calendar.LocalDate(state.IssuedAt);
        var summary = new SheetSummary(
            state.Id, status, state.Number, state.Color, state.Unit, state.Issuer, state.IssuedAt, due, light, [.. state.Parts.Select(part => part.Key)], state.Returns, state.EndedAt);
        return new CaseCard(
            status,
            state.IssuedAt,
            due,
            light,
            [
                "sheets",
                $"sheets.status.{status}",
                $"sheets.unit.{state.Unit}",
                $"sheets.color.{state.Color}",
                string.Create(CultureInfo.InvariantCulture, $"sheets.issued.{month:yyyy-MM}"),
                .. state.Parts.Select(part => $"sheets.matter.{part.Key}"),
                .. state.Ended ? [] : (string[])["sheets.open"],
            ],
            JsonSerializer.SerializeToElement(summary, Wire.Options));
    }
}

/// <summary>A row in a list of sheets.</summary>
/// <param name="Id">unit.sN.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Number">As printed.</param>
/// <param name="Color">Of the ladder, or the letter.</param>
/// <param name="Unit">To whom.</param>
/// <param name="Issuer">By whom.</param>
/// <param name="IssuedAt">UTC.</param>
/// <param name="Due">The end of the nearest term, UTC.</param>
/// <param name="Light">green, yellow or red.</param>
/// <param name="Matters">plan.task each.</param>
/// <param name="Returns">How often an answer was returned.</param>
/// <param name="EndedAt">UTC.</param>
public sealed record SheetSummary(
    string Id,
    string Status,
    string Number,
    string Color,
    string Unit,
    string Issuer,
    DateTimeOffset IssuedAt,
    DateTimeOffset? Due,
    string Light,
    IReadOnlyList<string> Matters,
    int Returns = 0,
    DateTimeOffset? EndedAt = null);
