using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Activities.Cases;
using Workflows.Orchestrations.Notices;
using Workflows.Web.Cases;
using Workflows.Web.Http;

namespace Workflows.Web.Notices;

/// <summary>A notice as the API shows it.</summary>
public sealed record NoticeView(Notice Notice, DeliveryStatus Status, string Recipient, DateTimeOffset? SentAt, DateTimeOffset? NextTry, string? Problem);

/// <summary>Notices over HTTP.</summary>
internal static class NoticeEndpoints
{
    private static readonly ListFilter[] Filters = [new("case"), new("to"), ListFilter.Of<DeliveryStatus>("status")];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var notices = routes.MapGroup("/api/notices").WithTags("Notices");
        notices.MapGet("", List).Describe<Page<NoticeSummary>>("ListNotices", "Notices, newest first; one filter of case, to or status.").Takes(Filters);
        notices.MapGet("/{key}", Get).Describe<NoticeView>("GetNotice", "One notice and how far it has come.");
        notices.MapGet("/{id}/journal", CaseReads.Journal<Delivery>(NoticeDelivery.FlowName))
            .Describe<JournalView>("GetNoticeJournal", "Every try to deliver it.");
    }

    private static async Task<Reply> Get(string key, HttpContext http, CaseStore cases) =>
        await cases.Find<Delivery>(NoticeDelivery.FlowName, key, http.RequestAborted) is { State: var delivery }
            ? Reply.Ok(new NoticeView(delivery.Notice, delivery.Status, delivery.Recipient, delivery.SentAt, delivery.Next, delivery.Problem))
            : Reply.NotFound($"There is no notice {key}.");

    private static Task<Reply> List(HttpContext http, CaseStore cases) =>
        CaseReads.List<NoticeSummary>(http, cases, "notices", Filters);
}
