using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision;

/// <summary>
/// How a task goes, period by period: the first is opened by the signature, each next one by the feedback before it or
/// by its own end. A claim is asked for nothing, nor is what has ended.
/// </summary>
public static class AssignmentFeedback
{
    /// <summary>The state keeps so many; the journal has all.</summary>
    public const int KeptMax = 40;

    /// <summary>When the period after one that is overdue is over, so that the next is asked for, UTC.</summary>
    public static DateTimeOffset? NextOpens(Assignment assignment) =>
        assignment is { Status: not AssignmentStatus.Claimed, Feedback: { Clock.IsOverdue: true } term } ? term.NextTo : null;

    /// <summary>How often feedback is asked: as the plan says, else as the rules say for the role; by the month when an indicator is.</summary>
    public static Cadence CadenceOf(Assignment assignment, SupervisionProcess process) =>
        process.Feedback is not { } rule ? Cadence.None
        : assignment.Cadence is { } own ? own
        : assignment.Indicators?.Any(indicator => indicator.Cadence == "monthly") == true ? Cadence.Monthly
        : rule.Of(assignment.Role);

    /// <summary>Opens the first period from today on.</summary>
    internal static void Open(AssignmentDraft draft)
    {
        var cadence = CadenceOf(draft.State, draft.Rules.Process);
        if (draft.Rules.Process.Feedback is { } rule
            && FeedbackPeriods.First(cadence, draft.State.Milestones ?? [], draft.Today, rule.FirstDaysMin) is { } first)
        {
            Open(draft, rule, first);
        }
    }

    /// <summary>A claim was returned: what fell due meanwhile was not asked for.</summary>
    internal static void GoOn(AssignmentDraft draft)
    {
        if (draft.State.Feedback is { Clock: { IsOverdue: false } clock } && clock.IsOver(draft.Occasion.At))
        {
            draft.State = draft.State with { Feedback = null };
            Open(draft);
        }
    }

    internal static Step<Assignment, AssignmentFact> Give(AssignmentDraft draft, AssignmentFact.FeedbackGiven given)
    {
        var assignment = draft.State;
        if (Assigned.NotTheUnit(draft) is { } refusal)
        {
            return refusal;
        }

        if (assignment.Status is AssignmentStatus.Planned or AssignmentStatus.Issued)
        {
            return draft.Refuse("not-signed-for", "The assignment must be signed for before anything is said about it.");
        }

        if ((NotAPeriod(draft, given.Period) ?? Assigned.UnknownFigure(draft, given.Figures) ?? Assigned.UnknownFile(draft, given.Files)) is { } bad)
        {
            return bad;
        }

        var term = assignment.Feedback;
        var isCurrent = given.Period is not null && given.Period == term?.Period;
        var isLate = given.Period is not null && (!isCurrent || term!.Clock.Deadline.At <= draft.Occasion.At);
        draft.State = assignment with
        {
            Feedbacks = [.. (assignment.Feedbacks ?? []).TakeLast(KeptMax - 1), new Feedback(draft.Occasion.At, draft.Occasion.Id, given.Period, isLate, given.Files)],
            Missed = isCurrent || assignment.Missed is null ? assignment.Missed : Without(assignment.Missed, given.Period),
            Figures = Assigned.Latest(assignment.Figures, given.Figures),
        };
        draft.Line(
            "FeedbackGiven",
            $"Feedback by {assignment.Unit}{(given.Period is null ? "" : $" of {given.Period}")}{(isLate ? ", late" : "")}.",
            $"{draft.NameOf(assignment.Unit)}反馈进展{(given.Period is null ? "" : $"（{given.Period}）")}{(isLate ? "，逾期" : "")}。",
            isCurrent ? term!.Clock.Deadline : null,
            draft.Occasion.Id);
        if (isCurrent)
        {
            Next(draft);
        }

        return draft.Done();
    }

    /// <summary>The date of a period has come without feedback.</summary>
    internal static Step<Assignment, AssignmentFact> Over(AssignmentDraft draft, RunningClock running)
    {
        var term = draft.State.Feedback!;
        draft.State = draft.State with { Feedback = term with { Clock = draft.Said(running.Clock) } };
        AssignmentDates.SayOverdue(
            draft, running.Clock, "assignment-feedback-overdue", "FeedbackOverdue", $"has given no feedback of {term.Period}", $"逾期未反馈{term.Period}进展", running.Of, ("period", term.Period));
        return draft.Done();
    }

    /// <summary>The period after an overdue one is over: that one is asked for now, and the other stays on record as missing.</summary>
    internal static Step<Assignment, AssignmentFact> Miss(AssignmentDraft draft)
    {
        var term = draft.State.Feedback!;
        draft.State = draft.State with { Missed = [.. draft.State.Missed ?? [], term.Period] };
        draft.Line(
            "FeedbackMissed",
            $"No feedback of {term.Period} by {draft.State.Unit}; it stays on record as missing.",
            $"{draft.NameOf(draft.State.Unit)}未反馈{term.Period}进展，记为缺报。",
            term.Clock.Deadline);
        Next(draft);
        return draft.Done();
    }

    private static void Next(AssignmentDraft draft)
    {
        var term = draft.State.Feedback!;
        var cadence = CadenceOf(draft.State, draft.Rules.Process);
        var next = FeedbackPeriods.After(cadence, draft.State.Milestones ?? [], new FeedbackPeriod(term.Period, term.From, term.To));
        draft.State = draft.State with { Feedback = null };
        if (draft.Rules.Process.Feedback is { } rule && next is not null)
        {
            Open(draft, rule, next);
        }
    }

    private static void Open(AssignmentDraft draft, FeedbackRule rule, FeedbackPeriod period)
    {
        var calendar = draft.Rules.Calendar;
        var clock = draft.Start(Deadlines.Always(draft.Rules.Policies[rule.Policy], period.To, calendar));
        var after = FeedbackPeriods.After(CadenceOf(draft.State, draft.Rules.Process), draft.State.Milestones ?? [], period);
        draft.State = draft.State with
        {
            Feedback = new FeedbackTerm(period.Id, period.From, period.To, clock, after is null ? null : calendar.EndOf(after.To)),
        };
        draft.Line(
            "FeedbackOpened",
            $"Feedback of {period.Id} is due {Why.Iso(clock.Deadline.Date)}.",
            $"{period.Id}进展请于{DeadlineText.Zh(clock.Deadline.Date)}前反馈。",
            clock.Deadline);
    }

    private static Step<Assignment, AssignmentFact>? NotAPeriod(AssignmentDraft draft, string? period)
    {
        var (term, missed) = (draft.State.Feedback, draft.State.Missed ?? []);
        return period is null
            ? term is null ? null : draft.Refuse("period-needed", $"Feedback is asked period by period; name {term.Period}.")
            : missed.Contains(period) ? null
            : period == term?.Period
                ? draft.Today < term.From ? draft.Refuse("not-begun", $"{period} begins on {Why.Iso(term.From)}.") : null
            : draft.State.Feedbacks?.Any(given => given.Period == period) == true
                ? draft.Refuse("already-given", $"Feedback of {period} has been given.")
            : draft.Refuse("unknown-period", $"Nobody asks for feedback of {period}{(term is null ? "" : $"; {term.Period} is asked")}.");
    }

    private static List<string>? Without(IReadOnlyList<string> missed, string? period)
    {
        List<string> left = [.. missed.Where(known => known != period)];
        return left.Count > 0 ? left : null;
    }
}
