using System.Globalization;
using System.Text.Json;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Disputes;

/// <summary>One flow per dispute: village, township, county, until it has ended.</summary>
public sealed class DisputeEscalation : CaseKind<Dispute, DisputeFact, DisputeRules>
{
    public const string FlowName = nameof(DisputeEscalation);

    /// <summary>The list in which a case stands that has ended and whose flow lives on.</summary>
    public const string FollowedList = AftercareWords.Followed;

    /// <summary>The list of the open cases in which somebody mediates or is planned to.</summary>
    public static string ListOf(string mediator) => $"disputes.mediator.{mediator}";

    public override string Name => FlowName;

    public override DisputeFact DateReached { get; } = new DisputeFact.DateReached();

    public override Step<Dispute, DisputeFact> Decide(
        Dispute state, DisputeFact fact, Occasion occasion, DisputeRules rules) =>
        DisputeDecider.Decide(state, fact, occasion, rules);

    public override (DisputeFact Fact, Occasion Occasion) Opening(Dispute state) =>
        (new DisputeFact.Opened(), new Occasion(state.OpenedAt, state.By, state.Via, "opened"));

    public override DateTimeOffset? Next(Dispute state) => state.Next;

    public override bool Ended(Dispute state) => state.Ended;

    public override string RulesVersion(Dispute state) => state.Rules;

    public override string RulesVersion(Dispute state, DisputeFact fact) =>
        fact is DisputeFact.RulesChanged changed ? changed.Version : state.Rules;

    public override DisputeFact Failed(string key, string reason) => new DisputeFact.PeopleNotMoved();

    /// <remarks>One that is not there now may come back from its projection, and is asked again by date.</remarks>
    public override DisputeFact? NotTold(TellFlow tell, SendOutcome outcome) =>
        outcome == SendOutcome.Ended ? new DisputeFact.CaseGone(DisputeTies.CaseOf(tell.Id)) : null;

    public override CaseCard Card(Dispute state, DisputeRules rules)
    {
        var status = JsonNamingPolicy.CamelCase.ConvertName(state.Status.ToString());
        var due = state.Clocks.Min(clock => (DateTimeOffset?)clock.Deadline.At);
        var light = LightOf(state);
        var summary = new DisputeSummary(
            state.Id, status, state.Level, state.Handler, state.Place, state.Category, state.People, state.Danger,
            state.OpenedAt, due, light, state.Offers, state.Overdue, state.Outcome?.At, state.Outcome?.Reason,
            state.Aftercare?.Parties.Select(party => party.Stars).OfType<int>().ToArray() is { Length: > 0 } stars ? stars : null,
            state.ClosedAt, state.Reopenings > 0 ? state.Reopenings : null);
        string[] open = state.Outcome is { } outcome
            ? [string.Create(CultureInfo.InvariantCulture, $"disputes.ended.{rules.Calendar.LocalDate(outcome.At):yyyy-MM}"), .. AftercareWords.Lists(state)]
            :
            [
                "disputes.open",
                $"disputes.light.{light}",
                .. DisputeBoard.Of(state, rules).Select(cause => $"disputes.board.{cause}"),
                .. state.Suspension is null ? [] : new[] { "disputes.suspended.true" },
                .. (state.Assists ?? []).Where(assist => assist.Clock is not null).Select(assist => $"disputes.assisting.{assist.Unit}"),
                .. state.AllMediators.Select(ListOf),
                .. new[] { state.Return?.Superior, state.Extension?.Approver }.Concat((state.Avoidances ?? []).Where(wish => wish.Decide is not null).Select(wish => wish.Decider)).OfType<string>().Distinct().Select(unit => $"disputes.deciding.{unit}"),
            ];
        return new CaseCard(
            status,
            state.OpenedAt,
            due,
            light,
            [
                "disputes",
                $"disputes.status.{status}",
                $"disputes.handler.{state.Handler}",
                $"disputes.place.{state.Place}",
                string.Create(CultureInfo.InvariantCulture, $"disputes.opened.{rules.Calendar.LocalDate(state.OpenedAt):yyyy-MM}"),
                .. open,
            ],
            JsonSerializer.SerializeToElement(summary, Wire.Options));
    }

    /// <summary>Red: a term that runs is over. Yellow: a reminder of one is out, or nobody has consented yet. Else green.</summary>
    private static string LightOf(Dispute dispute) =>
        dispute.Clocks.Any(clock => clock.IsOverdue) ? "red"
        : dispute.Status == DisputeStatus.AwaitingConsent || dispute.Clocks.Any(clock => clock.RemindersSaid > 0) ? "yellow"
        : "green";
}

/// <summary>A row in a list of disputes.</summary>
/// <param name="Id">The case's code.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Level">Who mediates.</param>
/// <param name="Handler">The unit that handles it.</param>
/// <param name="Place">Division code.</param>
/// <param name="Category">What it is about.</param>
/// <param name="People">How many it touches.</param>
/// <param name="Danger">Signs of danger.</param>
/// <param name="OpenedAt">UTC.</param>
/// <param name="Due">The nearest term's end, UTC.</param>
/// <param name="Light">green, yellow or red.</param>
/// <param name="Offers">How often it was offered to a handler.</param>
/// <param name="Overdue">How often a term was missed.</param>
/// <param name="EndedAt">UTC.</param>
/// <param name="EndReason">Why it ended.</param>
/// <param name="Ratings">The stars that its parties gave after the end; null while there are none.</param>
/// <param name="ClosedAt">UTC; when nothing was left to follow.</param>
/// <param name="Reopenings">How often it was taken up again; null while it never was.</param>
/// <param name="Code">The official code; put in when a list is read, since it follows from the id.</param>
public sealed record DisputeSummary(
    string Id,
    string Status,
    Level Level,
    string Handler,
    string Place,
    string Category,
    int People,
    bool Danger,
    DateTimeOffset OpenedAt,
    DateTimeOffset? Due,
    string Light,
    int Offers,
    int Overdue,
    DateTimeOffset? EndedAt,
    string? EndReason,
    IReadOnlyList<int>? Ratings = null,
    DateTimeOffset? ClosedAt = null,
    int? Reopenings = null,
    string? Code = null);
