using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Workflows.Orchestrations.Durable;
using Workflows.Web.Http;

namespace Workflows.Web.Tables;

/// <summary>A row of a table that is imported.</summary>
/// <param name="Number">As a spreadsheet shows it.</param>
/// <param name="Fields">Of the columns.</param>
/// <param name="Cells">One for each field.</param>
internal sealed record TableRow(int Number, IReadOnlyList<string> Fields, IReadOnlyList<string> Cells);

/// <summary>What rows of one kind of table are, and how one is kept.</summary>
internal interface ITableRows
{
    /// <summary>What one row gives, for the message about other headings.</summary>
    string Thing { get; }

    /// <summary>The field of a heading; null when there is none such.</summary>
    string? FieldOf(string heading);

    /// <summary>What is wrong with the row; null when it can be kept. Changes nothing.</summary>
    Task<Reply?> Check(TableRow row, CancellationToken cancellation);

    /// <param name="row">A row that was checked.</param>
    /// <param name="commandId">The same for a row that says the same.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<ImportedRow> Keep(TableRow row, string commandId, CancellationToken cancellation);
}

/// <summary>
/// Keeps the rows of a table one by one, each wholly or not at all. A row's command id comes from what stands in it, and
/// from how many rows before it say the same: the same file again finds what it kept before, and goes on where an import
/// died; a corrected file keeps what was wrong before and doubles nothing.
/// </summary>
internal static class TableImport
{
    /// <param name="rows">What the rows are.</param>
    /// <param name="file">A .csv or .xlsx file.</param>
    /// <param name="dryRun">Only says what would become of it.</param>
    /// <param name="allOrNothing">Keeps nothing when one row is wrong.</param>
    /// <param name="cancellation">Stops between two rows.</param>
    public static async Task<Reply> Run(ITableRows rows, byte[] file, bool dryRun, bool allOrNothing, CancellationToken cancellation)
    {
        ImportTable table;
        try
        {
            table = ImportTable.Read(file);
        }
        catch (InvalidDataException wrong)
        {
            return Reply.Invalid("file", wrong.Message);
        }

        var errors = new FieldErrors();
        var fields = Fields(rows, table.Headings, errors);
        if (errors.Any)
        {
            return Reply.Invalid(errors);
        }

        List<TableRow> read = [.. table.Rows.Select(row => new TableRow(row.Number, fields, row.Cells))];
        List<ImportedRow> items = [];
        foreach (var row in read)
        {
            items.Add(await rows.Check(row, cancellation) is { } refusal ? ImportedRow.Refused(row.Number, refusal) : new ImportedRow(row.Number, "valid", null, []));
        }

        if (!dryRun && !(allOrNothing && items.Any(item => item.Errors.Count > 0)))
        {
            var times = new Dictionary<string, int>();
            for (var index = 0; index < items.Count; index++)
            {
                var said = Said(read[index]);
                times[said] = times.GetValueOrDefault(said) + 1;
                if (items[index].Errors.Count == 0)
                {
                    items[index] = await Keep(rows, read[index], $"{said} {times[said].ToString(CultureInfo.InvariantCulture)}", cancellation);
                }
            }
        }

        return Reply.Ok(new ImportReport(
            items.Count, items.Count(item => item.Outcome is "registered" or "changed"), items.Count(item => item.Outcome == "refused"), items));
    }

    /// <summary>What stands in a row, wherever its columns are and whatever is empty.</summary>
    private static string Said(TableRow row) => JsonSerializer.Serialize(row.Fields.Zip(row.Cells, (field, cell) => new[] { field, cell.Trim() })
        .Where(cell => cell[1].Length > 0).OrderBy(cell => cell[0], StringComparer.Ordinal));

    private static async Task<ImportedRow> Keep(ITableRows rows, TableRow row, string said, CancellationToken cancellation)
    {
        var command = SHA256.HashData(Encoding.UTF8.GetBytes($"import row {said}"));
        try
        {
            return await rows.Keep(row, "i-" + Convert.ToHexStringLower(command)[..32], cancellation);
        }
        catch (FlowsBusyException busy)
        {
            return new ImportedRow(row.Number, "waiting", null, [new ImportError(ImportedRow.WholeRow, busy.Message)]);
        }
    }

    private static List<string> Fields(ITableRows rows, IReadOnlyList<string> headings, FieldErrors errors)
    {
        var fields = new List<string>();
        for (var column = 0; column < headings.Count; column++)
        {
            var field = rows.FieldOf(headings[column]);
            var at = string.Create(CultureInfo.InvariantCulture, $"column {column + 1}");
            if (field is null)
            {
                errors.Add(at, $"has a heading that is no field of {rows.Thing}");
            }
            else if (fields.Contains(field))
            {
                errors.Add(at, $"gives {field} a second time");
            }

            fields.Add(field ?? "");
        }

        return fields;
    }
}
