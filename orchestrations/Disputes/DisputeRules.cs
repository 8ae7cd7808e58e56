using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Cases;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Disputes;

/// <summary>The rule set a dispute lives under: data, loaded and checked as a whole.</summary>
/// <param name="Version">The address of its content.</param>
/// <param name="Calendar">The county's working days and office hours.</param>
/// <param name="Policies">The periods.</param>
/// <param name="Units">Who is there and who is above whom.</param>
/// <param name="Process">Levels, categories and triage.</param>
public sealed record DisputeRules(
    string Version, CountyCalendar Calendar, PolicyBook Policies, UnitRegister Units, DisputeProcess Process)
    : ICaseRules
{
    public LevelRule At(Level level) => Process.Levels.First(rule => rule.Level == level);

    public CategoryRule CategoryOf(string id) => Process.Categories.First(rule => rule.Id == id);
}

/// <summary>How disputes go in this county (seeds/disputes.json).</summary>
/// <param name="Levels">Village, township, county, in this order.</param>
/// <param name="Total">Policy of the case's own clock.</param>
/// <param name="Consent">Policy of the time to answer whether the case may go up.</param>
/// <param name="Confirmation">Policy of the time to ask for judicial confirmation.</param>
/// <param name="Categories">What disputes are about.</param>
/// <param name="Grades">First match gives the start level; the last rule matches everything.</param>
/// <param name="Floors">First match lifts the start level and may alert police and leaders.</param>
/// <param name="DangerSigns">Signs of danger that can be named, each with its own floor; none when absent.</param>
/// <param name="ConsentRequired">A session or an agreement needs every party's consent on record; not asked when absent.</param>
public sealed record DisputeProcess(
    IReadOnlyList<LevelRule> Levels,
    string Total,
    string Consent,
    string Confirmation,
    IReadOnlyList<CategoryRule> Categories,
    IReadOnlyList<TriageRule> Grades,
    IReadOnlyList<TriageRule> Floors,
    IReadOnlyList<DangerSign>? DangerSigns = null,
    bool? ConsentRequired = null);

/// <summary>A sign of danger that registration and handlers may name (人民调解法 25).</summary>
/// <param name="Id">Kebab-case.</param>
/// <param name="Name">English.</param>
/// <param name="NameZh">Chinese.</param>
/// <param name="Floor">The lowest level that may begin with such a case.</param>
/// <param name="Alert">Police and leaders are told at once.</param>
/// <param name="Source">Article or "operator default".</param>
public sealed record DangerSign(string Id, string Name, string NameZh, Level Floor, bool Alert, string Source);

/// <summary>The clocks of one level, by policy id.</summary>
public sealed record LevelRule(Level Level, string SignFor, string Term);

/// <summary>What a dispute is about, and which lawful ways remain when mediation ends.</summary>
/// <param name="Id">Kebab-case.</param>
/// <param name="Name">English, for the API.</param>
/// <param name="NameZh">Chinese, for people.</param>
/// <param name="OtherWays">The lines of the rights notice (人民调解法 26), Chinese.</param>
public sealed record CategoryRule(string Id, string Name, string NameZh, IReadOnlyList<string> OtherWays);

/// <summary>One ordered rule of the triage; what is not given matches everything.</summary>
/// <param name="Id">Kebab-case; journaled.</param>
/// <param name="Level">The level it leads to.</param>
/// <param name="Reason">Shown to people, English.</param>
/// <param name="ReasonZh">The same in Chinese.</param>
/// <param name="Categories">Matches these categories only.</param>
/// <param name="PeopleFrom">Matches from this number of people on.</param>
/// <param name="Danger">Matches cases with danger that no sign names; a named sign has its own floor.</param>
/// <param name="Alert">Tells police and leaders at once.</param>
public sealed record TriageRule(
    string Id,
    Level Level,
    string Reason,
    string ReasonZh,
    IReadOnlyList<string>? Categories = null,
    int? PeopleFrom = null,
    bool? Danger = null,
    bool Alert = false)
{
    public bool Matches(Dispute dispute) =>
        (Categories is null || Categories.Contains(dispute.Category))
        && (PeopleFrom is null || dispute.People >= PeopleFrom)
        && (Danger is null || (dispute.Danger && dispute.DangerSigns is not { Count: > 0 }) == Danger);
}
