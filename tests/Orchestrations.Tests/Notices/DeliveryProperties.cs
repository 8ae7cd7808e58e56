using CsCheck;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;
using Workflows.Orchestrations.Tests.Durable;
using Workflows.Testing;

namespace Workflows.Orchestrations.Tests.Notices;

public sealed class DeliveryProperties
{
    private static readonly Gen<DeliveryFact> GenAnswer = Gen.OneOf<DeliveryFact>(
        new DeliveryFact.Undeliverable("no address"),
        new DeliveryFact.ChannelDown("no answer"),
        new DeliveryFact.ChannelDown("no answer"),
        new DeliveryFact.ChannelDown("no answer"),
        // No answer at all: the case was started again in the middle of a hand-over.
        new DeliveryFact.DateReached());

    [Fact]
    public void Whatever_the_channel_answers_a_notice_is_sent_or_on_the_board_and_never_out_of_hours() =>
        Gen.Select(
            Gen.OneOf("350322001001", "350322001", "mzj", "zbs"), Gen.Int[0, 500 * 60], Gen.Bool, GenAnswer.Array[0, 80], Gen.Bool).Sample(
            (to, minutes, urgent, answers, takenAtLast) =>
            {
                var notice = new Notice(
                    $"XY-2025-000001.dispute-offered.1.1.{to}", "XY-2025-000001", ReferenceCounty.Version, "dispute-offered",
                    to, [], LocalTime.Local("2025-09-20 00:00").AddMinutes(minutes), urgent, new Dictionary<string, string>());
                var run = new CaseRun<Delivery, DeliveryFact, NoticeRules>(
                    new NoticeDelivery(), Delivery.Of(notice), ReferenceCounty.Notices);
                var at = notice.DecidedAt;
                var step = run.Open();
                var answer = 0;
                for (var steps = 0; !run.Ended; steps++)
                {
                    Assert.True(steps < 1000, "The notice neither goes out nor stops.");
                    CaseChecks.Step(run, step);
                    var request = (step as Step<Delivery, DeliveryFact>.Taken)?.Perform;
                    if (request is DeliverNotice mail)
                    {
                        Assert.True(
                            urgent || ReferenceCounty.Calendar.NextOfficeMoment(mail.At) == mail.At || answer > 0 && answers[answer - 1] is DeliveryFact.Undeliverable,
                            "Mail goes out in office hours.");
                        DeliveryFact said = answer < answers.Length ? answers[answer++]
                            : takenAtLast ? new DeliveryFact.Accepted()
                            : new DeliveryFact.ChannelDown("no answer");
                        at = said is DeliveryFact.DateReached ? run.State.Next!.Value : at.AddMinutes(10);
                        step = run.Tell(at, Occasion.Clock, said);
                    }
                    else
                    {
                        at = run.State.Next!.Value;
                        step = run.Reach(at);
                    }
                }

                CaseChecks.Whole(run);
                Assert.True(run.State.Status is DeliveryStatus.Sent or DeliveryStatus.FailedPermanent);
                Assert.True(run.State.Round <= DeliveryDecider.RoundsMax + answers.Length, "Rounds have an end.");
            },
            iter: 400);
}
