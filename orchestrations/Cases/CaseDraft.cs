using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Cases;

/// <summary>What every rule set of a case has.</summary>
public interface ICaseRules
{
    string Version { get; }

    CountyCalendar Calendar { get; }

    PolicyBook Policies { get; }

    UnitRegister Units { get; }
}

/// <summary>
/// A step while it is being decided: the state so far, what to write in the journal and what to say. It lives for one
/// decision and only gathers; the decider around it stays pure.
/// </summary>
public class CaseDraft<TState, TFact>(string caseId, TState state, Occasion occasion, ICaseRules rules)
{
    private readonly List<JournalLine> lines = [];
    private readonly List<StartFlow> starts = [];
    private readonly List<TellFlow> tells = [];
    private IActivity<TFact>? asked;

    public TState State { get; set; } = state;

    public Occasion Occasion => occasion;

    /// <summary>What people call the case by.</summary>
    protected virtual string Code => caseId;

    public Step<TState, TFact> Done() => new Step<TState, TFact>.Taken(State, lines, starts, asked, tells.Count > 0 ? tells : null);

    public Step<TState, TFact> Refuse(string code, string reason) => new Step<TState, TFact>.Refused(code, reason);

    /// <summary>A clock that begins with this occasion.</summary>
    public Clock Start(string policy) => Noted(Clock.Start(rules.Policies[policy], occasion.At, rules.Calendar));

    /// <summary>A clock for a deadline that was counted from a day.</summary>
    public Clock Start(Deadline deadline) =>
        Noted(Clock.Counted(rules.Policies[deadline.Policy], deadline, occasion.At, rules.Calendar));

    /// <summary>A clock up to a day that somebody else has set.</summary>
    public Clock Until(string policy, DateOnly date) =>
        Clock.Given(rules.Policies[policy], occasion.At, date, rules.Calendar);

    /// <summary>The clock after what is due now has been said.</summary>
    public Clock Said(Clock clock) => clock.Said(occasion.At, rules.Policies[clock.Deadline.Policy], rules.Calendar);

    public void Line(string what, string text, string textZh, Deadline? due = null, string? textId = null) =>
        lines.Add(new JournalLine(what, text, textZh, due?.Date, due is null ? null : DeadlineText.En(due), textId));

    public void Lines(IEnumerable<JournalLine> more) => lines.AddRange(more);

    /// <summary>Starts another flow once the step is saved, after the notices said before.</summary>
    public void Begin(StartFlow start) => starts.Add(start);

    /// <summary>Tells another case once the step is saved.</summary>
    public void Tell(TellFlow tell) => tells.Add(tell);

    /// <summary>Asks the outside once the step is saved; one thing a step.</summary>
    public void Ask(IActivity<TFact> request) => asked = request;

    public string NameOf(string unit) => rules.Units.Find(unit)?.Name ?? unit;

    /// <summary>The unit that hears of a missed term: a village committee is never the object of supervision.</summary>
    public Unit Responsible(string handler) =>
        rules.Units.ResponsibleFor(rules.Units.Find(handler) ?? throw new KeyNotFoundException($"No unit {handler}."));

    /// <summary>Who gets a copy of an overdue notice: the responsible unit's superior; the leaders where there is none.</summary>
    public string Superior(string handler) =>
        rules.Units.SuperiorOf(Responsible(handler).Id)?.Id ?? rules.Units.Duties.Leaders;

    /// <summary>Says something to a unit once.</summary>
    /// <param name="template">What; also a part of the key.</param>
    /// <param name="part">Tells apart what one case says by the same template: offer and number.</param>
    /// <param name="to">Whom.</param>
    /// <param name="model">The words for the template.</param>
    /// <param name="copies">Who gets a copy.</param>
    /// <param name="urgent">Not held back until office hours.</param>
    public void Say(
        string template,
        string part,
        string to,
        Dictionary<string, string> model,
        IReadOnlyList<string>? copies = null,
        bool urgent = false)
    {
        model["case"] = Code;
        model["to"] = NameOf(to);
        starts.Add(new Notice(
            $"{caseId}.{template}.{part}.{to}",
            caseId,
            rules.Version,
            template,
            to,
            [.. (copies ?? []).Where(copy => copy != to)],
            occasion.At,
            urgent,
            model).Say());
    }

    private Clock Noted(Clock clock)
    {
        if (Deadlines.IsProvisional(clock.Deadline))
        {
            Line("Provisional", $"{clock.Deadline.Policy}: the date is provisional, a year has no calendar yet.", "期限为暂定：所涉年度尚无放假安排。", clock.Deadline);
        }

        return clock;
    }
}
