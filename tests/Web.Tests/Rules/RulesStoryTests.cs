using System.Text.Json;

namespace Workflows.Web.Tests.Rules;

/// <summary>The county changes its rules while cases run, from the candidate to the last case that was told.</summary>
public sealed class RulesStoryTests
{
    private const string Why = "乡镇意见";

    [Fact]
    public async Task A_policy_is_changed_looked_at_confirmed_and_every_running_case_moves_as_the_preview_said()
    {
        await using var county = await ServedCounty.Start();
        var old = county.County.Rules.Current.Version;
        var mediated = await county.RegisterMediated();
        var offered = await county.Register();
        await county.ActivateSmallPlan();
        var version = await county.Candidate("DISPUTE-VILLAGE", 10, 15);

        var preview = (await county.Get($"/api/rules/{version}/preview")).Is(200).Json;
        var totals = preview.GetProperty("totals");
        Assert.Equal((4, 1, 1, 0, 0), (Number(totals, "cases"), Number(totals, "moved"), Number(totals, "dates"), Number(totals, "overdue"), Number(totals, "kept")));
        var item = Assert.Single(preview.GetProperty("items").EnumerateArray());
        Assert.Equal((mediated, $"/api/disputes/{mediated}", old), (Text(item, "case"), Text(item, "look"), Text(item, "rules")));
        var date = Assert.Single(item.GetProperty("dates").EnumerateArray());
        Assert.Equal(("level", "2025-09-28", "2025-10-11"), (Text(date, "clock"), Text(date, "from"), Text(date, "to")));
        Assert.Contains("15 working days counted: the last is 2025-10-11", date.GetProperty("why").EnumerateArray().Select(step => Text(step, "text")));

        var confirm = Text(totals, "confirm");
        var activation = (await county.Post($"/api/rules/{version}/activate", new { by = Requests.Supervision, reason = Why, running = "recompute", confirm })).Is(200).Json;
        Assert.Equal((2, version, "recompute", "http"), (Number(activation, "number"), Text(activation, "version"), Text(activation, "running"), Text(activation, "from")));
        var late = await county.Register();
        await county.Until("2025-09-15 09:10");

        var changed = (await county.Get($"/api/disputes/{mediated}")).Is(200).Json;
        Assert.Equal(version, Text(changed, "rules"));
        Assert.Equal("2025-10-11", Text(changed.GetProperty("clocks").EnumerateArray().Single(clock => Text(clock, "clock") == "level"), "due"));
        foreach (var id in new[] { offered, late })
        {
            Assert.Equal(version, Text((await county.Get($"/api/disputes/{id}")).Is(200).Json, "rules"));
        }

        Assert.Equal(version, Text((await county.Get($"/api/assignments/{ServedCounty.SmallTask}.sfj")).Is(200).Json, "rules"));
        var journal = (await county.Get($"/api/disputes/{mediated}/journal")).Is(200).Json.GetProperty("entries");
        var line = journal.EnumerateArray().Single(entry => Text(entry.GetProperty("line"), "what") == "RulesChanged");
        Assert.Equal($"自即日起适用规则版本{version}（原为{old}），1个期限变动。", Text(line.GetProperty("line"), "textZh"));

        var rules = (await county.Get("/api/rules")).Is(200).Json;
        Assert.Equal(version, Text(rules, "current"));
        Assert.Equal(new[] { old, version }.Order(), rules.GetProperty("versions").EnumerateArray().Select(known => Text(known, "version")).Order());
        var latest = rules.GetProperty("activations")[0];
        Assert.Equal((Why, Requests.Supervision), (Text(latest, "reason"), Text(latest, "by")));
        var change = latest.GetProperty("change");
        Assert.Equal(("RulesChange-2", "completed"), (Text(change, "flow"), Text(change, "state")));
        Assert.Equal((4, 1), (Number(change.GetProperty("tally"), "told"), Number(change.GetProperty("tally"), "moved")));
        Assert.Empty((await county.Get($"/api/rules/{version}/preview")).Is(200).Json.GetProperty("items").EnumerateArray());

        // The older version is still there, and a restart keeps what was activated.
        Assert.False((await county.Get($"/api/rules/{old}")).Is(200).Json.GetProperty("isCurrent").GetBoolean());
        await county.Restart();
        Assert.Equal(version, Text((await county.Get("/api/rules")).Is(200).Json, "current"));
        Assert.Equal(version, Text((await county.Get($"/api/disputes/{await county.Register()}")).Is(200).Json, "rules"));
    }

    [Fact]
    public async Task Running_cases_keep_their_rules_until_somebody_has_them_counted_anew()
    {
        await using var county = await ServedCounty.Start();
        var id = await county.RegisterMediated();
        var old = county.County.Rules.Current.Version;
        var version = await county.Candidate("DISPUTE-VILLAGE", 10, 15);
        var activate = $"/api/rules/{version}/activate";

        (await county.Post(activate, new { by = Requests.Supervision, reason = Why, running = "keep" })).Is(200);
        await county.Until("2025-09-15 09:10");
        Assert.Equal(old, Text((await county.Get($"/api/disputes/{id}")).Json, "rules"));
        (await county.Post(activate, new { by = Requests.Supervision, reason = Why, running = "keep" })).IsProblem(409, "already-current");

        var stamp = Text((await county.Get($"/api/rules/{version}/preview")).Json.GetProperty("totals"), "confirm");
        (await county.Post(activate, new { by = Requests.Supervision, reason = Why, running = "recompute", confirm = stamp })).Is(200);
        await county.Until("2025-09-15 09:20");
        Assert.Equal(version, Text((await county.Get($"/api/disputes/{id}")).Json, "rules"));
        Assert.Equal(3, (await county.Get("/api/rules")).Json.GetProperty("activations").GetArrayLength());
    }

    [Fact]
    public async Task What_would_move_must_be_what_was_confirmed()
    {
        await using var county = await ServedCounty.Start();
        await county.RegisterMediated();
        var version = await county.Candidate("DISPUTE-VILLAGE", 10, 15);
        var stamp = Text((await county.Get($"/api/rules/{version}/preview")).Json.GetProperty("totals"), "confirm");
        Assert.Equal(stamp, Text((await county.Get($"/api/rules/{version}/preview")).Json.GetProperty("totals"), "confirm"));

        // A case that is not moved changes nothing; one that is does.
        await county.Register();
        Assert.Equal(stamp, Text((await county.Get($"/api/rules/{version}/preview")).Json.GetProperty("totals"), "confirm"));
        await county.RegisterMediated();

        (await county.Post($"/api/rules/{version}/activate", new { by = Requests.Supervision, reason = Why, running = "recompute", confirm = stamp })).IsProblem(
            409, "preview-changed", "What would move is not what was confirmed: now 2 dates of 2 cases, and 0 cases keep their rules. Look at the preview again.");
        Assert.Single((await county.Get("/api/rules")).Json.GetProperty("activations").EnumerateArray());
    }

    [Fact]
    public async Task A_change_that_still_tells_cases_is_waited_for_and_the_same_command_again_is_answered_alike()
    {
        await using var county = await ServedCounty.Start();
        await county.RegisterMediated();
        var version = await county.Candidate("DISPUTE-VILLAGE", 10, 15);
        var other = await county.Candidate("DISPUTE-VILLAGE", 10, 20);
        var stamp = Text((await county.Get($"/api/rules/{version}/preview")).Json.GetProperty("totals"), "confirm");
        var body = new { by = Requests.Supervision, reason = Why, running = "recompute", confirm = stamp };
        (await county.Post($"/api/rules/{version}/activate", body, "once")).Is(200);

        // It looks at the cases again after a minute, which has not passed.
        (await county.Post($"/api/rules/{other}/activate", new { by = Requests.Supervision, reason = Why, running = "keep" })).IsProblem(
            409, "change-running", "Change 2 is still telling running cases; wait until RulesChange-2 has ended, or terminate it.");
        Assert.True((await county.Post($"/api/rules/{version}/activate", body, "once")).Is(200).Replayed);
        await county.Until("2025-09-15 09:10");
        (await county.Post($"/api/rules/{other}/activate", new { by = Requests.Supervision, reason = Why, running = "keep" })).Is(200);
    }

    [Fact]
    public async Task A_restart_in_the_middle_of_a_change_loses_nobody_and_tells_nobody_twice()
    {
        await using var county = await ServedCounty.Start();
        var ids = new List<string>();
        for (var index = 0; index < 60; index++)
        {
            ids.Add(await county.Register());
        }

        var version = await county.Candidate("DISPUTE-SIGN", 2, 4);
        var stamp = Text((await county.Get($"/api/rules/{version}/preview")).Json.GetProperty("totals"), "confirm");
        (await county.Post($"/api/rules/{version}/activate", new { by = Requests.Supervision, reason = Why, running = "recompute", confirm = stamp })).Is(200);
        await county.Restart();
        await county.Until("2025-09-15 09:10");

        var change = (await county.Get("/api/rules")).Is(200).Json.GetProperty("activations")[0].GetProperty("change");
        Assert.Equal(("completed", 60, 60), (Text(change, "state"), Number(change.GetProperty("tally"), "told"), Number(change.GetProperty("tally"), "moved")));
        foreach (var id in ids)
        {
            Assert.Equal(version, Text((await county.Get($"/api/disputes/{id}")).Is(200).Json, "rules"));
            var journal = (await county.Get($"/api/disputes/{id}/journal")).Is(200).Json.GetProperty("entries");
            Assert.Single(journal.EnumerateArray(), entry => Text(entry.GetProperty("line"), "what") == "RulesChanged");
        }
    }

    [Fact]
    public async Task A_preview_is_read_page_by_page_and_names_who_keeps_its_rules_and_why()
    {
        await using var county = await ServedCounty.Start();
        var ids = new List<string>();
        for (var index = 0; index < 5; index++)
        {
            ids.Add(await county.RegisterMediated());
        }

        var family = await county.RegisterMediated(Requests.Register(category: "family"));
        var version = await county.Candidate(
            "DISPUTE-VILLAGE", 10, 15, text => text.Replace("\"id\": \"family\"", "\"id\": \"family-matters\"", StringComparison.Ordinal).Replace("\"family\"", "\"family-matters\"", StringComparison.Ordinal));

        var items = await county.All($"/api/rules/{version}/preview", size: 2);

        Assert.Equal([.. ids, family], items.Select(item => Text(item, "case")).Order(StringComparer.Ordinal));
        var kept = items.Single(item => Text(item, "case") == family);
        Assert.Equal("category-gone", Text(kept.GetProperty("keeps"), "code"));
        Assert.Empty(kept.GetProperty("dates").EnumerateArray());
        var second = (await county.Get($"/api/rules/{version}/preview?size=2")).Json;
        Assert.Equal(1, Number(second.GetProperty("totals"), "kept"));
        Assert.False((await county.Get($"/api/rules/{version}/preview?size=2&after={Uri.EscapeDataString(Text(second, "next"))}")).Json.TryGetProperty("totals", out _));
        (await county.Get($"/api/rules/{county.County.Rules.Current.Version}/preview?after={Uri.EscapeDataString(Text(second, "next"))}")).IsProblem(400, "invalid-request");
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();
}
