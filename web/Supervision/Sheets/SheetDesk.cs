using Workflows.Activities.Rules;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Supervision.Sheets;
using Workflows.Web.Cases;
using Workflows.Web.Http;

namespace Workflows.Web.Supervision.Sheets;

/// <summary>What can be said to sheets, and to what decides about a unit's sheets, from outside.</summary>
public sealed class SheetDesk(Desk desk, RuleShelf shelf)
{
    public const string Path = "/api/sheets";
    public const string UnitsPath = "/api/sheets/units";

    private readonly SupervisionSheet kind = new();
    private readonly UnitSheets unitKind = new();

    private CaseDesk<Sheet, SheetFact, SupervisionRules> Sheets => new(kind, desk, Path);

    private CaseDesk<UnitMatters, UnitSheetsFact, SupervisionRules> Units => new(unitKind, desk, UnitsPath);

    public Task<CaseRecord<Sheet>?> Find(string id, CancellationToken cancellation) => Sheets.Get(id, cancellation);

    public SupervisionRules RulesOf(Sheet sheet) => Sheets.RulesOf(sheet);

    public async Task<Reply> Get(string id, CancellationToken cancellation) =>
        await Sheets.Get(id, cancellation) is { } record ? Reply.Ok(View(record)) : Reply.NotFound($"There is no sheet {id}.");

    public async Task<Reply> GetUnit(string unit, CancellationToken cancellation) =>
        await Units.Get(unit, cancellation) is { } record ? Reply.Ok(View(record)) : Reply.NotFound($"{unit} has never missed anything under rules with sheets.");

    /// <summary>Says a fact to a sheet.</summary>
    public Task<Reply> Say(string id, string commandId, string by, SheetFact fact, string? text, CancellationToken cancellation) =>
        Sheets.Say(id, commandId, by, fact, text, record => Task.FromResult(View(record)), cancellation);

    /// <summary>Says a fact to what decides about a unit's sheets; it begins with the first one.</summary>
    /// <param name="assigned">The unit that has the assignment; a village's township answers for it.</param>
    /// <param name="commandId">Once per id.</param>
    /// <param name="by">Who says it.</param>
    /// <param name="fact">What.</param>
    /// <param name="text">The reason.</param>
    /// <param name="cancellation">The caller has gone.</param>
    public async Task<Reply> SayUnit(
        string assigned, string commandId, string by, UnitSheetsFact fact, string text, CancellationToken cancellation)
    {
        var rules = shelf.Current.Supervision;
        var unit = rules.Units.ResponsibleFor(rules.Units.Find(assigned)!).Id;
        if (await Units.Get(unit, cancellation) is null)
        {
            // Refused before anything begins: a refusal leaves nothing behind.
            var fresh = new UnitMatters(unit, rules.Version, desk.Time.GetUtcNow(), Opened: true);
            if (unitKind.Decide(fresh, fact, new Occasion(desk.Time.GetUtcNow(), by, "api", commandId), rules) is Step<UnitMatters, UnitSheetsFact>.Refused refused)
            {
                return Reply.Refused(refused.Code, refused.Reason);
            }

            await Units.Open(unit, fresh with { Opened = false }, record => Task.FromResult(View(record)), cancellation);
        }

        return await Units.Say(unit, commandId, by, fact, text, record => Task.FromResult(View(record)), cancellation);
    }

    private SheetView View(CaseRecord<Sheet> record) => SheetView.Of(record, Sheets.RulesOf(record.State));

    private UnitSheetsView View(CaseRecord<UnitMatters> record) => UnitSheetsView.Of(record, Units.RulesOf(record.State));
}
