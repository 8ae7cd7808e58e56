using System.Text.Json;

namespace Workflows.Web.Tests.Disputes;

/// <summary>What can be said to a dispute, and what it answers when all is well.</summary>
public sealed class DisputeCommandTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    [Fact]
    public async Task Signing_for_a_dispute_starts_the_term_of_its_level()
    {
        var id = await county.Register();

        var dispute = (await county.Post($"/api/disputes/{id}/sign-for", new { by = Requests.Village })).Is(200).Json;

        Assert.Equal("mediating", Status(dispute));
        Assert.Equal(["level 2025-09-28", "total 2025-12-15"], Clocks(dispute));
        Assert.Equal(2, dispute.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task A_session_is_counted_and_its_record_is_shown_nowhere()
    {
        var id = await county.RegisterMediated();

        var answer = (await county.Post($"/api/disputes/{id}/sessions", new { by = Requests.Village, on = "2025-09-15", record = "双方到场。" })).Is(200);

        Assert.Equal(1, answer.Json.GetProperty("sessions").GetInt32());
        Assert.DoesNotContain("双方到场", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("双方到场", (await county.Get($"/api/disputes/{id}/journal")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_settled_dispute_says_until_when_a_court_may_confirm_it()
    {
        var id = await county.RegisterMediated();

        var dispute = (await county.Post(
            $"/api/disputes/{id}/settle", new { by = Requests.Village, form = "written", on = "2025-09-15", terms = "共同出资修暗沟。" })).Is(200).Json;

        Assert.Equal("settled", Status(dispute));
        Assert.Empty(Clocks(dispute));
        var outcome = dispute.GetProperty("outcome");
        Assert.Equal("settled", outcome.GetProperty("reason").GetString());
        var agreement = outcome.GetProperty("agreement");
        Assert.Equal("written", agreement.GetProperty("form").GetString());
        Assert.Equal("2025-10-15", agreement.GetProperty("confirmation").GetProperty("date").GetString());
    }

    [Fact]
    public async Task A_partys_refusal_ends_mediation_even_before_the_handler_has_signed()
    {
        var id = await county.Register();

        var dispute = (await county.Post($"/api/disputes/{id}/refuse", new { by = Requests.Village, party = "p2" })).Is(200).Json;

        Assert.Equal("refused", Status(dispute));
        Assert.Equal("p2", dispute.GetProperty("outcome").GetProperty("party").GetString());
    }

    [Fact]
    public async Task An_applicant_takes_the_case_back_and_a_unit_above_the_handler_may_record_it()
    {
        var id = await county.RegisterMediated();

        var dispute = (await county.Post($"/api/disputes/{id}/withdraw", new { by = Requests.Township, party = "p1" })).Is(200).Json;

        Assert.Equal("withdrawn", Status(dispute));
        Assert.Equal("p1", dispute.GetProperty("outcome").GetProperty("party").GetString());
    }

    [Fact]
    public async Task With_blanket_consent_the_next_level_takes_over_when_the_handler_asks()
    {
        var id = await county.RegisterMediated(Requests.Register(goUp: "blanket"));

        var dispute = (await county.Post($"/api/disputes/{id}/escalate", new { by = Requests.Village, reason = "涉及两个村。" })).Is(200).Json;

        Assert.Equal("offered", Status(dispute));
        Assert.Equal("township", dispute.GetProperty("level").GetString());
        Assert.Equal(Requests.Township, dispute.GetProperty("handler").GetProperty("id").GetString());
        Assert.Equal([Requests.Village], dispute.GetProperty("formerHandlers").EnumerateArray().Select(unit => unit.GetProperty("id").GetString()));
        Assert.Equal(["blanket", "blanket"], GoUp(dispute));
    }

    [Fact]
    public async Task Without_consent_on_record_the_parties_are_asked_and_the_last_yes_moves_the_case()
    {
        var id = await county.RegisterMediated();

        var asked = (await county.Post($"/api/disputes/{id}/escalate", new { by = Requests.Village, reason = "涉及两个村。" })).Is(200).Json;
        var first = (await county.Post($"/api/disputes/{id}/consent", new { by = Requests.Village, party = "p1", answer = "once" })).Is(200).Json;
        var last = (await county.Post($"/api/disputes/{id}/consent", new { by = Requests.Township, party = "p2", answer = "blanket" })).Is(200).Json;

        Assert.Equal("awaitingConsent", Status(asked));
        Assert.Equal("asked", asked.GetProperty("goingUp").GetString());
        Assert.Contains("consent 2025-09-22", Clocks(asked));
        Assert.Equal("awaitingConsent", Status(first));
        Assert.Equal(["once", "notAsked"], GoUp(first));
        Assert.Equal("offered", Status(last));
        Assert.Equal("township", last.GetProperty("level").GetString());
        Assert.Equal(["notAsked", "blanket"], GoUp(last));
        Assert.False(last.TryGetProperty("goingUp", out _));
    }

    [Fact]
    public async Task A_no_to_going_up_ends_a_case_that_waits_for_it()
    {
        var id = await county.RegisterMediated();
        (await county.Post($"/api/disputes/{id}/escalate", new { by = Requests.Village, reason = "涉及两个村。" })).Is(200);

        var dispute = (await county.Post($"/api/disputes/{id}/consent", new { by = Requests.Village, party = "p2", answer = "no" })).Is(200).Json;

        Assert.Equal("refused", Status(dispute));
    }

    [Fact]
    public async Task The_longest_texts_are_taken()
    {
        var id = await county.RegisterMediated(Requests.Register(goUp: "blanket"));

        (await county.Post($"/api/disputes/{id}/sessions", new { by = Requests.Village, on = "2025-09-15", record = new string('长', 10_000) })).Is(200);
        (await county.Post($"/api/disputes/{id}/escalate", new { by = Requests.Village, reason = new string('长', 2_000) })).Is(200);
        (await county.Post($"/api/disputes/{id}/sign-for", new { by = Requests.Township })).Is(200);
        (await county.Post($"/api/disputes/{id}/settle", new { by = Requests.Township, form = "oral", on = "2025-09-15", terms = new string('长', 10_000) })).Is(200);
    }

    [Fact]
    public async Task Every_command_that_was_taken_stands_in_the_journal()
    {
        var id = await county.RegisterMediated();
        (await county.Post($"/api/disputes/{id}/sessions", new { by = Requests.Village, on = "2025-09-15", record = "到场。" })).Is(200);
        (await county.Post($"/api/disputes/{id}/withdraw", new { by = Requests.Village, party = "p1" })).Is(200);

        var journal = (await county.Get($"/api/disputes/{id}/journal")).Is(200).Json;

        Assert.Equal(
            ["Registered", "Triaged", "Offered", "SignedFor", "SessionHeld", "Withdrawn"],
            journal.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("line").GetProperty("what").GetString()));
        Assert.False(journal.TryGetProperty("firstBroken", out _));
    }

    private static string Status(JsonElement dispute) => dispute.GetProperty("status").GetString()!;

    private static IEnumerable<string> Clocks(JsonElement dispute) =>
        dispute.GetProperty("clocks").EnumerateArray().Select(clock => $"{clock.GetProperty("clock")} {clock.GetProperty("due")}");

    private static IEnumerable<string?> GoUp(JsonElement dispute) =>
        dispute.GetProperty("parties").EnumerateArray().Select(party => party.GetProperty("goUp").GetString());
}
