using System.Text.Json;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision.Sheets;

/// <summary>One flow per unit that is supervised; it never ends, since the unit may miss something any day.</summary>
public sealed class UnitSheets : CaseKind<UnitMatters, UnitSheetsFact, SupervisionRules>
{
    public const string FlowName = nameof(UnitSheets);

    public override string Name => FlowName;

    public override UnitSheetsFact DateReached { get; } = new UnitSheetsFact.DateReached();

    public override Step<UnitMatters, UnitSheetsFact> Decide(
        UnitMatters state, UnitSheetsFact fact, Occasion occasion, SupervisionRules rules) =>
        UnitSheetsDecider.Decide(state, fact, occasion, rules);

    public override (UnitSheetsFact Fact, Occasion Occasion) Opening(UnitMatters state) =>
        (new UnitSheetsFact.Opened(), new Occasion(state.OpenedAt, Occasion.Clock, "sheets", "opened"));

    public override DateTimeOffset? Next(UnitMatters state) => state.Next;

    public override bool Ended(UnitMatters state) => false;

    public override string RulesVersion(UnitMatters state) => state.Rules;

    public override string RulesVersion(UnitMatters state, UnitSheetsFact fact) =>
        fact is UnitSheetsFact.RulesChanged changed ? changed.Version : state.Rules;

    public override UnitSheetsFact Failed(string key, string reason) => new UnitSheetsFact.NumberFailed(reason);

    /// <summary>A sheet that has ended lets its matters go by itself; one that is not there never will.</summary>
    public override UnitSheetsFact? NotTold(TellFlow tell, SendOutcome outcome) =>
        outcome == SendOutcome.NotFound && tell.Command.Deserialize<CaseCommand<SheetFact>>(Wire.Options)?.Fact is SheetFact.MatterMended mended
            ? new UnitSheetsFact.SheetReleased(tell.Id[(SupervisionSheet.FlowName.Length + 1)..], [mended.Key], SheetResult.Lost, "", "", default)
            : null;

    public override CaseCard Card(UnitMatters state, SupervisionRules rules)
    {
        var (waiting, open) = (state.Waiting.Count(), (state.Matters ?? []).Where(matter => matter.Sheet is not null).Select(matter => matter.Sheet!).Distinct().Count());
        var (status, light) = state.NoIssuerSince is not null ? ("noIssuer", "red")
            : waiting > 0 ? ("waiting", "yellow")
            : open > 0 ? ("open", "yellow")
            : ("quiet", "green");
        var summary = new UnitSheetsSummary(state.Unit, status, waiting, open, state.Sheets, state.Next, state.NoIssuerSince);
        return new CaseCard(
            status,
            state.OpenedAt,
            state.Next,
            light,
            ["unit-sheets", .. status == "quiet" ? [] : (string[])[$"unit-sheets.{status}"], .. state.NoIssuerSince is null ? [] : (string[])["sheets.stuck.no-issuer"]],
            JsonSerializer.SerializeToElement(summary, Wire.Options));
    }
}

/// <summary>A row in the list of supervised units.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Status">quiet, waiting, open, or noIssuer.</param>
/// <param name="Waiting">Matters that wait for a sheet.</param>
/// <param name="Open">Open sheets.</param>
/// <param name="Sheets">Sheets so far.</param>
/// <param name="Next">When the next sheet may go out, UTC.</param>
/// <param name="NoIssuerSince">UTC; nobody may issue to it.</param>
public sealed record UnitSheetsSummary(
    string Unit, string Status, int Waiting, int Open, int Sheets, DateTimeOffset? Next = null, DateTimeOffset? NoIssuerSince = null);
