using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision;

/// <summary>A clock of an assignment that runs now.</summary>
/// <param name="Name">Which, as the API calls it.</param>
/// <param name="Of">Tells several of one name apart; empty where there is one.</param>
/// <param name="Clock">The clock.</param>
/// <param name="Held">It neither reminds nor ends for now.</param>
public sealed record RunningClock(string Name, string Of, Clock Clock, bool Held);

/// <summary>One kind of clock: where it stands in the state, whom it reminds of what, and what its end means.</summary>
/// <param name="Name">As the API calls it.</param>
/// <param name="Find">The one that runs, with what tells it apart from earlier ones.</param>
/// <param name="Put">The assignment with the clock in its place.</param>
/// <param name="Policy">By which the rules count it; null when they know no such clock.</param>
/// <param name="Remind">Template, who is reminded, and the words for what.</param>
/// <param name="Over">Its end has come.</param>
internal sealed record AssignmentClock(
    string Name,
    Func<Assignment, (string Of, Clock Clock)?> Find,
    Func<Assignment, Clock, Assignment> Put,
    Func<Assignment, SupervisionProcess, string?> Policy,
    AssignmentReminder Remind,
    Func<AssignmentDraft, RunningClock, Step<Assignment, AssignmentFact>> Over)
{
    /// <summary>When it waits for something else and so neither reminds nor ends. A standstill holds every clock.</summary>
    public Func<Assignment, bool> Held { get; init; } = _ => false;

    /// <summary>Words that its reminder has beside those of every notice.</summary>
    public Func<AssignmentDraft, (string Name, string Value)[]> Words { get; init; } = _ => [];

    public RunningClock? Of(Assignment assignment) => Find(assignment) is { } found
        ? new RunningClock(Name, found.Of, found.Clock, assignment.Standstill is not null || Held(assignment))
        : null;
}

/// <param name="Template">The notice.</param>
/// <param name="To">Who is reminded.</param>
/// <param name="What">Of what, English.</param>
/// <param name="WhatZh">The same in Chinese.</param>
internal sealed record AssignmentReminder(string Template, Func<AssignmentDraft, string> To, string What, string WhatZh);

/// <summary>Every clock an assignment can have, the gravest first. The loop over them is in <see cref="AssignmentDates"/>.</summary>
public static class AssignmentClocks
{
    internal const string SignFor = "signFor";

    internal static IReadOnlyList<AssignmentClock> All { get; } =
    [
        new(
            "finish",
            assignment => One(assignment.Finish),
            (assignment, clock) => assignment with { Finish = clock },
            (_, process) => process.Finish,
            new("assignment-due-reminder", Unit, "completion", "完成期限"),
            AssignmentDates.FinishOver)
        {
            // A claim silences it until the claim is returned; a wish for more time that was asked in time is answered first.
            Held = assignment => assignment.Status == AssignmentStatus.Claimed || assignment.Extension is not null,
        },
        new(
            SignFor,
            assignment => One(assignment.SignFor),
            (assignment, clock) => assignment with { SignFor = clock },
            (_, process) => process.SignFor,
            new("assignment-sign-reminder", Unit, "signing for it", "签收期限"),
            AssignmentDates.SignForOver),
        new(
            "check",
            assignment => One(assignment.Check),
            (assignment, clock) => assignment with { Check = clock },
            (_, process) => process.Check,
            new("assignment-check-reminder", draft => draft.Rules.Units.Duties.Supervision, "the check", "核查期限"),
            AssignmentDates.CheckOver),
        new(
            "objection",
            assignment => assignment.Objection is { } objection ? (AssignmentObjection.Number(assignment), objection.Decide) : null,
            (assignment, clock) => assignment with { Objection = assignment.Objection! with { Decide = clock } },
            (_, process) => process.Objection?.Decide,
            new("assignment-objection-reminder", draft => draft.State.Objection!.Reviewer, "the decision on the objection", "复核决定期限"),
            AssignmentObjection.Over),
        new(
            "extension",
            assignment => assignment.Extension is { } wish ? (AssignmentExtension.Number(assignment), wish.Decide) : null,
            (assignment, clock) => assignment with { Extension = assignment.Extension! with { Decide = clock } },
            (_, process) => process.Extension?.Decide,
            new("assignment-extension-reminder", draft => draft.State.Extension!.Approver, "the decision on more time", "延期审批期限"),
            AssignmentExtension.Over),
        new(
            "feedback",
            assignment => assignment.Feedback is { } term ? (term.Period, term.Clock) : null,
            (assignment, clock) => assignment with { Feedback = assignment.Feedback! with { Clock = clock } },
            (_, process) => process.Feedback?.Policy,
            new("assignment-feedback-reminder", Unit, "feedback", "进展反馈期限"),
            AssignmentFeedback.Over)
        {
            Held = assignment => assignment.Status == AssignmentStatus.Claimed,
            Words = draft => [("period", draft.State.Feedback!.Period)],
        },
    ];

    /// <summary>The clocks that run now, the gravest first.</summary>
    public static IEnumerable<RunningClock> Of(Assignment assignment) => All.Select(kind => kind.Of(assignment)).OfType<RunningClock>();

    private static (string Of, Clock Clock)? One(Clock? clock) => clock is null ? null : ("", clock);

    private static string Unit(AssignmentDraft draft) => draft.State.Unit;
}
