using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Workflows.Orchestrations.Durable;
using Workflows.Web.Http;

namespace Workflows.Web.Disputes;

/// <summary>What became of an import.</summary>
/// <param name="Rows">Rows of the file that hold something.</param>
/// <param name="Registered">Rows that are cases now, from this import or an earlier one of the same file.</param>
/// <param name="Refused">Rows that are not.</param>
/// <param name="Items">Each row.</param>
public sealed record ImportReport(int Rows, int Registered, int Refused, IReadOnlyList<ImportedRow> Items);

/// <param name="Row">Its number as a spreadsheet shows it.</param>
/// <param name="Outcome">
/// registered; valid: it would be registered; refused; waiting: durable or too much at once, import the file again.
/// </param>
/// <param name="Id">The case.</param>
/// <param name="Errors">What is wrong with a refused row.</param>
public sealed record ImportedRow(int Row, string Outcome, string? Id, IReadOnlyList<ImportError> Errors);

/// <param name="Field">As the API calls it; <c>row</c> for the row as a whole.</param>
/// <param name="Rule">The rule it breaks, never what stood in it.</param>
public sealed record ImportError(string Field, string Rule);

/// <summary>
/// Registers disputes from a table, row by row and each as any registration is. A row's command id comes from the file
/// and the row's number: the same file again finds what it registered before, and goes on where an import died.
/// </summary>
public sealed class DisputeImport(DisputeDesk desk)
{
    private const string WholeRow = "row";

    /// <param name="file">A .csv or .xlsx file.</param>
    /// <param name="dryRun">Only says what would become of it.</param>
    /// <param name="allOrNothing">Registers nothing when one row is wrong.</param>
    /// <param name="cancellation">Stops between two rows.</param>
    public async Task<Reply> Run(byte[] file, bool dryRun, bool allOrNothing, CancellationToken cancellation)
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
        var fields = Fields(table.Headings, errors);
        if (errors.Any)
        {
            return Reply.Invalid(errors);
        }

        List<ImportedRow> items = [.. table.Rows.Select(row => Check(row, fields))];
        if (!dryRun && !(allOrNothing && items.Any(item => item.Errors.Count > 0)))
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(file));
            for (var index = 0; index < items.Count; index++)
            {
                if (items[index].Errors.Count == 0)
                {
                    items[index] = await Register(table.Rows[index], fields, hash, cancellation);
                }
            }
        }

        return Reply.Ok(new ImportReport(
            items.Count, items.Count(item => item.Outcome == "registered"), items.Count(item => item.Outcome == "refused"), items));
    }

    private static List<string> Fields(IReadOnlyList<string> headings, FieldErrors errors)
    {
        var fields = new List<string>();
        for (var column = 0; column < headings.Count; column++)
        {
            var field = ImportColumns.FieldOf(headings[column]);
            var at = string.Create(CultureInfo.InvariantCulture, $"column {column + 1}");
            if (field is null)
            {
                errors.Add(at, "has a heading that is no field of a registration");
            }
            else if (fields.Contains(field))
            {
                errors.Add(at, $"gives {field} a second time");
            }

            fields.Add(field ?? "");
        }

        return fields;
    }

    private ImportedRow Check((int Number, IReadOnlyList<string> Cells) row, List<string> fields)
    {
        var (request, bad) = Read(row.Cells, fields);
        return (request is null ? bad : desk.Check(request)) is { } refusal
            ? new ImportedRow(row.Number, "refused", null, Errors(refusal))
            : new ImportedRow(row.Number, "valid", null, []);
    }

    private async Task<ImportedRow> Register(
        (int Number, IReadOnlyList<string> Cells) row, List<string> fields, string hash, CancellationToken cancellation)
    {
        var command = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"import {hash} {row.Number}")));
        try
        {
            var reply = await desk.Register(Read(row.Cells, fields).Request!, "i-" + Convert.ToHexStringLower(command)[..32], cancellation);
            return reply.Status switch
            {
                StatusCodes.Status201Created => new ImportedRow(row.Number, "registered", IdOf(reply), []),
                StatusCodes.Status202Accepted => new ImportedRow(row.Number, "waiting", IdOf(reply), []),
                _ => new ImportedRow(row.Number, "refused", null, Errors(reply)),
            };
        }
        catch (FlowsBusyException busy)
        {
            return new ImportedRow(row.Number, "waiting", null, [new ImportError(WholeRow, busy.Message)]);
        }
    }

    private static (RegisterDispute? Request, Reply? Refusal) Read(IReadOnlyList<string> cells, List<string> fields) =>
        RequestBody.Parse<RegisterDispute>(Encoding.UTF8.GetBytes(ImportColumns.Body(fields, cells).ToJsonString()));

    private static string IdOf(Reply reply) => reply.Location![(reply.Location!.LastIndexOf('/') + 1)..];

    private static IReadOnlyList<ImportError> Errors(Reply refusal)
    {
        var problem = JsonDocument.Parse(refusal.Body).RootElement;
        return problem.TryGetProperty("errors", out var errors)
            ? [.. errors.EnumerateObject().SelectMany(field => field.Value.EnumerateArray().Select(rule => new ImportError(field.Name, rule.GetString()!)))]
            : [new ImportError(WholeRow, $"{problem.GetProperty("code").GetString()}: {problem.GetProperty("detail").GetString()}")];
    }
}
