using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Supervision.Sheets;
using Workflows.Testing;
using static Workflows.Testing.LocalTime;

namespace Workflows.Activities.Tests.Supervision;

/// <summary>Lives of tasks and of the sheets about them as their flows save them; made by units that do anything, seeded.</summary>
internal static class SupervisedLives
{
    private const int Counties = 3;

    private static readonly string[] Units = ["mzj", "sfj", "zfw", "350322103", "350322104"];

    private static readonly Lazy<IReadOnlyList<IReadOnlyList<SaveCase>>> Lives = new(() => [.. Enumerable.Range(1, Counties).SelectMany(Live)]);

    /// <summary>Each: the saves of one assignment or sheet in their order.</summary>
    public static IReadOnlyList<IReadOnlyList<SaveCase>> All => Lives.Value;

    private static IEnumerable<IReadOnlyList<SaveCase>> Live(int seed)
    {
        var random = new Random(seed);
        var now = Local("2025-09-01 09:00");
        var county = new InMemoryCounty(now);
        List<Assignment> tasks =
        [
            .. Units.SelectMany(unit => Enumerable.Range(1, 2).Select(number => new Assignment(
                $"p{seed}.T{number}.{unit}", ReferenceCounty.SheetedVersion, $"p{seed}", $"T{number}", "社区服务", unit,
                AssignmentRole.Participant, now, Day("2025-09-20").AddDays(random.Next(60)), Cadence: Cadence.Monthly))),
        ];
        tasks.ForEach(county.Open);
        for (var acts = 60; acts > 0; acts--)
        {
            now = now.AddHours(1 + random.Next(60));
            county.Flows.RunUntil(now);
            var task = tasks[random.Next(tasks.Count)];
            var act = Act(random);
            county.Tell(now, task, act is AssignmentFact.Checked or AssignmentFact.Suspended ? "dcs" : task.Unit, act);
            foreach (var fact in (SheetFact[])[new SheetFact.SignedFor(), new SheetFact.Answered(), new SheetFact.Returned(), new SheetFact.Closed()])
            {
                if (random.Next(3) == 0)
                {
                    var by = fact is SheetFact.SignedFor or SheetFact.Answered ? task.Unit : "dcs";
                    var sheet = new SupervisionSheet().FlowId($"{task.Unit}.s{1 + random.Next(2)}");
                    county.Flows.Send(sheet, $"a{acts}.{fact.GetType().Name}", new CaseCommand<SheetFact>(fact, by, "test"));
                }
            }
        }

        return county.Saved
            .Where(save => save.Kind is TaskSupervision.FlowName or SupervisionSheet.FlowName)
            // Sheets of one unit have one id in every county.
            .GroupBy(save => save.Id)
            .Where(saves => saves.First().Kind == TaskSupervision.FlowName || seed == 1)
            .Select(saves => (IReadOnlyList<SaveCase>)[.. saves]);
    }

    private static AssignmentFact Act(Random random) => random.Next(12) switch
    {
        <= 3 => new AssignmentFact.SignedFor(),
        <= 5 => new AssignmentFact.Claimed(),
        6 => new AssignmentFact.Checked(true),
        7 or 8 => new AssignmentFact.Checked(false),
        9 => new AssignmentFact.Suspended("waits-for-others"),
        10 => new AssignmentFact.Resumed(),
        _ => new AssignmentFact.ObjectionRaised(),
    };
}
