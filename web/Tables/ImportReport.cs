using System.Text.Json;
using Workflows.Web.Http;

namespace Workflows.Web.Tables;

/// <summary>What became of an import.</summary>
/// <param name="Rows">Rows of the file that hold something.</param>
/// <param name="Registered">Rows that are kept now, from this import or an earlier one of the same file.</param>
/// <param name="Refused">Rows that are not.</param>
/// <param name="Items">Each row.</param>
public sealed record ImportReport(int Rows, int Registered, int Refused, IReadOnlyList<ImportedRow> Items);

/// <param name="Row">Its number as a spreadsheet shows it.</param>
/// <param name="Outcome">
/// registered; changed: what the row is about was known and is now as the row says; valid: it would be registered or
/// changed; refused; waiting: durable or too much at once, import the file again.
/// </param>
/// <param name="Id">The case or the person.</param>
/// <param name="Errors">What is wrong with a refused row.</param>
public sealed record ImportedRow(int Row, string Outcome, string? Id, IReadOnlyList<ImportError> Errors)
{
    /// <summary>The field of what is wrong with the row as a whole.</summary>
    public const string WholeRow = "row";

    /// <summary>The row with what an answer of the API says is wrong with it.</summary>
    public static ImportedRow Refused(int row, Reply refusal)
    {
        var problem = JsonDocument.Parse(refusal.Body).RootElement;
        return new ImportedRow(row, "refused", null, problem.TryGetProperty("errors", out var errors)
            ? [.. errors.EnumerateObject().SelectMany(field => field.Value.EnumerateArray().Select(rule => new ImportError(field.Name, rule.GetString()!)))]
            : [new ImportError(WholeRow, $"{problem.GetProperty("code").GetString()}: {problem.GetProperty("detail").GetString()}")]);
    }
}

/// <param name="Field">As the API calls it; <c>row</c> for the row as a whole.</param>
/// <param name="Rule">The rule it breaks, never what stood in it.</param>
public sealed record ImportError(string Field, string Rule);
