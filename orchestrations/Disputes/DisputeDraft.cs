using System.Globalization;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Cases;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>A step of a dispute while it is being decided.</summary>
internal sealed class DisputeDraft(Dispute dispute, Occasion occasion, DisputeRules rules)
    : CaseDraft<Dispute, DisputeFact>(dispute.Id, dispute, occasion, rules)
{
    public DisputeRules Rules => rules;

    /// <remarks>By the case's own rules, so that a replay says the same.</remarks>
    protected override string Code => CodeOf(State.Id);

    /// <summary>What people call another case by.</summary>
    public string CodeOf(string caseId) => DisputeCode.Of(caseId, rules.Process);

    /// <summary>The clock after the case stood still.</summary>
    public Clock Moved(Clock clock, DateTimeOffset from, DateTimeOffset to) =>
        clock.Moved(from, to, rules.Policies[clock.Deadline.Policy], rules.Calendar);

    /// <summary>The clock with more days.</summary>
    public Clock Extended(Clock clock, int days) =>
        clock.Extended(days, Occasion.At, rules.Policies[clock.Deadline.Policy], rules.Calendar);

    /// <summary>The clock from its beginning.</summary>
    public Clock Anew(Clock clock) => clock.Anew(rules.Policies[clock.Deadline.Policy], Occasion.At, rules.Calendar);

    /// <summary>The rule set of the case does not have what was asked for; that of newer cases may.</summary>
    public Step<Dispute, DisputeFact> NotInTheseRules(string what) =>
        Refuse("not-in-these-rules", $"The rules this case lives under ({rules.Version}) have no {what}.");

    /// <summary>The county's date.</summary>
    public DateOnly Today => rules.Calendar.LocalDate(Occasion.At);

    /// <summary>Says something about the dispute; the key tells offers, matters and numbers apart.</summary>
    /// <param name="template">What.</param>
    /// <param name="to">Whom.</param>
    /// <param name="number">How often it was said within the offer.</param>
    /// <param name="due">A date it names, with why.</param>
    /// <param name="copies">Who gets a copy.</param>
    /// <param name="urgent">Not held back until office hours.</param>
    /// <param name="of">Tells apart several of one kind within the offer, such as assisting units; "" where there is one.</param>
    /// <param name="more">Other words of the template.</param>
    public void Say(
        string template,
        string to,
        int number = 1,
        Deadline? due = null,
        IReadOnlyList<string>? copies = null,
        bool urgent = false,
        string of = "",
        params (string Name, string Value)[] more)
    {
        var model = new Dictionary<string, string>
        {
            ["category"] = rules.CategoryOf(State.Category).NameZh,
            ["place"] = NameOf(State.Place),
            ["people"] = State.People.ToString(CultureInfo.InvariantCulture),
            ["level"] = Words.Zh(State.Level),
            ["handler"] = NameOf(State.Handler),
            ["responsible"] = Responsible(State.Handler).Name,
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

        Say(template, string.Create(CultureInfo.InvariantCulture, $"{State.Offers}.{(of.Length > 0 ? of + "." : "")}{number}"), to, model, copies, urgent);
    }
}
