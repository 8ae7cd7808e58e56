using System.Text.Json;
using Workflows.Testing;

namespace Workflows.Web.Tests.Supervision;

public sealed class PlanTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    [Fact]
    public async Task Plans_are_listed_with_what_they_mean()
    {
        var plans = (await county.Get("/api/plans")).Is(200).Json.EnumerateArray().ToList();

        Assert.Equal(["2023-3", "small"], plans.Select(plan => plan.GetProperty("id").GetString()));
        Assert.Equal([(36, 793), (1, 2)], plans.Select(plan => (plan.GetProperty("tasks").GetInt32(), plan.GetProperty("assignments").GetInt32())));
        Assert.Equal(plans[0].GetRawText(), (await county.Get("/api/plans/2023-3")).Is(200).Json.GetRawText());
    }

    [Fact]
    public async Task A_plan_that_does_not_exist_is_not_found()
    {
        (await county.Get("/api/plans/2023-4")).IsProblem(404, "not-found", "There is no plan 2023-4.");
        (await county.Post("/api/plans/2023-4/activate", new { by = "dcs" })).IsProblem(404, "not-found", "There is no plan 2023-4.");
        (await county.Post("/api/plans/2023-4/activate", "{}")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task The_countys_plan_is_activated_once_by_the_supervision_and_fans_out_to_every_unit_and_township()
    {
        (await county.Post("/api/plans/2023-3/activate", new { by = "sfj" }))
            .IsProblem(409, "not-the-supervision", "Only dcs activates plans, not sfj.");
        Assert.False((await county.Get("/api/plans/2023-3")).Is(200).Json.GetProperty("active").GetBoolean());

        // In the evening: the mails wait for the morning, which no test waits for.
        await county.Until("2025-09-15 20:00");
        var plan = (await county.Post("/api/plans/2023-3/activate", new { by = "dcs" })).Is(200).Json;
        await county.Idle();

        Assert.True(plan.GetProperty("active").GetBoolean());
        (await county.Post("/api/plans/2023-3/activate", new { by = "dcs" }))
            .IsProblem(409, "already-active", "Plan 2023-3 is active; a plan is activated once.");
        var assignments = (await county.All("/api/assignments")).Where(row => Text(row, "plan") == "2023-3").ToList();
        Assert.Equal(793, assignments.Count);
        Assert.Equal(793, assignments.Select(row => Text(row, "id")).Distinct().Count());
        var townships = ReferenceCounty.Units.Townships.Select(unit => unit.Id).ToHashSet();
        Assert.Equal(18, townships.Count);
        Assert.Equal((145, 648), (assignments.Count(row => !townships.Contains(Text(row, "unit"))), assignments.Count(row => townships.Contains(Text(row, "unit")))));
        Assert.All(
            assignments.Where(row => townships.Contains(Text(row, "unit"))).GroupBy(row => Text(row, "task")),
            task => Assert.Equal(18, task.Select(row => Text(row, "unit")).Distinct().Count()));
        Assert.Equal(
            assignments.Select(row => Text(row, "id")).Order(StringComparer.Ordinal),
            (await county.All("/api/assignments?open=true", size: 97)).Where(row => Text(row, "plan") == "2023-3").Select(row => Text(row, "id")).Order(StringComparer.Ordinal));
        Assert.Equal(18 + 7, (await county.All("/api/assignments?task=2023-3.T18", size: 7)).Count);
        Assert.Equal(36, (await county.All("/api/assignments?unit=350322100", size: 1)).Count);
    }

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;
}
