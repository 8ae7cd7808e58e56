using System.Globalization;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Cases;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision;

/// <summary>A step of an assignment while it is being decided.</summary>
internal sealed class AssignmentDraft(Assignment assignment, Occasion occasion, SupervisionRules rules)
    : CaseDraft<Assignment, AssignmentFact>(assignment.Id, assignment, occasion, rules)
{
    public SupervisionRules Rules => rules;

    /// <summary>Says something about the assignment; the key tells claims and numbers apart.</summary>
    public void Say(string template, string to, int number = 1, Deadline? due = null, IReadOnlyList<string>? copies = null)
    {
        var model = new Dictionary<string, string>
        {
            ["plan"] = State.Plan,
            ["task"] = State.Task,
            ["title"] = State.Title,
            ["unit"] = NameOf(State.Unit),
            ["role"] = RoleZh(State.Role),
            ["number"] = number.ToString(CultureInfo.InvariantCulture),
            ["finish"] = DeadlineText.Zh(State.Due),
        };
        if (due is not null)
        {
            model["due"] = DeadlineText.Zh(due.Date);
            model["why"] = DeadlineText.WhyZh(due);
        }

        Say(template, string.Create(CultureInfo.InvariantCulture, $"{State.Claims}.{number}"), to, model, copies);
    }

    private static string RoleZh(AssignmentRole role) => role switch
    {
        AssignmentRole.Lead => "牵头单位",
        AssignmentRole.Participant => "责任单位",
        AssignmentRole.Implementer => "落实单位",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };
}
