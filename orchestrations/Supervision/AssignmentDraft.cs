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

    /// <summary>The county's date.</summary>
    public DateOnly Today => rules.Calendar.LocalDate(Occasion.At);

    /// <summary>The clock after the task stood still.</summary>
    public Clock Moved(Clock clock, DateTimeOffset from, DateTimeOffset to) =>
        clock.Moved(from, to, rules.Policies[clock.Deadline.Policy], rules.Calendar);

    /// <summary>The clock with more days.</summary>
    public Clock Extended(Clock clock, int days) =>
        clock.Extended(days, Occasion.At, rules.Policies[clock.Deadline.Policy], rules.Calendar);

    /// <summary>The rule set of the assignment does not have what was asked for; that of newer ones may.</summary>
    public Step<Assignment, AssignmentFact> NotInTheseRules(string what) =>
        Refuse("not-in-these-rules", $"The rules this assignment lives under ({rules.Version}) have no {what}.");

    /// <summary>Says something about the assignment; the key tells claims, matters and numbers apart.</summary>
    /// <param name="template">What.</param>
    /// <param name="to">Whom.</param>
    /// <param name="number">How often it was said within the claim.</param>
    /// <param name="due">A date it names, with why.</param>
    /// <param name="copies">Who gets a copy.</param>
    /// <param name="of">Tells apart several of one kind within the claim, such as periods of feedback; "" where there is one.</param>
    /// <param name="more">Other words of the template.</param>
    public void Say(
        string template,
        string to,
        int number = 1,
        Deadline? due = null,
        IReadOnlyList<string>? copies = null,
        string of = "",
        params (string Name, string Value)[] more)
    {
        var model = new Dictionary<string, string>
        {
            ["plan"] = State.Plan,
            ["task"] = State.Task,
            ["title"] = State.Title,
            ["unit"] = NameOf(State.Unit),
            ["role"] = RoleZh(State.Role),
            ["number"] = number.ToString(CultureInfo.InvariantCulture),
            ["finish"] = DeadlineText.Zh(State.FinishBy),
        };
        if (due is not null)
        {
            model["due"] = DeadlineText.Zh(due.Date);
            model["why"] = DeadlineText.WhyZh(due);
        }

        foreach (var (name, value) in more)
        {
            model[name] = value;
        }

        Say(template, string.Create(CultureInfo.InvariantCulture, $"{State.Claims}.{(of.Length > 0 ? of + "." : "")}{number}"), to, model, copies);
    }

    private static string RoleZh(AssignmentRole role) => role switch
    {
        AssignmentRole.Lead => "牵头单位",
        AssignmentRole.Participant => "责任单位",
        AssignmentRole.Implementer => "落实单位",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };
}
