namespace Workflows.Web.Tests.Supervision;

/// <summary>A plan is kept, given more units, and superseded.</summary>
public sealed class PlanLifeTests
{
    [Fact]
    public async Task A_unit_is_added_to_a_task_with_its_basis_and_gets_its_assignment()
    {
        await using var county = await ServedCounty.Start();
        (await county.Post("/api/plans/small/units", new { by = "dcs", task = "T1", unit = "xfj", role = "participant", document = "仙政办〔2025〕9号" }))
            .IsProblem(409, "not-active", "Plan small is not active; correct its draft instead.");
        await county.ActivateSmallPlan();
        (await county.Post("/api/plans/small/units", new { by = "dcs", task = "T9", unit = "xfj", role = "participant" })).IsInvalid(("task", "is no task of this plan"));
        (await county.Post("/api/plans/small/units", new { by = "dcs", task = "T1", unit = "sfj", role = "participant", document = "仙政办〔2025〕9号" }))
            .IsProblem(409, "already-assigned", "sfj has T1.");
        (await county.Post("/api/plans/small/units", new { by = "dcs", task = "T1", unit = Requests.Village, role = "participant", document = "仙政办〔2025〕9号" })).IsProblem(409, "not-an-object");
        (await county.Post("/api/plans/small/units", new { by = "dcs", task = "T1", unit = "xfj", role = "lead", document = "仙政办〔2025〕9号" })).IsProblem(409, "one-lead");
        (await county.Post("/api/plans/small/units", new { by = "xfj", task = "T1", unit = "xfj", role = "participant", document = "仙政办〔2025〕9号" })).IsProblem(409, "not-the-supervision");

        var plan = (await county.Post("/api/plans/small/units", new { by = "dcs", task = "T1", unit = "xfj", role = "participant", document = "仙政办〔2025〕9号", reason = "职责相关。" })).Is(200);
        await county.Idle();

        Assert.Equal("仙政办〔2025〕9号", plan.Json.GetProperty("added")[0].GetProperty("basis").GetProperty("document").GetString());
        Assert.DoesNotContain("职责相关", plan.Text, StringComparison.Ordinal);
        var added = (await county.Get("/api/assignments/small.T1.xfj")).Is(200).Json;
        Assert.Equal(("issued", "仙政办〔2025〕9号"), (added.GetProperty("status").GetString(), added.GetProperty("basis").GetProperty("document").GetString()));
        Assert.Equal(
            ["Activated", "UnitAdded"],
            (await county.Get("/api/plans/small/journal")).Is(200).Json.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("line").GetProperty("what").GetString()));
    }

    [Fact]
    public async Task A_plan_that_another_takes_the_place_of_closes_what_is_open_and_carries_on_what_both_name()
    {
        await using var county = await ServedCounty.Start();
        await county.ActivateSmallPlan();
        (await county.Post("/api/plans/small/supersede", new { by = "dcs", plan = "2023-3", open = "close" })).IsProblem(409, "unknown-plan", "There is no active plan 2023-3.");
        await county.Until("2025-09-15 20:00");
        (await county.Post("/api/plans/2023-3/activate", new { by = "dcs" })).Is(200);
        (await county.Post("/api/plans/small/supersede", new { by = "dcs", plan = "2023-3", open = "forget", links = new[] { new { task = "", to = "T18" } } }))
            .IsInvalid(("open", "must be one of goOn, close"), ("links[0].task", "is required"));
        (await county.Post("/api/plans/small/supersede", new { by = "dcs", plan = "2023-3", open = "close", links = new[] { new { task = "T1", to = "T99" } } })).IsProblem(409, "unknown-task");

        var plan = (await county.Post("/api/plans/small/supersede", new { by = "dcs", plan = "2023-3", open = "close" })).Is(200).Json;
        await county.Idle();

        Assert.Equal(("superseded", "2023-3"), (plan.GetProperty("status").GetString(), plan.GetProperty("superseded").GetProperty("plan").GetString()));
        Assert.Equal(
            ["closed superseded", "closed superseded"],
            (await county.All("/api/assignments?task=small.T1")).Select(row => (row.GetProperty("status").GetString(), (string)row.GetProperty("id").GetString()!))
                .Select(row => $"{row.Item1} {Closing(county, row.Item2)}"));
        (await county.Post("/api/plans/small/supersede", new { by = "dcs", plan = "2023-3", open = "close" })).IsProblem(409, "already-superseded");
    }

    private static string? Closing(ServedCounty county, string id) =>
        county.Get($"/api/assignments/{id}").GetAwaiter().GetResult().Json.GetProperty("closing").GetProperty("reason").GetString();
}
