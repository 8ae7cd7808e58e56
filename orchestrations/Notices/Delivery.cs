using System.Text.Json.Serialization;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Notices;

/// <summary>How far a notice has come.</summary>
public enum DeliveryStatus
{
    Created,

    /// <summary>Waits for office hours, or for the next try after <see cref="FailedTemporary"/>.</summary>
    Queued,

    /// <summary>Handed to the channel; the answer is not known yet.</summary>
    Sending,

    /// <summary>The channel took it.</summary>
    Sent,

    /// <summary>The channel was down for longer than the retries last; tried again later.</summary>
    FailedTemporary,

    /// <summary>Nobody could be reached, not even a superior: it stands on the board.</summary>
    FailedPermanent,

    /// <summary>It is said by its units' digests, which are delivered as notices of their own.</summary>
    InDigest,
}

/// <summary>A notice on its way: the state of one <see cref="NoticeDelivery"/>.</summary>
/// <param name="Notice">What is said.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="Recipient">The unit that is being tried: the addressee, then its superiors.</param>
/// <param name="Next">When to look again; null while an answer is awaited or when it has ended.</param>
/// <param name="Round">Counts the hand-overs to the channel.</param>
/// <param name="SentAt">When the channel took it, UTC.</param>
/// <param name="Problem">Why the last try failed.</param>
/// <param name="DigestDay">The digest it is being put into; stays the same however often that is tried.</param>
/// <param name="Digests">The digests that say it: the addressee's first, then those of the copies.</param>
public sealed record Delivery(
    Notice Notice,
    DeliveryStatus Status,
    string Recipient,
    DateTimeOffset? Next,
    int Round,
    DateTimeOffset? SentAt,
    string? Problem,
    DateOnly? DigestDay = null,
    IReadOnlyList<DigestPlace>? Digests = null)
{
    public static Delivery Of(Notice notice) => new(notice, DeliveryStatus.Created, notice.To, null, 0, null, null);
}

/// <summary>What can happen to a notice.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(Opened), nameof(Opened))]
[JsonDerivedType(typeof(DateReached), nameof(DateReached))]
[JsonDerivedType(typeof(Accepted), nameof(Accepted))]
[JsonDerivedType(typeof(Undeliverable), nameof(Undeliverable))]
[JsonDerivedType(typeof(ChannelDown), nameof(ChannelDown))]
[JsonDerivedType(typeof(Gathered), nameof(Gathered))]
public abstract record DeliveryFact
{
    private DeliveryFact()
    {
    }

    public sealed record Opened : DeliveryFact;

    public sealed record DateReached : DeliveryFact;

    /// <summary>The channel took the notice, now or at an earlier try.</summary>
    public sealed record Accepted : DeliveryFact;

    /// <summary>This recipient cannot be reached: no address, or refused for good.</summary>
    public sealed record Undeliverable(string Reason) : DeliveryFact;

    /// <summary>All retries of the channel are used up.</summary>
    public sealed record ChannelDown(string Reason) : DeliveryFact;

    /// <summary>The notice lies in digests.</summary>
    /// <param name="Places">The addressee's first.</param>
    public sealed record Gathered(IReadOnlyList<DigestPlace> Places) : DeliveryFact;
}

/// <summary>Hands a notice to the channel.</summary>
/// <param name="Notice">What is said.</param>
/// <param name="Recipient">The unit to say it to; looked up at the time of sending, so a corrected address counts.</param>
/// <param name="At">The date of the mail, UTC.</param>
public sealed record DeliverNotice(Notice Notice, string Recipient, DateTimeOffset At) : IActivity<DeliveryFact>
{
    /// <summary>Per recipient: the superior's mail is another mail than the one that could not be delivered.</summary>
    public string Key => Recipient == Notice.To ? Notice.Key : $"{Notice.Key}.{Recipient}";
}
