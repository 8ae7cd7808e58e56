using System.Text.Json;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;
using Workflows.Orchestrations.Supervision;
using Workflows.Testing;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Durable;

/// <summary>Records as an older version wrote them: without later members, and with ones that were dropped since.</summary>
public sealed class YesterdayTests
{
    [Fact]
    public void An_older_dispute_is_read_with_defaults_and_goes_on()
    {
        var record = Read<CaseRecord<Dispute>>("case-of-dispute");

        var dispute = record.State;
        Assert.Equal(
            [new Party("a", PartyRole.Applicant), new Party("b", PartyRole.Respondent, Consent.Yes)], dispute.Parties);
        Assert.Equal(
            (DisputeStatus.Mediating, Orchestrations.Units.Level.Village, 0, 0),
            (dispute.Status, dispute.Level, dispute.Offers, dispute.Overdue));
        Assert.Null(dispute.SignFor);
        Assert.Null(dispute.FormerHandlers);
        Assert.Equal([new WhyStep("start", Day("2025-09-28"), "starts on 2025-09-28", "起算")], dispute.Term!.Deadline.Why);
        Assert.Equal([new Handled("c1")], record.Handled);

        var run = new CaseRun<Dispute, DisputeFact, DisputeRules>(new DisputeEscalation(), dispute, ReferenceCounty.Disputes).RunOut();
        Assert.Equal("no-consent", run.State.Outcome!.Reason);
    }

    [Fact]
    public void An_older_assignment_is_read_with_defaults_and_can_be_opened()
    {
        var record = Read<CaseRecord<Assignment>>("case-of-assignment");

        Assert.Equal(Supervision.Samples.Services, record.State);
        var start = Assert.Single(record.Pending);
        Assert.Equal(("NoticeDelivery", "NoticeDelivery-x"), (start.Flow, start.Id));
    }

    [Fact]
    public void An_older_delivery_is_read_with_defaults_and_is_handed_over()
    {
        var record = Read<CaseRecord<Delivery>>("case-of-delivery");

        Assert.Equal((DeliveryStatus.Queued, Local("2025-09-28 08:30"), null), (record.State.Status, record.State.Next, record.State.SentAt));
        var run = new CaseRun<Delivery, DeliveryFact, NoticeRules>(new NoticeDelivery(), record.State, ReferenceCounty.Notices);
        run.Reach(Local("2025-09-28 08:30"));
        Assert.Equal(DeliveryStatus.Sending, run.State.Status);
    }

    [Fact]
    public void Older_commands_are_read_as_far_as_they_are_known() =>
        Assert.Equal(
            [
                new CaseCommand<DisputeFact>(new DisputeFact.SignedFor(), "350322001001", "window"),
                new CaseCommand<DisputeFact>(new DisputeFact.Settled(AgreementForm.Oral, Day("2025-10-09")), "350322001001", "api"),
                new CaseCommand<DisputeFact>(new DisputeFact.ConsentAnswered("a", ConsentToGoUp.Once), "350322001001", "window"),
            ],
            Read<List<CaseCommand<DisputeFact>>>("commands"));

    [Fact]
    public void A_fact_or_a_word_that_nobody_knows_is_an_error_and_not_a_guess()
    {
        Assert.Throws<JsonException>(() => Wire.Read<DisputeFact>("""{ "fact": "Forgotten" }"""u8));
        Assert.Throws<JsonException>(() => Wire.Read<Party>("""{ "id": "a", "role": "bystander" }"""u8));
        Assert.Throws<JsonException>(() => Wire.Read<Party>("""{ "id": "a", "role": 1 }"""u8));
    }

    private static T Read<T>(string name) => Wire.Read<T>(
        File.ReadAllBytes(Path.Combine(ReferenceCounty.Root, "tests/Orchestrations.Tests/Wire", $"{name}.yesterday.json")));
}
