using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Notices;

/// <summary>
/// Something the system says to a unit, once. Rooms build these; how and when they go out is this room's business.
/// </summary>
/// <param name="Key">Stable over every replay and retry; one notice per key, ever. <c>[A-Za-z0-9._:-]</c>.</param>
/// <param name="Case">The case it is about.</param>
/// <param name="Rules">The rule set it was decided under.</param>
/// <param name="Template">Which template words it.</param>
/// <param name="To">The unit it is for.</param>
/// <param name="Copies">Units that get a copy: the superior, a leader.</param>
/// <param name="DecidedAt">UTC.</param>
/// <param name="Urgent">Goes out at once; others wait for office hours.</param>
/// <param name="Model">What the template shows; never personal data, only ids, dates and words of the rule set.</param>
/// <param name="NotBefore">UTC; null when it may go out as soon as office hours allow.</param>
public sealed record Notice(
    string Key,
    string Case,
    string Rules,
    string Template,
    string To,
    IReadOnlyList<string> Copies,
    DateTimeOffset DecidedAt,
    bool Urgent,
    IReadOnlyDictionary<string, string> Model,
    DateTimeOffset? NotBefore = null)
{
    /// <summary>The flow that delivers it.</summary>
    public StartFlow Say() => StartFlow.Of(
        NoticeDelivery.FlowName, $"{NoticeDelivery.FlowName}-{Key}", CaseRecord.Fresh(Key, Delivery.Of(this)));
}
