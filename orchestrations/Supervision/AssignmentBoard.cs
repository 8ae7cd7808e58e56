using Workflows.Orchestrations.Calendar;

namespace Workflows.Orchestrations.Supervision;

/// <summary>
/// Why an assignment is stuck. Derived from the state alone, so that it leaves the board when the cause is gone.
/// </summary>
public static class AssignmentBoard
{
    private static readonly IReadOnlyList<(string Cause, string Text, string TextZh, Func<Assignment, SupervisionRules, bool> Is)> All =
    [
        ("not-signed", "not signed for in time", "逾期未签收", (assignment, _) => assignment.SignFor is { IsOverdue: true }),
        ("overdue", "not finished in time", "逾期未完成", (assignment, _) => assignment is { Status: not AssignmentStatus.Claimed, Finish.IsOverdue: true }),
        ("feedback-missing", "feedback is missing", "缺报进展", (assignment, _) => assignment.Feedback is { Clock.IsOverdue: true } || assignment.Missed is not null),
        ("not-checked", "the claim was not checked in time", "逾期未核查", (assignment, _) => assignment.Check is { IsOverdue: true }),
        ("returned", "the claim was returned", "核查退回", (assignment, _) => assignment is { Status: AssignmentStatus.Active, Claims: > 0 }),
        ("objection-open", "an objection is not decided", "异议待复核", (assignment, _) => assignment.Objection is not null),
        ("extension-open", "a wish for more time is not decided", "延期待审批", (assignment, _) => assignment.Extension is not null),
        ("stands-still", "it stands still", "中止办理", (assignment, _) => assignment.Standstill is not null),
        ("nobody-there", "the unit has no address", "单位无联系地址", (assignment, rules) => rules.Units.Find(assignment.Unit)?.Mail is null),
        ("provisional-date", "a date rests on a year without a calendar", "期限为暂定", (assignment, _) => assignment.Clocks.Any(clock => Deadlines.IsProvisional(clock.Deadline))),
    ];

    /// <summary>Every cause, kebab-case; the lists are <c>assignments.stuck.</c> and the cause.</summary>
    public static IReadOnlyList<string> Causes { get; } = [.. All.Select(known => known.Cause)];

    /// <summary>The causes for which the assignment is stuck now, the gravest first.</summary>
    public static IEnumerable<string> Of(Assignment assignment, SupervisionRules rules) => assignment.Ended
        ? []
        : All.Where(known => known.Is(assignment, rules)).Select(known => known.Cause);

    /// <summary>A cause in words.</summary>
    public static (string Text, string TextZh) Words(string cause) => All.Where(known => known.Cause == cause).Select(known => (known.Text, known.TextZh)).First();
}
