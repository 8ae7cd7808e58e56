using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Supervision.Sheets;
using Workflows.Web.Cases;

namespace Workflows.Web.Supervision.Sheets;

/// <summary>A sheet as the API shows it.</summary>
/// <param name="Id">unit.sN.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Number">As printed.</param>
/// <param name="Color">Of the ladder, or the letter.</param>
/// <param name="Form">sheet or letter.</param>
/// <param name="Unit">To whom.</param>
/// <param name="Issuer">By whom.</param>
/// <param name="IssuedAt">UTC.</param>
/// <param name="Matters">What it is about, as it stood when it went out.</param>
/// <param name="Clocks">The terms that run now, each with why it ends when it does.</param>
/// <param name="Answers">When it was answered, UTC, oldest first.</param>
/// <param name="Returns">How often an answer was returned.</param>
/// <param name="EndedAt">UTC.</param>
/// <param name="Paper">Where the document is; the same with .html.</param>
/// <param name="Rules">The rule set it lives under.</param>
/// <param name="Version">Counts its steps.</param>
public sealed record SheetView(
    string Id,
    SheetStatus Status,
    string Number,
    string Color,
    SheetForm Form,
    UnitView Unit,
    UnitView Issuer,
    DateTimeOffset IssuedAt,
    IReadOnlyList<SheetMatterView> Matters,
    IReadOnlyList<ClockView> Clocks,
    IReadOnlyList<DateTimeOffset> Answers,
    int Returns,
    DateTimeOffset? EndedAt,
    string Paper,
    string Rules,
    int Version)
{
    public static SheetView Of(CaseRecord<Sheet> record, SupervisionRules rules)
    {
        var sheet = record.State;
        return new SheetView(
            sheet.Id,
            sheet.Status,
            sheet.Number,
            sheet.Color,
            sheet.Form,
            UnitView.Of(sheet.Unit, rules.Units),
            UnitView.Of(sheet.Issuer, rules.Units),
            sheet.IssuedAt,
            [.. sheet.Parts.Select(part => new SheetMatterView(part.Key, part.Items, part.Earlier ?? [], part.MendedAt))],
            ClockView.Of([.. sheet.Clocks.Select(entry => (entry.Name, (Orchestrations.Calendar.Clock?)entry.Clock))]),
            [.. (sheet.Answers ?? []).Select(answer => answer.At)],
            sheet.Returns,
            sheet.EndedAt,
            $"/sheets/{sheet.Id}/sheet.docx",
            sheet.Rules,
            record.Version);
    }
}

/// <summary>A matter on a sheet.</summary>
/// <param name="Matter">plan.task.</param>
/// <param name="Items">What its assignments missed.</param>
/// <param name="Earlier">Sheets it was on before, and what came of them.</param>
/// <param name="MendedAt">UTC.</param>
public sealed record SheetMatterView(
    string Matter, IReadOnlyList<MissedItem> Items, IReadOnlyList<PastSheet> Earlier, DateTimeOffset? MendedAt);

/// <summary>A unit as the supervising office sees it.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Matters">What is missed or under an open sheet.</param>
/// <param name="Past">Sheets that released a matter, oldest first.</param>
/// <param name="Important">Matters that begin at a graver colour.</param>
/// <param name="Sheets">How many it has had.</param>
/// <param name="Next">When the next sheet may go out, UTC.</param>
/// <param name="FreeAt">Until when the cap holds the next sheet back, UTC.</param>
/// <param name="NoIssuerSince">UTC; nobody has the authority to issue to it.</param>
/// <param name="Version">Counts the steps.</param>
public sealed record UnitSheetsView(
    UnitView Unit,
    IReadOnlyList<SheetMatter> Matters,
    IReadOnlyList<PastSheet> Past,
    IReadOnlyList<ImportantMatter> Important,
    int Sheets,
    DateTimeOffset? Next,
    DateTimeOffset? FreeAt,
    DateTimeOffset? NoIssuerSince,
    int Version)
{
    public static UnitSheetsView Of(CaseRecord<UnitMatters> record, SupervisionRules rules) => new(
        UnitView.Of(record.State.Unit, rules.Units),
        record.State.Matters ?? [],
        record.State.Past ?? [],
        record.State.Important ?? [],
        record.State.Sheets,
        record.State.Next,
        record.State.FreeAt,
        record.State.NoIssuerSince,
        record.Version);
}
