using Workflows.Orchestrations.Supervision;

namespace Workflows.Server.Demo;

/// <summary>One task of the reference plan for five units, due within the demo's two months.</summary>
internal static class DemoPlan
{
    public static Plan Plan { get; } = new(
        "demo",
        "演示",
        "矛盾纠纷多元疏导机制（演示）",
        new DateOnly(2025, 10, 24),
        [
            new PlanTask(
                "T18",
                "2.4.6",
                "矛盾纠纷多元疏导机制",
                Open: true,
                [
                    new("sfj", AssignmentRole.Participant),
                    new("mzj", AssignmentRole.Participant),
                    new("gaj", AssignmentRole.Participant),
                    new("xfj", AssignmentRole.Participant),
                    new("350322100", AssignmentRole.Implementer),
                ],
                TownshipsImplied: false),
        ]);
}
