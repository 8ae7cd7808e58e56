using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Web.Cases;

namespace Workflows.Web.Supervision;

/// <summary>An assignment as the API shows it.</summary>
/// <param name="Id">plan.task.unit.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Plan">The plan's id.</param>
/// <param name="Task">The task's id.</param>
/// <param name="Title">The task in words.</param>
/// <param name="Unit">Who answers for it.</param>
/// <param name="Role">Its part.</param>
/// <param name="IssuedAt">UTC.</param>
/// <param name="Due">The plan's own date.</param>
/// <param name="Clocks">The terms that run now, each with why it ends when it does.</param>
/// <param name="Claims">How often completion was claimed.</param>
/// <param name="StruckOffAt">UTC.</param>
/// <param name="Rules">The rule set it lives under.</param>
/// <param name="Version">Counts its steps.</param>
/// <param name="FinishBy">Until when it must be done: the plan's date, or a later one.</param>
/// <param name="Light">green, yellow or red, with the rule that says so.</param>
/// <param name="Stuck">Why it is stuck.</param>
/// <param name="Matter">The task, as plan.task, whose matter it is.</param>
/// <param name="Basis">Why the unit has it although the plan does not name it.</param>
/// <param name="Cadence">How often feedback is asked.</param>
/// <param name="Feedback">The period whose feedback is waited for.</param>
/// <param name="Missed">Periods without feedback; it may still be given.</param>
/// <param name="Given">The feedback that was given, oldest first.</param>
/// <param name="Indicators">How the indicators that it reports stand today.</param>
/// <param name="Extension">A wish for more time that is not decided.</param>
/// <param name="Standstill">Why and until when it stands still.</param>
/// <param name="Objection">An objection that is not decided.</param>
/// <param name="Closing">Why it was closed without being done.</param>
/// <param name="Important">True when its plan says that sheets about it begin at a graver colour.</param>
public sealed record AssignmentView(
    string Id,
    AssignmentStatus Status,
    string Plan,
    string Task,
    string Title,
    UnitView Unit,
    AssignmentRole Role,
    DateTimeOffset IssuedAt,
    DateOnly Due,
    IReadOnlyList<ClockView> Clocks,
    int Claims,
    DateTimeOffset? StruckOffAt,
    string Rules,
    int Version,
    DateOnly FinishBy,
    Light Light,
    IReadOnlyList<StuckView> Stuck,
    string Matter,
    UnitBasis? Basis,
    Cadence Cadence,
    FeedbackAsked? Feedback,
    IReadOnlyList<string> Missed,
    IReadOnlyList<Feedback> Given,
    IReadOnlyList<IndicatorView> Indicators,
    WishView? Extension,
    Standstill? Standstill,
    ObjectionView? Objection,
    Closing? Closing,
    bool? Important)
{
    /// <param name="record">The assignment.</param>
    /// <param name="rules">Its rules.</param>
    /// <param name="now">For how its indicators stand.</param>
    public static AssignmentView Of(CaseRecord<Assignment> record, SupervisionRules rules, DateTimeOffset now)
    {
        var assignment = record.State;
        var calendar = rules.Calendar;
        return new AssignmentView(
            assignment.Id,
            assignment.Status,
            assignment.Plan,
            assignment.Task,
            assignment.Title,
            UnitView.Of(assignment.Unit, rules.Units),
            assignment.Role,
            assignment.IssuedAt,
            assignment.Due,
            ClockView.Of([.. AssignmentClocks.Of(assignment).Where(running => !running.Held).Select(running => (running.Name, (Orchestrations.Calendar.Clock?)running.Clock))]),
            assignment.Claims,
            assignment.StruckOffAt,
            assignment.Rules,
            record.Version,
            assignment.FinishBy,
            AssignmentLight.Of(assignment, rules),
            [.. AssignmentBoard.Of(assignment, rules).Select(StuckView.Of)],
            assignment.MatterKey,
            assignment.Basis,
            AssignmentFeedback.CadenceOf(assignment, rules.Process),
            assignment.Feedback is { } term ? new FeedbackAsked(term.Period, term.From, term.To, term.Clock.Deadline.Date, term.Clock.IsOverdue) : null,
            assignment.Missed ?? [],
            assignment.Feedbacks ?? [],
            [.. (assignment.Indicators ?? []).Select(indicator => IndicatorView.Of(indicator, assignment, calendar.LocalDate(assignment.IssuedAt), calendar.LocalDate(now), rules.Process.Indicators?.TolerancePercent ?? 0))],
            assignment.Extension is { } wish ? new WishView(wish.Until, UnitView.Of(wish.Approver, rules.Units), wish.Decide.Deadline.Date) : null,
            assignment.Standstill,
            assignment.Objection is { } objection ? new ObjectionView(objection.At, UnitView.Of(objection.Reviewer, rules.Units), objection.Decide.Deadline.Date) : null,
            assignment.Closing,
            assignment.Important);
    }
}

/// <summary>A cause for which an assignment is stuck, in words.</summary>
public sealed record StuckView(string Cause, string Text, string TextZh)
{
    public static StuckView Of(string cause)
    {
        var (text, textZh) = AssignmentBoard.Words(cause);
        return new StuckView(cause, text, textZh);
    }
}

/// <summary>The period whose feedback is waited for.</summary>
public sealed record FeedbackAsked(string Period, DateOnly From, DateOnly To, DateOnly Due, bool IsOverdue);

/// <summary>A wish for more time.</summary>
/// <param name="Until">The day it is asked for.</param>
/// <param name="Approver">Who decides.</param>
/// <param name="DecideBy">The last day of that.</param>
public sealed record WishView(DateOnly Until, UnitView Approver, DateOnly DecideBy);

/// <summary>An objection.</summary>
/// <param name="At">UTC.</param>
/// <param name="Reviewer">Who decides.</param>
/// <param name="DecideBy">The last day of that.</param>
public sealed record ObjectionView(DateTimeOffset At, UnitView Reviewer, DateOnly DecideBy);

/// <summary>An indicator and how it stands.</summary>
/// <param name="Id">Its id in the plan.</param>
/// <param name="Name">In our own words.</param>
/// <param name="Comparator">How values are compared with the target.</param>
/// <param name="Target">The target.</param>
/// <param name="Unit">Such as %.</param>
/// <param name="Due">The last day.</param>
/// <param name="Force">binding, or aspirational, which is never red.</param>
/// <param name="Value">The value that was reported last.</param>
/// <param name="On">The day for which it holds.</param>
/// <param name="Expected">The value expected today.</param>
/// <param name="State">How it stands today.</param>
/// <param name="Why">The rule in words, English.</param>
/// <param name="WhyZh">The same in Chinese.</param>
public sealed record IndicatorView(
    string Id,
    string Name,
    Comparator Comparator,
    decimal Target,
    string Unit,
    DateOnly Due,
    IndicatorForce Force,
    decimal? Value,
    DateOnly? On,
    decimal? Expected,
    IndicatorState State,
    string Why,
    string WhyZh)
{
    internal static IndicatorView Of(PlanIndicator indicator, Assignment assignment, DateOnly issued, DateOnly today, int tolerance)
    {
        var figure = assignment.Figures?.FirstOrDefault(known => known.Indicator == indicator.Id);
        var standing = IndicatorStandings.At(indicator, figure, issued, today, tolerance);
        return new IndicatorView(
            indicator.Id,
            indicator.Name,
            indicator.Comparator,
            indicator.Value,
            indicator.Unit,
            indicator.Due,
            indicator.Force,
            figure?.Value,
            figure?.On,
            standing.Expected,
            standing.State,
            standing.Text,
            standing.TextZh);
    }
}
