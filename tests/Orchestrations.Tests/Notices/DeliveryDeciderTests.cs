using System.Globalization;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;
using Workflows.Testing;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Notices;

public sealed class DeliveryDeciderTests
{
    private const string Village = "350322001001";
    private const string Township = "350322001";

    [Theory]
    // Friday, the make-up Sunday, the Saturday before it, the eve of the holiday, the holiday, after it.
    [InlineData("2025-09-26 08:29", "2025-09-26 08:30")]
    [InlineData("2025-09-26 08:30", null)]
    [InlineData("2025-09-26 12:30", null)]
    [InlineData("2025-09-26 17:29", null)]
    [InlineData("2025-09-26 17:30", "2025-09-28 08:30")]
    [InlineData("2025-09-27 10:00", "2025-09-28 08:30")]
    [InlineData("2025-09-28 10:00", null)]
    [InlineData("2025-09-30 17:30", "2025-10-09 08:30")]
    [InlineData("2025-10-01 00:00", "2025-10-09 08:30")]
    [InlineData("2025-10-08 23:59", "2025-10-09 08:30")]
    [InlineData("2025-10-12 10:00", "2025-10-13 08:30")]
    public void A_notice_goes_out_in_office_hours_or_waits_for_them(string decided, string? waitsUntil)
    {
        var taken = Taken(Open(Decided(decided)));

        if (waitsUntil is null)
        {
            Assert.Equal((DeliveryStatus.Sending, 1), (taken.State.Status, taken.State.Round));
            Assert.Equal(new DeliverNotice(taken.State.Notice, Village, Local(decided)), taken.Perform);
        }
        else
        {
            Assert.Equal(
                (DeliveryStatus.Queued, Local(waitsUntil), 0), (taken.State.Status, taken.State.Next, taken.State.Round));
            Assert.Null(taken.Perform);
        }
    }

    [Theory]
    [InlineData("2025-09-26 23:00")]
    [InlineData("2025-10-04 03:00")]
    public void An_urgent_notice_goes_out_at_once_at_any_hour(string decided)
    {
        var taken = Taken(Open(Decided(decided, urgent: true)));

        Assert.Equal(DeliveryStatus.Sending, taken.State.Status);
        Assert.NotNull(taken.Perform);
    }

    [Fact]
    public void A_queued_notice_goes_out_when_the_offices_open()
    {
        var queued = Taken(Open(Decided("2025-09-26 18:00"))).State;

        var taken = Taken(Decide(queued, new DeliveryFact.DateReached(), queued.Next!.Value));

        Assert.Equal((DeliveryStatus.Sending, 1), (taken.State.Status, taken.State.Round));
        Assert.Equal(Local("2025-09-28 08:30") + DeliveryDecider.AnswerWithin, taken.State.Next);
    }

    [Fact]
    public void What_the_channel_took_is_sent_and_the_end()
    {
        var sending = Sending();

        var sent = Taken(Decide(sending, new DeliveryFact.Accepted(), Local("2025-09-26 10:01"))).State;

        Assert.Equal(
            sending with { Status = DeliveryStatus.Sent, Next = null, SentAt = Local("2025-09-26 10:01") }, sent);
        Assert.True(new NoticeDelivery().Ended(sent));
    }

    [Fact]
    public void A_recipient_that_cannot_be_reached_gives_way_to_its_superior_up_to_the_board()
    {
        var tried = new List<string>();
        var delivery = Sending();
        while (!new NoticeDelivery().Ended(delivery))
        {
            tried.Add(delivery.Recipient);
            var taken = Taken(Decide(delivery, new DeliveryFact.Undeliverable("no address"), Local("2025-09-26 10:01")));
            Assert.Equal(
                taken.State.Status == DeliveryStatus.FailedPermanent ? null : taken.State.Recipient,
                (taken.Perform as DeliverNotice)?.Recipient);
            delivery = taken.State;
        }

        Assert.Equal([Village, Township, "zzzx", "zbs"], tried);
        Assert.Equal(
            (DeliveryStatus.FailedPermanent, "zbs", null, "no address"),
            (delivery.Status, delivery.Recipient, delivery.Next, delivery.Problem));
        Assert.Equal("red", new NoticeDelivery().Card(delivery, ReferenceCounty.Notices).Light);
    }

    [Fact]
    public void The_superiors_mail_has_another_key_than_the_one_that_could_not_be_delivered()
    {
        var sending = Sending();

        var superior = Taken(Decide(sending, new DeliveryFact.Undeliverable("no address"), Local("2025-09-26 10:01"))).Perform!;

        Assert.Equal("N-1", new DeliverNotice(sending.Notice, Village, Local("2025-09-26 10:00")).Key);
        Assert.Equal($"N-1.{Township}", superior.Key);
    }

    [Fact]
    public void A_channel_that_is_down_is_tried_again_after_an_hour()
    {
        var down = Taken(Decide(Sending(), new DeliveryFact.ChannelDown("no answer"), Local("2025-09-26 10:10"))).State;

        Assert.Equal(
            (DeliveryStatus.FailedTemporary, Local("2025-09-26 11:10"), "no answer"), (down.Status, down.Next, down.Problem));
        Assert.Equal("yellow", new NoticeDelivery().Card(down, ReferenceCounty.Notices).Light);

        var again = Taken(Decide(down, new DeliveryFact.DateReached(), Local("2025-09-26 11:10")));
        Assert.Equal((DeliveryStatus.Sending, 2), (again.State.Status, again.State.Round));
        Assert.NotNull(again.Perform);
    }

    [Fact]
    public void A_channel_that_is_still_down_at_closing_is_tried_again_when_the_offices_open()
    {
        var down = Taken(Decide(Sending(), new DeliveryFact.ChannelDown("no answer"), Local("2025-09-26 17:10"))).State;

        var evening = Taken(Decide(down, new DeliveryFact.DateReached(), Local("2025-09-26 18:10")));

        Assert.Equal((DeliveryStatus.Queued, Local("2025-09-28 08:30")), (evening.State.Status, evening.State.Next));
        Assert.Null(evening.Perform);

        var urgent = down with { Notice = down.Notice with { Urgent = true } };
        Assert.NotNull(Taken(Decide(urgent, new DeliveryFact.DateReached(), Local("2025-09-26 18:10"))).Perform);
    }

    [Fact]
    public void After_fifty_rounds_the_notice_goes_on_the_board()
    {
        var (delivery, at, rounds) = (Sending(), Local("2025-09-26 10:00"), 0);
        while (!new NoticeDelivery().Ended(delivery))
        {
            delivery = Taken(Decide(delivery, new DeliveryFact.ChannelDown("no answer"), at)).State;
            rounds++;
            while (delivery is { Next: { } next, Status: not DeliveryStatus.Sending })
            {
                at = next;
                delivery = Taken(Decide(delivery, new DeliveryFact.DateReached(), at)).State;
            }
        }

        Assert.Equal(DeliveryDecider.RoundsMax, rounds);
        Assert.Equal((DeliveryStatus.FailedPermanent, DeliveryDecider.RoundsMax), (delivery.Status, delivery.Round));
    }

    [Fact]
    public void A_hand_over_without_an_answer_is_repeated_under_the_same_key()
    {
        var sending = Sending();
        Assert.Equal(Local("2025-09-26 12:00"), sending.Next);

        var again = Taken(Decide(sending, new DeliveryFact.DateReached(), Local("2025-09-26 12:00")));

        Assert.Equal("N-1", again.Perform!.Key);
        Assert.Equal(2, again.State.Round);
    }

    [Theory]
    [InlineData(DeliveryStatus.Sent)]
    [InlineData(DeliveryStatus.FailedPermanent)]
    [InlineData(DeliveryStatus.InDigest)]
    public void Nothing_moves_a_notice_that_has_come_to_its_end(DeliveryStatus end)
    {
        var ended = Sending() with { Status = end, Next = null };
        DeliveryFact[] facts =
        [
            new DeliveryFact.Opened(), new DeliveryFact.DateReached(), new DeliveryFact.Accepted(),
            new DeliveryFact.Undeliverable("late"), new DeliveryFact.ChannelDown("late"), new DeliveryFact.Gathered([]),
        ];

        Assert.Equal(facts.Length, typeof(DeliveryFact).GetNestedTypes().Length);
        Assert.All(facts, fact =>
            Assert.IsType<Step<Delivery, DeliveryFact>.Nothing>(Decide(ended, fact, Local("2025-09-29 09:00"))));
    }

    [Fact]
    public void Every_fact_is_taken_in_every_status_before_the_end()
    {
        var states = Enum.GetValues<DeliveryStatus>().Where(status => !NoticeDelivery.IsLast(status));
        var answers = states.Select(status => string.Create(CultureInfo.InvariantCulture, $"{status}: ") + string.Join(
            ", ",
            new DeliveryFact[]
            {
                new DeliveryFact.Opened(), new DeliveryFact.DateReached(), new DeliveryFact.Accepted(),
                new DeliveryFact.Undeliverable("x"), new DeliveryFact.ChannelDown("x"),
                new DeliveryFact.Gathered([]),
            }.Select(fact => Taken(Decide(Sending() with { Status = status }, fact, Local("2025-09-26 10:30"))).State.Status)));

        Assert.Equal(
            [
                "Created: Sending, Sending, Sent, Sending, FailedTemporary, InDigest",
                "Queued: Sending, Sending, Sent, Sending, FailedTemporary, InDigest",
                "Sending: Sending, Sending, Sent, Sending, FailedTemporary, InDigest",
                "FailedTemporary: Sending, Sending, Sent, Sending, FailedTemporary, InDigest",
            ],
            answers);
    }

    private static Delivery Decided(string at, bool urgent = false) => Delivery.Of(new Notice(
        "N-1", "XY-2025-000001", ReferenceCounty.Version, "dispute-offered", Village, [], Local(at), urgent, new Dictionary<string, string>()));

    private static Delivery Sending() => Taken(Open(Decided("2025-09-26 10:00"))).State;

    private static Step<Delivery, DeliveryFact> Open(Delivery delivery)
    {
        var (fact, occasion) = new NoticeDelivery().Opening(delivery);
        return DeliveryDecider.Decide(delivery, fact, occasion, ReferenceCounty.Notices);
    }

    private static Step<Delivery, DeliveryFact> Decide(Delivery delivery, DeliveryFact fact, DateTimeOffset at) =>
        DeliveryDecider.Decide(delivery, fact, new Occasion(at, Occasion.Clock, "DeliverNotice", "N-1"), ReferenceCounty.Notices);

    private static Step<Delivery, DeliveryFact>.Taken Taken(Step<Delivery, DeliveryFact> step) =>
        Assert.IsType<Step<Delivery, DeliveryFact>.Taken>(step);
}
