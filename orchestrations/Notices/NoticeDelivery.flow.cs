using System.Globalization;
using System.Text.Json;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Notices;

/// <summary>One flow per notice: the one way out for everything the system says.</summary>
public sealed class NoticeDelivery : CaseKind<Delivery, DeliveryFact, NoticeRules>
{
    public const string FlowName = nameof(NoticeDelivery);

    public override string Name => FlowName;

    public override DeliveryFact DateReached { get; } = new DeliveryFact.DateReached();

    public override Step<Delivery, DeliveryFact> Decide(
        Delivery state, DeliveryFact fact, Occasion occasion, NoticeRules rules) =>
        DeliveryDecider.Decide(state, fact, occasion, rules);

    public override (DeliveryFact Fact, Occasion Occasion) Opening(Delivery state) =>
        (new DeliveryFact.Opened(), new Occasion(state.Notice.DecidedAt, Occasion.Clock, Occasion.Clock, "opened"));

    public override DateTimeOffset? Next(Delivery state) => state.Next;

    public override bool Ended(Delivery state) => IsLast(state.Status);

    /// <summary>Nothing follows: sent, given up, or left to digests.</summary>
    public static bool IsLast(DeliveryStatus status) =>
        status is DeliveryStatus.Sent or DeliveryStatus.FailedPermanent or DeliveryStatus.InDigest;

    public override string RulesVersion(Delivery state) => state.Notice.Rules;

    public override DeliveryFact Failed(string key, string reason) => new DeliveryFact.ChannelDown(reason);

    public override CaseCard Card(Delivery state, NoticeRules rules)
    {
        var status = JsonNamingPolicy.CamelCase.ConvertName(state.Status.ToString());
        var summary = new NoticeSummary(
            state.Notice.Key, state.Notice.Case, state.Notice.Template, state.Notice.To, state.Recipient,
            state.Notice.Copies, status, state.Notice.DecidedAt, state.SentAt, state.Problem,
            state.Digests?.Select(place => Digest.KeyOf(place.Unit, place.Day)).ToList());
        return new CaseCard(
            status,
            state.Notice.DecidedAt,
            state.Next,
            LightOf(state),
            [
                "notices",
                $"notices.case.{state.Notice.Case}",
                $"notices.to.{state.Notice.To}",
                $"notices.status.{status}",
                string.Create(CultureInfo.InvariantCulture, $"notices.month.{rules.Calendar.LocalDate(state.Notice.DecidedAt):yyyy-MM}"),
            ],
            JsonSerializer.SerializeToElement(summary, Wire.Options));
    }

    /// <summary>Red: nobody was reached. Yellow: not yet, or somebody other than the addressee. Else green.</summary>
    private static string LightOf(Delivery delivery) =>
        delivery.Status == DeliveryStatus.FailedPermanent ? "red"
        : delivery.Status == DeliveryStatus.FailedTemporary || delivery.Recipient != delivery.Notice.To ? "yellow"
        : "green";
}

/// <summary>A row in a list of notices.</summary>
/// <param name="Key">The notice's key.</param>
/// <param name="Case">The case it is about.</param>
/// <param name="Template">What it says.</param>
/// <param name="To">The unit it is for.</param>
/// <param name="Recipient">The unit that got it, or is being tried.</param>
/// <param name="Copies">Who got a copy.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="DecidedAt">UTC.</param>
/// <param name="SentAt">UTC.</param>
/// <param name="Problem">Why it is not where it should be.</param>
/// <param name="Digests">The keys of the digests that say it; null for a mail of its own.</param>
public sealed record NoticeSummary(
    string Key,
    string Case,
    string Template,
    string To,
    string Recipient,
    IReadOnlyList<string> Copies,
    string Status,
    DateTimeOffset DecidedAt,
    DateTimeOffset? SentAt,
    string? Problem,
    IReadOnlyList<string>? Digests = null);
