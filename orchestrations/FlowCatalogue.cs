using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;
using Workflows.Orchestrations.Rules;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Supervision.Sheets;

namespace Workflows.Orchestrations;

/// <summary>Every flow of the system, for any host. The names are frozen: histories carry them.</summary>
public static class FlowCatalogue
{
    public static FlowTable All { get; } = new(
        new DisputeEscalation().Flow(),
        new NoticeDelivery().Flow(),
        PlanActivation.Flow,
        RulesChange.Flow,
        PlanClosing.Flow,
        new PlanLife().Flow(),
        new SupervisionSheet().Flow(),
        new TaskSupervision().Flow(),
        new UnitSheets().Flow());
}
