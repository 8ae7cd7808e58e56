using System.Diagnostics;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Notices;

/// <summary>When a notice goes out and to whom, when the one it is for cannot be reached.</summary>
public static class DeliveryDecider
{
    /// <summary>After so many hand-overs that found the channel down, the notice goes on the board.</summary>
    public const int RoundsMax = 50;

    /// <summary>The channel is tried again this long after all retries of a hand-over were used up.</summary>
    public static TimeSpan TryAgainAfter { get; } = TimeSpan.FromHours(1);

    /// <summary>
    /// A hand-over without an answer is repeated after this time; the key keeps it from being said twice. It happens
    /// only when a case is started again from its projection in the middle of a hand-over.
    /// </summary>
    public static TimeSpan AnswerWithin { get; } = TimeSpan.FromHours(2);

    public static Step<Delivery, DeliveryFact> Decide(
        Delivery delivery, DeliveryFact fact, Occasion occasion, NoticeRules rules) => (fact, delivery.Status) switch
        {
            (_, DeliveryStatus.Sent or DeliveryStatus.FailedPermanent or DeliveryStatus.InDigest) => new Step<Delivery, DeliveryFact>.Nothing(),
            (DeliveryFact.Opened or DeliveryFact.DateReached, _) when rules.Digest?.Gathers(delivery.Notice) == true =>
                Gather(delivery, occasion, rules, rules.Digest),
            // A try that comes due at night waits like a new notice does.
            (DeliveryFact.Opened or DeliveryFact.DateReached, _) => InOfficeHours(delivery, occasion, rules),
            (DeliveryFact.Gathered gathered, _) => Gathered(delivery, gathered.Places, occasion, rules),
            (DeliveryFact.Accepted, _) => Sent(delivery, occasion),
            (DeliveryFact.Undeliverable undeliverable, _) => ToSuperior(delivery, undeliverable.Reason, occasion, rules),
            (DeliveryFact.ChannelDown down, _) => Later(delivery, down.Reason, occasion),
            _ => throw new UnreachableException(),
        };

    private static Step<Delivery, DeliveryFact> InOfficeHours(
        Delivery delivery, Occasion occasion, NoticeRules rules)
    {
        var notBefore = delivery.Notice.NotBefore is { } moment && moment > occasion.At ? moment : occasion.At;
        var officeMoment = rules.Calendar.NextOfficeMoment(notBefore);
        if (delivery.Notice.Urgent || officeMoment <= occasion.At)
        {
            return HandOver(delivery, occasion);
        }

        return Take(
            delivery with { Status = DeliveryStatus.Queued, Next = officeMoment },
            new JournalLine("Queued", "Waits for office hours.", "等待办公时间发送。"));
    }

    /// <summary>The day is kept in the state, so that a second try cannot put the notice into a second digest.</summary>
    private static Step<Delivery, DeliveryFact> Gather(
        Delivery delivery, Occasion occasion, NoticeRules rules, DigestRule rule)
    {
        var day = delivery.DigestDay ?? Digest.DayAfter(occasion.At, rule, rules.Calendar);
        return Take(
            delivery with
            {
                Status = DeliveryStatus.Queued,
                Next = occasion.At + AnswerWithin,
                Round = delivery.Round + 1,
                DigestDay = day,
            },
            new JournalLine(
                "Gathering",
                $"Waits for the digest of {Why.Iso(day)}.",
                $"并入{DeadlineText.Zh(day)}的每日汇总。"),
            new GatherNotice(delivery.Notice, day));
    }

    private static Step<Delivery, DeliveryFact> Gathered(
        Delivery delivery, IReadOnlyList<DigestPlace> places, Occasion occasion, NoticeRules rules)
    {
        var said = string.Join(", ", places.Select(place => Digest.KeyOf(place.Unit, place.Day)));
        return new Step<Delivery, DeliveryFact>.Taken(
            delivery with { Status = DeliveryStatus.InDigest, Next = null, Problem = null, Digests = places },
            [new JournalLine("InDigest", $"Said by {said}.", $"由每日汇总发送：{said}。")],
            [.. places.Select(place => Digest.Say(place, delivery.Notice, occasion.At, rules))]);
    }

    private static Step<Delivery, DeliveryFact> HandOver(Delivery delivery, Occasion occasion)
    {
        var sending = delivery with
        {
            Status = DeliveryStatus.Sending,
            Next = occasion.At + AnswerWithin,
            Round = delivery.Round + 1,
        };
        return Take(
            sending,
            new JournalLine("Sending", $"Handed to the channel for {delivery.Recipient}.", $"交付发送：{delivery.Recipient}。"),
            new DeliverNotice(delivery.Notice, delivery.Recipient, occasion.At));
    }

    private static Step<Delivery, DeliveryFact> Sent(Delivery delivery, Occasion occasion) => Take(
        delivery with { Status = DeliveryStatus.Sent, Next = null, SentAt = occasion.At, Problem = null },
        new JournalLine("Sent", $"Sent to {delivery.Recipient}.", $"已发送：{delivery.Recipient}。"));

    private static Step<Delivery, DeliveryFact> ToSuperior(
        Delivery delivery, string reason, Occasion occasion, NoticeRules rules)
    {
        if (rules.Units.SuperiorOf(delivery.Recipient) is not { } superior)
        {
            return Fail(delivery, reason);
        }

        var sending = delivery with
        {
            Status = DeliveryStatus.Sending,
            Recipient = superior.Id,
            Problem = reason,
            Next = occasion.At + AnswerWithin,
            Round = delivery.Round + 1,
        };
        return Take(
            sending,
            new JournalLine(
                "Undeliverable",
                $"{delivery.Recipient} cannot be reached ({reason}); goes to its superior {superior.Id}.",
                $"{delivery.Recipient}无法送达（{reason}），改送上级{superior.Id}。"),
            new DeliverNotice(delivery.Notice, superior.Id, occasion.At));
    }

    private static Step<Delivery, DeliveryFact> Later(Delivery delivery, string reason, Occasion occasion) =>
        delivery.Round >= RoundsMax
            ? Fail(delivery, reason)
            : Take(
                delivery with
                {
                    Status = DeliveryStatus.FailedTemporary,
                    Next = occasion.At + TryAgainAfter,
                    Problem = reason,
                },
                new JournalLine("ChannelDown", $"The channel is down ({reason}); tried again later.", $"发送通道故障（{reason}），稍后重试。"));

    private static Step<Delivery, DeliveryFact> Fail(Delivery delivery, string reason) => Take(
        delivery with { Status = DeliveryStatus.FailedPermanent, Next = null, Problem = reason },
        new JournalLine("FailedPermanent", $"Nobody could be reached ({reason}); on the board.", $"无人可送达（{reason}），列入看板。"));

    private static Step<Delivery, DeliveryFact>.Taken Take(
        Delivery delivery, JournalLine line, IActivity<DeliveryFact>? perform = null) => new(delivery, [line], [], perform);
}
