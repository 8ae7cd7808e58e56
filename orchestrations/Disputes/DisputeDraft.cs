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

    /// <summary>Says something about the dispute; the key tells offers and numbers apart.</summary>
    public void Say(
        string template,
        string to,
        int number = 1,
        Deadline? due = null,
        IReadOnlyList<string>? copies = null,
        bool urgent = false,
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

        Say(template, string.Create(CultureInfo.InvariantCulture, $"{State.Offers}.{number}"), to, model, copies, urgent);
    }
}
