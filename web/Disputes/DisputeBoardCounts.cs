using Workflows.Activities.Cases;
using Workflows.Orchestrations.Disputes;
using Workflows.Web.Http;

namespace Workflows.Web.Disputes;

/// <summary>The fallback board, counted.</summary>
internal static class DisputeBoardCounts
{
    /// <summary>A cause with more cases than this needs no exact count; the pages have them all.</summary>
    private const int CountMax = 2_000;

    public static async Task<BoardView> Of(CaseStore cases, CancellationToken cancellation)
    {
        var causes = new List<BoardCause>();
        foreach (var cause in DisputeBoard.Causes)
        {
            var list = $"disputes.board.{cause}";
            var (count, after) = (0, (string?)null);
            do
            {
                var page = await cases.List(list, ListQuery.SizeMax, after, cancellation);
                count += page.Rows.Count;
                after = page.Next;
            }
            while (after is not null && count < CountMax);
            causes.Add(new BoardCause(cause, count, after is not null, $"{DisputeDesk.Path}?board={cause}"));
        }

        return new BoardView(causes);
    }
}
