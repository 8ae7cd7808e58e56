using System.Text;
using System.Text.Json;

namespace Workflows.Web.Tests.Supervision;

/// <summary>A plan's file on its way to an active plan.</summary>
public sealed class PlanDraftTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    private const string Text =
        """
        仙政办〔2025〕{0}号
        仙游县人民政府办公室关于印发试点方案的通知
        各乡镇人民政府：
        现予印发。
        一、重点工作
        （一）公园。2025年底前新建公园5个，改造小区8个。
        责任单位：县住建局、人力资源和社会保障局
        （二）救助。群众满意率达到95%。
        责任单位：县民政局牵头负责
        本方案自印发之日起施行，有效期至2026年12月31日。
        仙游县人民政府办公室
        2025年9月1日
        """;

    private static readonly string[] Second = ["I02"];

    [Fact]
    public async Task A_file_becomes_a_draft_that_is_activated_when_what_matters_is_answered()
    {
        var draft = (await Upload(21)).Is(201);
        var id = draft.Json.GetProperty("id").GetString();
        Assert.Equal(("2025-21", "/api/plans/drafts/2025-21"), (id, draft.Location));
        Assert.Equal(["Q1"], Strings(draft.Json, "open"));
        var task = draft.Json.GetProperty("draft").GetProperty("tasks")[0];
        Assert.Equal(("公园", 0.95), (task.GetProperty("source").GetProperty("words").GetString(), task.GetProperty("source").GetProperty("confidence").GetDouble()));

        var before = (await county.Get($"/api/plans/drafts/{id}/summary")).Is(200).Json;
        Assert.Equal(0, before.GetProperty("assignments").GetInt32());
        (await Act(id, "activate", new { by = "dcs", confirm = before.GetProperty("confirm").GetString() }))
            .IsProblem(409, "open-questions", "These questions must be answered first: Q1.");

        (await Act(id, "answer", new { by = "dcs", version = 1, question = "Q1", value = "rsj" })).Is(200);
        var summary = (await county.Get($"/api/plans/drafts/{id}/summary")).Is(200).Json;
        Assert.Equal((2, 3, 3), (summary.GetProperty("tasks").GetInt32(), summary.GetProperty("assignments").GetInt32(), summary.GetProperty("indicators").GetInt32()));
        Assert.Equal(["2025-12-31", "2026-12-31"], Strings(summary, "firstDates"));
        (await Act(id, "activate", new { by = "dcs", confirm = before.GetProperty("confirm").GetString() })).IsProblem(409, "not-confirmed");

        var active = (await Act(id, "activate", new { by = "dcs", confirm = summary.GetProperty("confirm").GetString() })).Is(200).Json;
        await county.Idle();

        Assert.True(active.TryGetProperty("activatedAt", out _));
        Assert.Equal(
            ["2025-21.T01.rsj", "2025-21.T01.zjj", "2025-21.T02.mzj"],
            (await county.All("/api/assignments")).Select(row => row.GetProperty("id").GetString()!).Where(row => row.StartsWith("2025-21.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        (await Act(id, "activate", new { by = "dcs", confirm = summary.GetProperty("confirm").GetString() })).IsProblem(409, "already-active");
        (await Act(id, "accept", new { by = "dcs", version = 3, item = "T01" })).IsProblem(409, "already-active");
        Assert.Equal(
            ["1 dcs upload", "2 dcs answer Q1 rsj", "3 dcs activate"],
            (await county.Get($"/api/plans/drafts/{id}/journal")).Is(200).Json.GetProperty("entries").EnumerateArray().Select(entry =>
                $"{entry.GetProperty("version")} {entry.GetProperty("by").GetString()} {entry.GetProperty("act").GetString()}{(entry.GetProperty("act").GetString() == "answer" ? $" {entry.GetProperty("about").GetString()} {entry.GetProperty("value").GetString()}" : "")}"));
    }

    [Fact]
    public async Task Items_are_accepted_changed_split_and_merged_each_on_the_version_that_was_looked_at()
    {
        var id = (await Upload(22)).Is(201).Json.GetProperty("id").GetString();

        Assert.Equal(["T01"], Strings((await Act(id, "accept", new { by = "dcs", version = 1, item = "T01" })).Is(200).Json, "accepted"));
        var changed = (await Act(id, "change", new { by = "dcs", version = 2, item = "I02", member = "value", value = "9" })).Is(200).Json;
        Assert.Equal(9, changed.GetProperty("draft").GetProperty("indicators")[1].GetProperty("value").GetInt32());
        var split = (await Act(id, "split", new { by = "dcs", version = 3, task = "T01", title = "小区改造", indicators = Second })).Is(200).Json.GetProperty("draft");
        Assert.Equal(["T01", "T03", "T02"], split.GetProperty("tasks").EnumerateArray().Select(task => task.GetProperty("id").GetString()));
        Assert.Equal("T03", split.GetProperty("indicators")[1].GetProperty("task").GetString());
        var merged = (await Act(id, "merge", new { by = "dcs", version = 4, task = "T03", into = "T01" })).Is(200).Json.GetProperty("draft");
        Assert.Equal(2, merged.GetProperty("tasks").GetArrayLength());
        Assert.Equal("T01", merged.GetProperty("indicators")[1].GetProperty("task").GetString());

        (await Act(id, "accept", new { by = "dcs", version = 4, item = "T01" })).IsProblem(409, "changed-meanwhile", "Draft 2025-22 is at version 5, not 4; look at it again.");
        (await Act(id, "accept", new { by = "dcs", version = 5, item = "T09" })).IsProblem(409, "no-such-item", "There is no T09 in the draft.");
        (await Act(id, "change", new { by = "dcs", version = 5, item = "I01", member = "due", value = "soon" })).IsProblem(409, "bad-value");
        (await Act(id, "answer", new { by = "dcs", version = 5, question = "Q1", value = "nobody" })).IsProblem(409, "bad-answer");
        Assert.Equal(5, (await county.Get($"/api/plans/drafts/{id}")).Is(200).Json.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task A_person_says_that_a_task_is_important_and_its_assignments_know_it()
    {
        var id = (await Upload(29)).Is(201).Json.GetProperty("id").GetString();
        Assert.DoesNotContain("\"important\"", (await county.Get($"/api/plans/drafts/{id}")).Is(200).Text, StringComparison.Ordinal);

        (await Act(id, "change", new { by = "dcs", version = 1, item = "T01", member = "important", value = "perhaps" })).IsProblem(409, "bad-value");
        var changed = (await Act(id, "change", new { by = "dcs", version = 1, item = "T01", member = "important", value = "true" })).Is(200).Json;
        Assert.True(changed.GetProperty("draft").GetProperty("tasks")[0].GetProperty("important").GetBoolean());
        (await Act(id, "answer", new { by = "dcs", version = 2, question = "Q1", value = "rsj" })).Is(200);
        var confirm = (await county.Get($"/api/plans/drafts/{id}/summary")).Is(200).Json.GetProperty("confirm").GetString();
        (await Act(id, "activate", new { by = "dcs", confirm })).Is(200);
        await county.Idle();

        Assert.True((await county.Get("/api/assignments/2025-29.T01.zjj")).Is(200).Json.GetProperty("important").GetBoolean());
        Assert.False((await county.Get("/api/assignments/2025-29.T02.mzj")).Is(200).Json.TryGetProperty("important", out _));
    }

    [Fact]
    public async Task The_same_document_twice_is_two_drafts_and_both_are_listed()
    {
        await Upload(23);
        Assert.Equal("2025-23-2", (await Upload(23)).Is(201).Json.GetProperty("id").GetString());

        var listed = (await county.Get("/api/plans/drafts")).Is(200).Json.EnumerateArray().Where(draft => draft.GetProperty("number").GetString()!.EndsWith("23号", StringComparison.Ordinal)).ToList();

        Assert.Equal(["2025-23", "2025-23-2"], listed.Select(draft => draft.GetProperty("id").GetString()));
        Assert.All(listed, draft => Assert.Equal((2, 1), (draft.GetProperty("tasks").GetInt32(), draft.GetProperty("openQuestions").GetInt32())));
    }

    [Fact]
    public async Task What_is_wrong_is_named()
    {
        (await county.Post("/api/plans/drafts", "{}")).IsInvalid(("by", "is required: the id of the unit that acts"), ("content", "is required"));
        (await county.Post("/api/plans/drafts", new { by = "dcs", content = "&&" })).IsInvalid(("content", "must be base64"));
        (await county.Post("/api/plans/drafts", new { by = "dcs", content = "JVBERi0xLjc=" })).IsInvalid(("content", "not-text: This is a PDF; a plan is read from .txt or .docx."));
        (await county.Post("/api/plans/drafts", new { by = "sfj", content = "AAAA" })).IsProblem(409, "not-the-supervision", "Only dcs imports and activates plans, not sfj.");
        (await county.Get("/api/plans/drafts/none")).IsProblem(404, "not-found", "There is no draft none.");
        (await county.Get("/api/plans/drafts/a%20b/journal")).IsProblem(404, "not-found", "There is no draft a b.");
        (await Act("2025-99", "accept", new { by = "dcs", item = "T01" })).IsInvalid(("version", "is required: the version that was looked at"));
        (await Act("2025-99", "accept", new { by = "dcs", version = 1, item = "T01" })).IsProblem(404, "not-found");
    }

    private Task<Answer> Upload(int number) => county.Post(
        "/api/plans/drafts", new { by = "dcs", content = Convert.ToBase64String(Encoding.UTF8.GetBytes(Text.Replace("{0}", $"{number}", StringComparison.Ordinal))) });

    private Task<Answer> Act(string? id, string act, object body) => county.Post($"/api/plans/drafts/{id}/{act}", body);

    private static IEnumerable<string?> Strings(JsonElement json, string list) => json.GetProperty(list).EnumerateArray().Select(value => value.GetString());
}
