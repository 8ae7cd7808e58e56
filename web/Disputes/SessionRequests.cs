namespace Workflows.Web.Disputes;

/// <param name="By">The handler.</param>
/// <param name="On">The day, any day of the week, within the running term.</param>
/// <param name="From">When it begins, local, such as <c>19:30</c>.</param>
/// <param name="To">When it ends, the same day.</param>
/// <param name="Form">onSite or online.</param>
/// <param name="Place">Where, or how to join, at most 300 characters; kept with the personal data and shown to those of the case.</param>
/// <param name="Mediators">Ids of the handler's roster; those named for the case when not given.</param>
public sealed record PlanSession(
    string? By = null,
    string? On = null,
    string? From = null,
    string? To = null,
    string? Form = null,
    string? Place = null,
    IReadOnlyList<string?>? Mediators = null);

/// <param name="By">The handler.</param>
/// <param name="Session">The number of the planned session.</param>
/// <param name="On">The new day.</param>
/// <param name="From">When it begins.</param>
/// <param name="To">When it ends.</param>
/// <param name="Form">onSite or online; as before when not given.</param>
/// <param name="Place">As before when not given.</param>
public sealed record MoveSession(
    string? By = null,
    int? Session = null,
    string? On = null,
    string? From = null,
    string? To = null,
    string? Form = null,
    string? Place = null);

/// <param name="By">The handler.</param>
/// <param name="Session">The number of the planned session.</param>
/// <param name="Reason">Why, at most 2,000 characters; kept with the personal data.</param>
public sealed record CancelSession(string? By = null, int? Session = null, string? Reason = null);

/// <param name="By">The handler.</param>
/// <param name="On">The day of the session.</param>
/// <param name="Record">What was said, at most 10,000 characters; kept with the personal data.</param>
/// <param name="Session">The number of the planned session that it was.</param>
/// <param name="Present">The parties who were there, such as <c>p1</c>; an empty list when none was.</param>
/// <param name="Mediators">Who mediated; those planned or named when not given.</param>
/// <param name="Files">Ids of files of the case that belong to the record.</param>
public sealed record RecordSession(
    string? By = null,
    string? On = null,
    string? Record = null,
    int? Session = null,
    IReadOnlyList<string?>? Present = null,
    IReadOnlyList<string?>? Mediators = null,
    IReadOnlyList<string?>? Files = null);

/// <param name="By">The handler.</param>
/// <param name="Mediators">Ids of its roster; the first leads.</param>
public sealed record NameMediators(string? By = null, IReadOnlyList<string?>? Mediators = null);

/// <param name="By">The handler, or a unit above it.</param>
/// <param name="Party">Who chose, such as <c>p1</c>.</param>
/// <param name="Mediator">Whom, an id of the handler's roster.</param>
public sealed record ChooseMediator(string? By = null, string? Party = null, string? Mediator = null);

/// <param name="By">The handler; for a party also a unit above it.</param>
/// <param name="Mediator">Whom it is about.</param>
/// <param name="Kind">An id of the reasons, such as <c>relative</c>.</param>
/// <param name="Party">The party that asks; the mediator's unit when not given.</param>
/// <param name="Reason">More, at most 2,000 characters; kept with the personal data.</param>
public sealed record AskAvoidance(string? By = null, string? Mediator = null, string? Kind = null, string? Party = null, string? Reason = null);

/// <param name="By">The unit that was asked.</param>
/// <param name="Mediator">Whom it is about.</param>
/// <param name="Accepted">Whether the mediator is out of the case.</param>
/// <param name="Reason">Why, at most 2,000 characters; kept with the personal data.</param>
public sealed record DecideAvoidance(string? By = null, string? Mediator = null, bool? Accepted = null, string? Reason = null);

/// <param name="By">The handler.</param>
/// <param name="Mediator">Who must not mediate.</param>
/// <param name="Reason">Why, at most 2,000 characters; kept with the personal data.</param>
public sealed record DeclareConflict(string? By = null, string? Mediator = null, string? Reason = null);
