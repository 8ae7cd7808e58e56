using System.Text.Json;

namespace Workflows.Web.Tests.Supervision;

public sealed class AssignmentTests
{
    private const string Path = "/api/assignments/small.T1.sfj";
    private const string Other = "/api/assignments/small.T1.mzj";

    [Fact]
    public async Task An_assignment_is_signed_for_claimed_returned_claimed_again_and_struck_off()
    {
        await using var county = await Activated();

        var issued = (await county.Get(Path)).Is(200).Json;
        var signed = (await county.Post($"{Path}/sign-for", new { by = "sfj" })).Is(200).Json;
        var claimed = (await county.Post($"{Path}/claim", new { by = "sfj", evidence = "附名单。" })).Is(200);
        var returned = (await county.Post($"{Path}/check", new { by = "dcs", done = false, reason = "名单不全。" })).Is(200);
        var again = (await county.Post($"{Path}/claim", new { by = "sfj", evidence = new string('长', 10_000) })).Is(200).Json;
        var done = (await county.Post($"{Path}/check", new { by = "dcs", done = true })).Is(200).Json;

        Assert.Equal("issued 0 finish 2025-10-24, signFor 2025-09-18", Line(issued));
        Assert.Equal("active 0 finish 2025-10-24, feedback 2025-10-14", Line(signed));
        Assert.Equal("claimed 1 check 2025-09-22", Line(claimed.Json));
        Assert.Equal("active 1 finish 2025-10-24, feedback 2025-10-14", Line(returned.Json));
        Assert.Equal("claimed 2 check 2025-09-22", Line(again));
        Assert.Equal("struckOff 2 ", Line(done));
        Assert.Equal("2025-09-15T01:00:00+00:00", done.GetProperty("struckOffAt").GetString());
        Assert.DoesNotContain("附名单", claimed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("名单不全", returned.Text, StringComparison.Ordinal);
        Assert.Equal(done.GetRawText(), (await county.Get(Path)).Is(200).Json.GetRawText());
    }

    [Fact]
    public async Task An_assignment_is_shown_with_its_plan_its_unit_and_its_terms()
    {
        await using var county = await Activated();

        var assignment = (await county.Get(Path)).Is(200).Json;

        Assert.Equal("small.T1.sfj", assignment.GetProperty("id").GetString());
        Assert.Equal("small", assignment.GetProperty("plan").GetString());
        Assert.Equal("T1", assignment.GetProperty("task").GetString());
        Assert.Equal("lead", assignment.GetProperty("role").GetString());
        Assert.Equal("2025-10-24", assignment.GetProperty("due").GetString());
        Assert.Equal("县司法局", assignment.GetProperty("unit").GetProperty("name").GetString());
        Assert.All(assignment.GetProperty("clocks").EnumerateArray(), clock => Assert.NotEqual(0, clock.GetProperty("why").GetArrayLength()));
    }

    [Fact]
    public async Task Its_journal_tells_everything_that_was_said_to_it()
    {
        await using var county = await Activated();
        (await county.Post($"{Path}/sign-for", new { by = "sfj" })).Is(200);
        (await county.Post($"{Path}/claim", new { by = "sfj", evidence = "附名单。" })).Is(200);
        (await county.Post($"{Path}/check", new { by = "dcs", done = true, reason = "齐全。" })).Is(200);

        var journal = (await county.Get($"{Path}/journal")).Is(200);

        Assert.Equal(
            ["Issued", "SignedFor", "FeedbackOpened", "Claimed", "StruckOff"],
            journal.Json.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("line").GetProperty("what").GetString()));
        Assert.DoesNotContain("附名单", journal.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_refusal_is_given_with_its_reason()
    {
        await using var county = await Activated();

        (await county.Post($"{Path}/sign-for", new { by = "mzj" })).IsProblem(409, "not-the-unit", "Only sfj answers for this assignment, not mzj.");
        (await county.Post($"{Path}/claim", new { by = "dcs", evidence = "完成。" })).IsProblem(409, "not-the-unit", "Only sfj answers for this assignment, not dcs.");
        (await county.Post($"{Path}/claim", new { by = "sfj", evidence = "完成。" }))
            .IsProblem(409, "not-signed-for", "The assignment must be signed for before it is claimed done.");
        (await county.Post($"{Path}/check", new { by = "dcs", done = true })).IsProblem(409, "not-claimed", "There is no claim to check.");
        (await county.Post($"{Path}/sign-for", new { by = "sfj" })).Is(200);
        (await county.Post($"{Path}/sign-for", new { by = "sfj" })).IsProblem(409, "already-signed-for", "The assignment has been signed for.");
        (await county.Post($"{Path}/claim", new { by = "sfj", evidence = "完成。" })).Is(200);
        (await county.Post($"{Path}/claim", new { by = "sfj", evidence = "完成。" }))
            .IsProblem(409, "already-claimed", "Completion is claimed already and waits for the check.");
        (await county.Post($"{Path}/check", new { by = "sfj", done = true })).IsProblem(409, "not-the-supervision", "Only dcs checks claims, not sfj.");
        (await county.Post($"{Path}/check", new { by = "dcs", done = true })).Is(200);
        await county.Idle();
        const string over = "The assignment is struck off; nothing is left to do.";
        (await county.Post($"{Path}/sign-for", new { by = "sfj" })).IsProblem(409, "struck-off", over);
        (await county.Post($"{Path}/claim", new { by = "sfj", evidence = "完成。" })).IsProblem(409, "struck-off", over);
        (await county.Post($"{Path}/check", new { by = "dcs", done = false, reason = "再查。" })).IsProblem(409, "struck-off", over);
        Assert.Equal("issued", (await county.Get(Other)).Is(200).Json.GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_id_that_is_no_assignments_is_not_found()
    {
        await using var county = await Activated();
        var dispute = await county.Register();
        var notice = (await county.Get("/api/notices?case=small.T1.sfj")).Is(200).Json.GetProperty("items")[0].GetProperty("key").GetString()!;

        foreach (var id in (string[])["small.T2.sfj", "small.T1", "small.T1.SFJ", dispute, notice, "TaskSupervision-small.T1.sfj"])
        {
            (await county.Get($"/api/assignments/{id}")).IsProblem(404, "not-found", $"There is no assignment {id}.");
            (await county.Get($"/api/assignments/{id}/journal")).IsProblem(404, "not-found", $"There is no case {id}.");
            (await county.Post($"/api/assignments/{id}/sign-for", new { by = "sfj" })).IsProblem(404, "not-found", $"There is no case {id}.");
            (await county.Post($"/api/assignments/{id}/claim", new { by = "sfj", evidence = "完成。" })).IsProblem(404, "not-found", $"There is no case {id}.");
            (await county.Post($"/api/assignments/{id}/check", new { by = "dcs", done = true })).IsProblem(404, "not-found", $"There is no case {id}.");
        }
    }

    [Fact]
    public async Task What_nobody_signs_for_turns_yellow_and_then_red()
    {
        await using var county = await Activated();

        await county.Until("2025-09-19 10:00");

        Assert.Equal(
            ["small.T1.mzj red", "small.T1.sfj red"],
            (await county.All("/api/assignments?light=red")).Select(row => $"{row.GetProperty("id")} {row.GetProperty("light")}").Order(StringComparer.Ordinal));
        Assert.Empty(await county.All("/api/assignments?light=green"));
    }

    private static async Task<ServedCounty> Activated()
    {
        var county = await ServedCounty.Start();
        await county.ActivateSmallPlan();
        return county;
    }

    private static string Line(JsonElement assignment) =>
        $"{assignment.GetProperty("status")} {assignment.GetProperty("claims")} "
        + string.Join(", ", assignment.GetProperty("clocks").EnumerateArray().Select(clock => $"{clock.GetProperty("clock")} {clock.GetProperty("due")}"));
}
