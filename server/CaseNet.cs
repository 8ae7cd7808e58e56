using Workflows.Activities.Cases;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Notices;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Supervision.Sheets;

namespace Workflows.Server;

/// <summary>Sweeps every minute; the first time, when the county is opened, over everything.</summary>
public sealed class CaseNet(CaseSweep sweep, TimeProvider time, ILogger<CaseNet> logger) : BackgroundService
{
    /// <summary>The lists in which every living case stands.</summary>
    public static IReadOnlyList<(string List, string Kind)> Living { get; } =
    [
        ("disputes.open", new DisputeEscalation().Name),
        (DisputeEscalation.FollowedList, new DisputeEscalation().Name),
        ("assignments.open", new TaskSupervision().Name),
        ("plans.open", new PlanLife().Name),
        ("sheets.open", new SupervisionSheet().Name),
        ("unit-sheets", new UnitSheets().Name),
        .. Enum.GetValues<DeliveryStatus>().Where(status => !NoticeDelivery.IsLast(status))
            .Select(status => ($"notices.status.{System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(status.ToString())}", new NoticeDelivery().Name)),
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isFirst = true;
        using var minute = new PeriodicTimer(TimeSpan.FromMinutes(1), time);
        do
        {
            try
            {
                do
                {
                    await sweep.Run(Living, time.GetUtcNow(), stoppingToken);
                }
                while (isFirst && sweep.IsMidway);
                isFirst = false;
            }
#pragma warning disable CA1031 // Whatever keeps it from looking now, it looks again in a minute.
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                logger.LogError(failure, "Cases could not be looked at; the next look is in a minute");
            }
        }
        while (await minute.WaitForNextTickAsync(stoppingToken));
    }
}
