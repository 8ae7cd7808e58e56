using System.Text;
using Microsoft.AspNetCore.Http;
using Workflows.Activities.Rules;
using Workflows.Web.Http;
using Workflows.Web.Tables;

namespace Workflows.Web.Disputes;

/// <summary>Rows of a table that are disputes: each is registered as any registration is.</summary>
internal sealed class DisputeImport(DisputeDesk desk, RuleShelf shelf) : ITableRows
{
    private ImportWords? known;

    public string Thing => "a registration";

    public string? FieldOf(string heading) => ImportColumns.FieldOf(heading);

    public Task<Reply?> Check(TableRow row, CancellationToken cancellation)
    {
        var (request, bad) = Read(row);
        return Task.FromResult(request is null ? bad : desk.Check(request));
    }

    public async Task<ImportedRow> Keep(TableRow row, string commandId, CancellationToken cancellation)
    {
        var reply = await desk.Register(Read(row).Request!, commandId, cancellation);
        return reply.Status switch
        {
            StatusCodes.Status201Created => new ImportedRow(row.Number, "registered", IdOf(reply), []),
            StatusCodes.Status202Accepted => new ImportedRow(row.Number, "waiting", IdOf(reply), []),
            _ => ImportedRow.Refused(row.Number, reply),
        };
    }

    private (RegisterDispute? Request, Reply? Refusal) Read(TableRow row) =>
        RequestBody.Parse<RegisterDispute>(Encoding.UTF8.GetBytes(ImportColumns.Body(row.Fields, row.Cells, Words()).ToJsonString()));

    /// <summary>Those of the rules as they are now; made anew only when they have changed.</summary>
    private ImportWords Words()
    {
        var (rules, words) = (shelf.Current, known);
        return words?.Rules == rules ? words : known = new ImportWords(rules);
    }

    private static string IdOf(Reply reply) => reply.Location![(reply.Location!.LastIndexOf('/') + 1)..];
}
