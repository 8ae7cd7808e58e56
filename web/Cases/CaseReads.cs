using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Workflows.Activities.Cases;
using Workflows.Orchestrations.Durable;
using Workflows.Web.Http;

namespace Workflows.Web.Cases;

/// <summary>Lists and journals, the same for every kind of case.</summary>
internal static class CaseReads
{
    private const int IdCharactersMax = 200;

    /// <summary>A page of a list of cases.</summary>
    /// <param name="http">The request.</param>
    /// <param name="cases">Where they lie.</param>
    /// <param name="kind">What all lists of this kind of case begin with, such as <c>disputes</c>.</param>
    /// <param name="filters">The filters that the list takes.</param>
    /// <param name="shown">What is added to a row when it is shown.</param>
    public static async Task<Reply> List<TSummary>(
        HttpContext http, CaseStore cases, string kind, IReadOnlyList<ListFilter> filters, Func<TSummary, TSummary>? shown = null)
    {
        var (query, refusal) = ListQuery.Read(http.Request, filters);
        if (query is null)
        {
            return refusal!;
        }

        var list = query.Filter is null ? kind
            : query.Filter == ListFilter.Open.Name ? $"{kind}.{query.Filter}"
            : $"{kind}.{query.Filter}.{query.Value}";
        if (!CanBeId(list))
        {
            return Reply.Invalid(query.Filter!, "has no such value");
        }

        if (!ListCursor.TryTake(list, query.After, out var after))
        {
            return Reply.Invalid("after", "is not a cursor that this list gave");
        }

        var page = await cases.List(list, query.Size, after, http.RequestAborted);
        return Reply.Ok(new Page<TSummary>(
            [.. page.Rows.Select(row => row.Card.Summary.Deserialize<TSummary>(Wire.Options)!).Select(row => shown is null ? row : shown(row))],
            ListCursor.Give(list, page.Next)));
    }

    /// <summary>The case; null when there is none of this kind, or when no case can have such an id.</summary>
    public static async Task<CaseRecord<TState>?> Find<TState>(
        this CaseStore cases, string kind, string id, CancellationToken cancellation) =>
        CanBeId(id) ? await cases.Get<TState>(kind, id, cancellation) : null;

    /// <summary>The journal of a case of one kind.</summary>
    public static Func<string, HttpContext, CaseStore, Task<Reply>> Journal<TState>(string kind) => async (id, http, cases) =>
        await cases.Find<TState>(kind, id, http.RequestAborted) is null
            ? Reply.NotFound($"There is no case {id}.")
            : Reply.Ok(JournalView.Of(await cases.Journal(id, http.RequestAborted)));

    /// <summary>What flows and stores take: a caller's slash or line break must not reach them.</summary>
    public static bool CanBeId(string id) =>
        id.Length <= IdCharactersMax && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or ':' or '-');
}
