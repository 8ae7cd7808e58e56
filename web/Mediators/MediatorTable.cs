using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Workflows.Activities.Mediators;
using Workflows.Activities.Rules;
using Workflows.Web.Http;
using Workflows.Web.Tables;

namespace Workflows.Web.Mediators;

/// <summary>
/// Rosters as a table, in and out, for a unit and all below it. A row without an id that names somebody who is on the
/// roster since the same day is that person, so that a corrected file doubles nobody.
/// </summary>
/// <param name="by">The unit that acts.</param>
/// <param name="desk">Keeps what a row says.</param>
/// <param name="roster">Who is known.</param>
/// <param name="rules">Units and categories.</param>
internal sealed class MediatorTable(string by, MediatorDesk desk, MediatorRoster roster, RuleSet rules) : ITableRows
{
    private readonly Dictionary<string, List<(Mediator Mediator, string? Name)>> unmatched = new(StringComparer.Ordinal);

    public string Thing => "a mediator";

    public string? FieldOf(string heading) => MediatorColumns.FieldOf(heading);

    /// <summary>The rosters of a unit and those below it, names in full.</summary>
    public ExportTable Export(string unit, CancellationToken cancellation) => new("调解员名册", MediatorColumns.Headings, Rows(unit, cancellation));

    public async Task<Reply?> Check(TableRow row, CancellationToken cancellation)
    {
        var cells = MediatorColumns.Read(row);
        var check = new RequestCheck(rules.Units);
        if (cells.Id is { } id)
        {
            var known = await roster.Find(id, cancellation);
            if (known is null)
            {
                return Reply.NotFound($"There is no mediator {id}.");
            }

            Change(known, cells, check);
            return check.Errors.Any ? Reply.Invalid(check.Errors) : desk.NotYours(by, known.Unit);
        }

        var (added, _) = Read(cells, check);
        return check.Errors.Any ? Reply.Invalid(check.Errors) : desk.NotYours(by, added.Unit);
    }

    public async Task<ImportedRow> Keep(TableRow row, string commandId, CancellationToken cancellation)
    {
        var cells = MediatorColumns.Read(row);
        var check = new RequestCheck(rules.Units);
        var known = cells.Id is { } id ? await roster.Find(id, cancellation) : null;
        if (known is null)
        {
            var (added, name) = Read(cells, check);
            known = await Match(added, name, cancellation);
            if (known is null)
            {
                var created = await desk.Add(by, added, name, commandId, cancellation);
                return created.Status == 201
                    ? new ImportedRow(row.Number, "registered", JsonDocument.Parse(created.Body).RootElement.GetProperty("id").GetString(), [])
                    : ImportedRow.Refused(row.Number, created);
            }
        }

        var changed = await desk.Change(known.Id, by, before => Change(before, cells, check), cells.Name, cancellation);
        return changed.Status == 200 ? new ImportedRow(row.Number, "changed", known.Id, []) : ImportedRow.Refused(row.Number, changed);
    }

    private (Mediator Mediator, string Name) Read(MediatorCells cells, RequestCheck check)
    {
        var unit = check.Unit("unit", cells.Unit);
        var (added, name) = MediatorForm.New(unit, cells.Name, cells.Time, cells.Fields, cells.Since, cells.Qualified, rules, check.Errors);
        return (added with { Until = Until(cells, added.Since, check) }, name);
    }

    private Mediator Change(Mediator known, MediatorCells cells, RequestCheck check)
    {
        if (cells.Unit is { } unit && unit != known.Unit)
        {
            check.Errors.Add("unit", $"is not that of {known.Id}; a person of another unit is another row without an id");
        }

        if (cells.Since is { } since && check.Errors.Date("since", since) != known.Since)
        {
            check.Errors.Add("since", $"is not that of {known.Id}; the first day stays");
        }

        if (cells.Qualified == false)
        {
            check.Errors.Add("qualified", "must be true: who may not mediate gets a last day");
        }

        check.Errors.OptionalName("name", cells.Name, MediatorForm.NameCharactersMax);
        return known with
        {
            Time = check.Errors.OptionalOneOf<MediatorTime>("time", cells.Time) ?? known.Time,
            Fields = MediatorForm.Fields(cells.Fields, rules, check.Errors) ?? known.Fields,
            Until = Until(cells, known.Since, check) ?? known.Until,
        };
    }

    private static DateOnly? Until(MediatorCells cells, DateOnly since, RequestCheck check)
    {
        var until = check.Errors.OptionalDate("until", cells.Until);
        if (until < since)
        {
            check.Errors.Add("until", MediatorForm.NotBefore(since));
        }

        return until;
    }

    /// <summary>Somebody of the same name who came on the same day and is no other row's yet.</summary>
    private async Task<Mediator?> Match(Mediator added, string name, CancellationToken cancellation)
    {
        if (!unmatched.TryGetValue(added.Unit, out var there))
        {
            there = [];
            foreach (var mediator in await roster.Of(added.Unit, cancellation))
            {
                there.Add((mediator, await roster.Name(mediator.Id, cancellation)));
            }

            unmatched[added.Unit] = there;
        }

        var found = there.FindIndex(known => known.Name == name && known.Mediator.Since == added.Since);
        if (found < 0)
        {
            return null;
        }

        var match = there[found].Mediator;
        there.RemoveAt(found);
        return match;
    }

    private async IAsyncEnumerable<string[]> Rows(string unit, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var below in rules.Units.All.Where(below => MediatorDesk.IsUnitOrAbove(unit, below.Id, rules.Units)))
        {
            foreach (var known in await roster.Of(below.Id, cancellation))
            {
                yield return
                [
                    known.Id,
                    known.Unit,
                    await roster.Name(known.Id, cancellation) ?? "",
                    MediatorColumns.TimeZh(JsonNamingPolicy.CamelCase.ConvertName(known.Time.ToString())),
                    string.Join('、', known.Fields),
                    known.Since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    known.Until?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
                    "是",
                ];
            }
        }
    }
}
