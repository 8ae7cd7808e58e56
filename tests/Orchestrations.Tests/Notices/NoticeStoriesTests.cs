using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;
using Workflows.Orchestrations.Tests.Disputes;
using Workflows.Testing;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Notices;

/// <summary>Notices through the real flow, with a channel that does not take everything.</summary>
public sealed class NoticeStoriesTests
{
    private const string Offered = "XY-2025-000001.dispute-offered.1.1.350322001001";

    [Fact]
    public void A_village_that_cannot_be_reached_gives_way_to_its_township_in_the_same_step()
    {
        var county = Told(mail => mail.Recipient == Samples.Village
            ? new DeliveryFact.Undeliverable("no such mailbox")
            : new DeliveryFact.Accepted());

        Assert.Equal(["09-26 09:00 dispute-offered 350322001"], county.Mails);
        Assert.Equal(
            [
                "save 1 sending",
                "call DeliverNotice XY-2025-000001.dispute-offered.1.1.350322001001",
                "save 2 sending",
                "call DeliverNotice XY-2025-000001.dispute-offered.1.1.350322001001.350322001",
                "save 3 sent",
            ],
            county.Asked($"NoticeDelivery-{Offered}"));
        Assert.Equal("no such mailbox", county.Saved.Single(save => save is { Id: Offered, Version: 2 }).Record.GetProperty("state").GetProperty("problem").GetString());
        county.Flows.ReplayAll();
    }

    [Fact]
    public void When_nobody_can_be_reached_the_notice_stands_on_the_board_and_the_case_goes_on()
    {
        var county = Told(_ => new DeliveryFact.Undeliverable("no such mailbox"));

        Assert.Empty(county.Mails);
        var delivery = county.Record<Delivery>(Offered).State;
        Assert.Equal((DeliveryStatus.FailedPermanent, Samples.DutyBox), (delivery.Status, delivery.Recipient));
        Assert.Equal(
            ["notices", "notices.case.XY-2025-000001", "notices.to.350322001001", "notices.status.failedPermanent", "notices.month.2025-09"],
            county.Saved.Last(save => save.Id == Offered).Card.Lists);
        Assert.Equal(DisputeStatus.Offered, county.Record<Dispute>(Samples.Neighbours.Id).State.Status);
    }

    [Fact]
    public void A_channel_that_throws_is_tried_six_times_and_then_again_every_hour_of_the_office()
    {
        var attempts = 0;
        var county = Told(_ => ++attempts <= 12 ? throw new IOException("connection refused") : new DeliveryFact.Accepted());

        county.Flows.RunUntil(Local("2025-09-26 17:00"));

        Assert.Equal(["09-26 11:00 dispute-offered 350322001001"], county.Mails);
        Assert.Equal(13, attempts);
        Assert.Equal(
            [
                "save 1 sending",
                "call DeliverNotice XY-2025-000001.dispute-offered.1.1.350322001001",
                "save 2 failedTemporary",
                "wait 09-26 10:00",
                "save 3 sending",
                "call DeliverNotice XY-2025-000001.dispute-offered.1.1.350322001001",
                "save 4 failedTemporary",
                "wait 09-26 11:00",
                "save 5 sending",
                "call DeliverNotice XY-2025-000001.dispute-offered.1.1.350322001001",
                "save 6 sent",
            ],
            county.Asked($"NoticeDelivery-{Offered}"));
        county.Flows.ReplayAll();
    }

    [Fact]
    public void A_channel_that_is_down_for_good_puts_the_notice_on_the_board_and_never_mails_at_night()
    {
        var tried = new List<DateTimeOffset>();
        var county = Told(mail =>
        {
            tried.Add(mail.At);
            return new DeliveryFact.ChannelDown("no route");
        });

        county.Flows.RunUntil(Local("2025-10-31 18:00"));

        Assert.Equal(DeliveryStatus.FailedPermanent, county.Record<Delivery>(Offered).State.Status);
        Assert.All(tried, at => Assert.Equal(at, ReferenceCounty.Calendar.NextOfficeMoment(at)));
    }

    [Fact]
    public void The_same_notice_started_twice_is_said_once()
    {
        var county = Told(_ => new DeliveryFact.Accepted());
        var notice = county.Delivered[0].Notice;

        var again = county.Flows.Start(NoticeDelivery.FlowName, $"NoticeDelivery-{Offered}", CaseRecord.Fresh(Offered, Delivery.Of(notice)));

        Assert.Equal(StartOutcome.Exists, again);
        Assert.Single(county.Mails);
    }

    private static InMemoryCounty Told(Func<DeliverNotice, DeliveryFact> channel)
    {
        var county = new InMemoryCounty(Samples.Opened) { Channel = channel };
        county.Open(Samples.Neighbours);
        return county;
    }
}
