using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Units;
using Workflows.Web.Cases;

namespace Workflows.Web.Disputes;

/// <summary>A session that is planned.</summary>
/// <param name="Number">Within the case.</param>
/// <param name="On">Local date.</param>
/// <param name="From">Local time.</param>
/// <param name="To">Local time.</param>
/// <param name="Form">onSite or online.</param>
/// <param name="Place">The id of the protected text.</param>
/// <param name="Moves">How often it was moved.</param>
/// <param name="Mediators">Ids of those who mediate it; null: those named for the case.</param>
/// <param name="NeedsMoving">The case stands still, so it cannot be held.</param>
/// <param name="Unrecorded">Its day has passed and there is no record.</param>
public sealed record PlannedSessionView(
    int Number,
    DateOnly On,
    TimeOnly From,
    TimeOnly To,
    SessionForm Form,
    string Place,
    int Moves,
    IReadOnlyList<string>? Mediators,
    bool NeedsMoving,
    bool Unrecorded)
{
    /// <summary>The next first; null when nothing is planned.</summary>
    public static IReadOnlyList<PlannedSessionView>? Of(Dispute dispute) => dispute.SessionPlans is null ? null :
    [
        .. dispute.SessionPlans.OrderBy(plan => plan.On).ThenBy(plan => plan.From).Select(plan => new PlannedSessionView(
            plan.Number, plan.On, plan.From, plan.To, plan.Form, plan.PlaceText, plan.Moves, plan.Mediators, dispute.Suspension is not null, plan.Clock.IsOverdue)),
    ];
}

/// <summary>A mediator of a case.</summary>
/// <param name="Id">Of the roster.</param>
/// <param name="Name">Masked; null when nobody of this id is on a roster.</param>
/// <param name="Leads">True for the one who leads.</param>
/// <param name="Active">Whether the person is on the roster today; who is not must be replaced.</param>
public sealed record CaseMediatorView(string Id, string? Name, bool Leads, bool Active);

/// <summary>A mediator who should not mediate the case.</summary>
/// <param name="Id">Within the case.</param>
/// <param name="Mediator">Whom it is about.</param>
/// <param name="Kind">An id of the reasons; null when the mediator declared it.</param>
/// <param name="Party">Who asked; null when the unit did.</param>
/// <param name="Text">The id of the protected text with the reason.</param>
/// <param name="Decider">Who decides or has decided.</param>
/// <param name="DecideBy">The last day to decide, while it is open.</param>
/// <param name="Accepted">Whether the mediator is out.</param>
public sealed record AvoidanceView(
    string Id, string Mediator, string? Kind, string? Party, string Text, UnitView? Decider, DateOnly? DecideBy, bool? Accepted)
{
    public static IReadOnlyList<AvoidanceView>? Of(Dispute dispute, UnitRegister units) => dispute.Avoidances is null ? null :
    [
        .. dispute.Avoidances.Select(wish => new AvoidanceView(
            wish.Id, wish.Mediator, wish.Kind, wish.Party, wish.Text, wish.Decider is { } decider ? UnitView.Of(decider, units) : null, wish.Decide?.Deadline.Date, wish.Accepted)),
    ];
}
