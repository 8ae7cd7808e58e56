using System.Text;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;
using Workflows.Orchestrations.Tests.Supervision;
using Workflows.Testing;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Notices;

public sealed class DigestTests
{
    private static readonly NoticeRules Rules = ReferenceCounty.NoticesInDigests;

    [Theory]
    // Friday before and at nine, after hours, the Saturday before the make-up Sunday, that Sunday, the eve of the holiday, the holiday.
    [InlineData("2025-09-26 08:59", "2025-09-26")]
    [InlineData("2025-09-26 09:00", "2025-09-28")]
    [InlineData("2025-09-26 23:59", "2025-09-28")]
    [InlineData("2025-09-27 08:00", "2025-09-28")]
    [InlineData("2025-09-28 00:00", "2025-09-28")]
    [InlineData("2025-09-28 10:00", "2025-09-29")]
    [InlineData("2025-09-30 09:01", "2025-10-09")]
    [InlineData("2025-10-08 23:59", "2025-10-09")]
    [InlineData("2025-10-11 08:00", "2025-10-11")]
    public void What_comes_by_the_task_waits_for_the_first_digest_after_it(string decided, string day)
    {
        var taken = Taken(Decide(Delivery.Of(Notice(decided)), new DeliveryFact.Opened(), decided));

        Assert.Equal((DeliveryStatus.Queued, Day(day)), (taken.State.Status, taken.State.DigestDay));
        Assert.Equal(new GatherNotice(taken.State.Notice, Day(day)), taken.Perform);
    }

    [Fact]
    public void An_urgent_notice_and_one_that_is_not_listed_are_mails_of_their_own()
    {
        var urgent = Taken(Decide(Delivery.Of(Notice("2025-09-26 10:00") with { Urgent = true }), new DeliveryFact.Opened(), "2025-09-26 10:00"));
        var dispute = Taken(Decide(Delivery.Of(Notice("2025-09-26 10:00") with { Template = "dispute-offered" }), new DeliveryFact.Opened(), "2025-09-26 10:00"));

        Assert.IsType<DeliverNotice>(urgent.Perform);
        Assert.IsType<DeliverNotice>(dispute.Perform);
    }

    [Fact]
    public void A_rule_set_from_before_there_were_digests_gathers_nothing()
    {
        var step = DeliveryDecider.Decide(
            Delivery.Of(Notice("2025-09-26 10:00")), new DeliveryFact.Opened(), At("2025-09-26 10:00"), ReferenceCounty.Notices);

        Assert.IsType<DeliverNotice>(Taken(step).Perform);
    }

    [Fact]
    public void A_notice_that_was_gathered_is_done_and_starts_the_digests_of_its_unit_and_its_copies()
    {
        var waiting = Taken(Decide(Delivery.Of(Notice("2025-09-26 10:00")), new DeliveryFact.Opened(), "2025-09-26 10:00")).State;
        var gathered = new DeliveryFact.Gathered([new("mzj", Day("2025-09-28")), new("dcs", Day("2025-09-29"))]);

        var taken = Taken(Decide(waiting, gathered, "2025-09-26 10:00"));

        Assert.True(new NoticeDelivery().Ended(taken.State));
        Assert.Equal(
            ["NoticeDelivery-digest.mzj.2025-09-28", "NoticeDelivery-digest.dcs.2025-09-29"], taken.Starts.Select(start => start.Id));
        var digest = Wire.Read<CaseRecord<Delivery>>(Encoding.UTF8.GetBytes(taken.Starts[0].Input.GetRawText())).State;
        Assert.Equal(("mzj", Local("2025-09-28 09:00")), (digest.Notice.To, digest.Notice.NotBefore));
    }

    [Fact]
    public void When_the_store_is_down_the_notice_is_put_into_the_same_digest_an_hour_later()
    {
        var waiting = Taken(Decide(Delivery.Of(Notice("2025-09-26 08:50")), new DeliveryFact.Opened(), "2025-09-26 08:50")).State;

        var down = Taken(Decide(waiting, new DeliveryFact.ChannelDown("disk full"), "2025-09-26 08:55")).State;
        var again = Taken(Decide(down, new DeliveryFact.DateReached(), "2025-09-26 09:55"));

        Assert.Equal(Local("2025-09-26 09:55"), down.Next);
        Assert.Equal(new GatherNotice(again.State.Notice, Day("2025-09-26")), again.Perform);
    }

    [Fact]
    public void A_digest_waits_for_its_moment_and_then_goes_out_as_any_notice_does()
    {
        var digest = Notice("2025-09-26 10:00") with { Template = Digest.Template, NotBefore = Local("2025-09-28 09:00") };

        var queued = Taken(Decide(Delivery.Of(digest), new DeliveryFact.Opened(), "2025-09-26 10:00"));
        var sending = Taken(Decide(queued.State, new DeliveryFact.DateReached(), "2025-09-28 09:00"));

        Assert.Equal((DeliveryStatus.Queued, Local("2025-09-28 09:00")), (queued.State.Status, queued.State.Next));
        Assert.IsType<DeliverNotice>(sending.Perform);
    }

    [Fact]
    public void A_unit_in_three_tasks_gets_one_mail_the_next_morning_and_every_notice_leads_to_it()
    {
        var shelf = ReferenceCounty.Shelf.Put(ReferenceCounty.Version, Rules);
        var county = new InMemoryCounty(Samples.Issued, shelf);
        foreach (var task in new[] { "T01", "T02", "T03" })
        {
            county.Open(Samples.Services with { Id = $"2023-3.{task}.mzj", Task = task });
        }

        county.Flows.RunUntil(Local("2025-09-28 09:00"));

        Assert.Equal(["09-28 09:00 unit-digest mzj"], county.Mails);
        Assert.Equal(["assignment-issued mzj", "assignment-issued mzj", "assignment-issued mzj"], county.InDigest("mzj", Day("2025-09-28")));
        var card = county.Saved.Last(save => save.Id == "2023-3.T02.mzj.assignment-issued.0.1.mzj").Card;
        Assert.Equal("inDigest", card.Status);
        Assert.Equal("digest.mzj.2025-09-28", card.Summary.GetProperty("digests")[0].GetString());
        county.Flows.ReplayAll();
    }

    [Theory]
    [InlineData("9 Uhr", "$.digest.at time")]
    [InlineData("25:00", "$.digest.at time")]
    public void A_time_that_is_none_is_named(string at, string error) =>
        Assert.Equal([error], Errors("""{"digest":{"at":"AT","templates":["a"]}}""".Replace("AT", at, StringComparison.Ordinal)));

    [Fact]
    public void A_digest_of_digests_a_blank_and_a_double_are_named() =>
        Assert.Equal(
            ["$.digest.templates[0] digest-of-digests", "$.digest.templates[1] blank", "$.digest.templates[3] duplicate-id"],
            Errors("""{"digest":{"at":"09:00","templates":["unit-digest"," ","a","a"]}}"""));

    private static string[] Errors(string json) =>
        [.. NoticeData.ParseDigest("notices.json", Encoding.UTF8.GetBytes(json)).Errors.Select(error => $"{error.Path} {error.Rule}")];

    private static Notice Notice(string decided) => new(
        "N-1", "2023-3.T07.mzj", ReferenceCounty.Version, "assignment-issued", "mzj", [], Local(decided), Urgent: false,
        new Dictionary<string, string> { ["to"] = "民政局" });

    private static Occasion At(string moment) => new(Local(moment), Occasion.Clock, Occasion.Clock, "x");

    private static Step<Delivery, DeliveryFact> Decide(Delivery delivery, DeliveryFact fact, string at) =>
        DeliveryDecider.Decide(delivery, fact, At(at), Rules);

    private static Step<Delivery, DeliveryFact>.Taken Taken(Step<Delivery, DeliveryFact> step) =>
        Assert.IsType<Step<Delivery, DeliveryFact>.Taken>(step);
}
