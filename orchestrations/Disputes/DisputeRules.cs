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
/// <param name="Return">How a handler gives a case back; it cannot when absent.</param>
/// <param name="Assist">Policy of an assisting unit's time; nobody assists when absent.</param>
/// <param name="Suspension">Why a case may stand still; it cannot when absent.</param>
/// <param name="Extension">Policy of the superior's time to decide on more time; it is not granted when absent.</param>
/// <param name="Board">Causes that the fallback board shows (<see cref="DisputeBoard.Causes"/>); there is none when absent.</param>
/// <param name="NotAcceptable">Matters that are turned away at registration; none when absent.</param>
/// <param name="Representations">In what capacity somebody may act for a party; nobody when absent.</param>
/// <param name="Group">When a side names representatives; never when absent.</param>
/// <param name="Aftercare">What follows an end; null: nothing is followed, an ended case is closed.</param>
/// <param name="Codes">The word in the official codes of cases, by year, ascending; without one a case goes by its id.</param>
/// <param name="OfferDangerAtOnce">A handler hears of a dangerous case at any hour, as police and leaders do; in office hours when absent.</param>
/// <param name="Sessions">How sessions are planned; they are only recorded when absent.</param>
/// <param name="Mediators">How mediators are named and avoided; nobody is when absent.</param>
/// <param name="DangerFollows">
/// The level that danger asks for goes with a case that is taken in, split off or taken up again, and a consent to the next level
/// that was given before lifts it by that level alone; when absent only the case that it was reported to is lifted.
/// </param>
public sealed record DisputeProcess(
    IReadOnlyList<LevelRule> Levels,
    string Total,
    string Consent,
    string Confirmation,
    IReadOnlyList<CategoryRule> Categories,
    IReadOnlyList<TriageRule> Grades,
    IReadOnlyList<TriageRule> Floors,
    IReadOnlyList<DangerSign>? DangerSigns = null,
    bool? ConsentRequired = null,
    ReturnRule? Return = null,
    string? Assist = null,
    SuspensionRule? Suspension = null,
    string? Extension = null,
    IReadOnlyList<string>? Board = null,
    IReadOnlyList<NotAcceptable>? NotAcceptable = null,
    IReadOnlyList<Representation>? Representations = null,
    GroupRule? Group = null,
    AftercareRules? Aftercare = null,
    IReadOnlyList<CodeWord>? Codes = null,
    bool? OfferDangerAtOnce = null,
    SessionRule? Sessions = null,
    MediatorRule? Mediators = null,
    bool? DangerFollows = null)
{
    /// <summary>The source of what the county has set itself.</summary>
    internal const string OperatorDefault = "operator default";
}

/// <summary>A sign of danger that registration and handlers may name (人民调解法 25).</summary>
/// <param name="Id">Kebab-case.</param>
/// <param name="Name">English.</param>
/// <param name="NameZh">Chinese.</param>
/// <param name="Floor">The lowest level that may begin with such a case.</param>
/// <param name="Alert">Police and leaders are told at once.</param>
/// <param name="Source">Article or "operator default".</param>
public sealed record DangerSign(string Id, string Name, string NameZh, Level Floor, bool Alert, string Source);

/// <summary>The clocks of one level, by policy id.</summary>
/// <param name="Level">Which.</param>
/// <param name="SignFor">Policy of the time to sign for a case.</param>
/// <param name="Term">Policy of the time to settle it.</param>
/// <param name="Extension">How much more time may be granted; none when absent.</param>
public sealed record LevelRule(Level Level, string SignFor, string Term, ExtensionRule? Extension = null);

/// <summary>The cap on more time for one level.</summary>
/// <param name="Times">How often it may be asked for; 1 to 10.</param>
/// <param name="Days">At most at one time; 1 to 366, of the kind that the term's policy counts.</param>
/// <param name="Source">Article or "operator default".</param>
public sealed record ExtensionRule(int Times, int Days, string Source);

/// <summary>How a handler gives a case back, by policy id.</summary>
/// <param name="Ask">The objection term, counted from the offer; in days or working days.</param>
/// <param name="Decide">The superior's time to decide.</param>
/// <param name="AskMoves">The objection term moves with a standstill as the sign-for term does; it runs on when absent.</param>
public sealed record ReturnRule(string Ask, string Decide, bool? AskMoves = null);

/// <summary>Why and for how long cases may stand still.</summary>
/// <param name="DaysMax">Days of the calendar after which any goes on by itself; 1 to 366.</param>
/// <param name="Kinds">The reasons.</param>
public sealed record SuspensionRule(int DaysMax, IReadOnlyList<SuspensionKind> Kinds);

/// <summary>A reason for which a case may stand still.</summary>
/// <param name="Id">Kebab-case.</param>
/// <param name="Name">English.</param>
/// <param name="NameZh">Chinese.</param>
/// <param name="Source">Article or "operator default".</param>
/// <param name="DaysMax">A shorter longest for this reason.</param>
public sealed record SuspensionKind(string Id, string Name, string NameZh, string Source, int? DaysMax = null);

/// <summary>What a dispute is about, and which lawful ways remain when mediation ends.</summary>
/// <param name="Id">Kebab-case.</param>
/// <param name="Name">English, for the API.</param>
/// <param name="NameZh">Chinese, for people.</param>
/// <param name="OtherWays">The lines of the rights notice (人民调解法 26), Chinese; its own, then its ancestors'.</param>
/// <param name="Parent">The category it is part of; null for one at the top.</param>
/// <param name="Bar">Why a court would not confirm its agreements, its own or its nearest ancestor's; null: it may.</param>
public sealed record CategoryRule(
    string Id, string Name, string NameZh, IReadOnlyList<string> OtherWays, string? Parent = null, string? Bar = null);

/// <summary>A matter that mediation may not take.</summary>
/// <param name="Id">Kebab-case; registration names it when the registrar knows that it applies.</param>
/// <param name="Name">English, as a statement about the matter.</param>
/// <param name="NameZh">The same in Chinese.</param>
/// <param name="Channel">Where it belongs, English.</param>
/// <param name="ChannelZh">The same in Chinese.</param>
/// <param name="Reason">Why, English, without a full stop.</param>
/// <param name="ReasonZh">The same in Chinese.</param>
/// <param name="Source">Article.</param>
/// <param name="Categories">Applies to these categories, and those below them, without being named.</param>
public sealed record NotAcceptable(
    string Id,
    string Name,
    string NameZh,
    string Channel,
    string ChannelZh,
    string Reason,
    string ReasonZh,
    string Source,
    IReadOnlyList<string>? Categories = null);

/// <summary>In what capacity somebody acts for a party.</summary>
/// <param name="Id">Kebab-case.</param>
/// <param name="Name">English.</param>
/// <param name="NameZh">Chinese.</param>
/// <param name="Source">Article or "operator default".</param>
public sealed record Representation(string Id, string Name, string NameZh, string Source);

/// <summary>When a side is a group that speaks by representatives.</summary>
/// <param name="PartiesFrom">From this number of parties on one side on; 2 or more.</param>
/// <param name="RepresentativesMax">At most so many; 1 or more.</param>
/// <param name="Source">Article.</param>
/// <param name="SpeakFor">In which matters they speak for their side (<see cref="DisputeGroups.Matters"/>); in none when absent.</param>
/// <param name="SpeakForSource">Article of that; there with <paramref name="SpeakFor"/>.</param>
public sealed record GroupRule(
    int PartiesFrom, int RepresentativesMax, string Source, IReadOnlyList<string>? SpeakFor = null, string? SpeakForSource = null)
{
    /// <summary>Of naming them, and of what they are named for.</summary>
    internal string Sources => SpeakForSource is null ? Source : $"{Source}；{SpeakForSource}";
}

/// <summary>One ordered rule of the triage; what is not given matches everything.</summary>
/// <param name="Id">Kebab-case; journaled.</param>
/// <param name="Level">The level it leads to.</param>
/// <param name="Reason">Shown to people, English.</param>
/// <param name="ReasonZh">The same in Chinese.</param>
/// <param name="Categories">Matches these categories only; a parent in the file means all below it too.</param>
/// <param name="PeopleFrom">Matches from this number of people on.</param>
/// <param name="Danger">Matches cases with danger that no sign names; a named sign has its own floor.</param>
/// <param name="Alert">Tells police and leaders at once.</param>
/// <param name="Source">Article or "operator default"; alerts cite it, and by the danger alone, once a floor has one.</param>
public sealed record TriageRule(
    string Id,
    Level Level,
    string Reason,
    string ReasonZh,
    IReadOnlyList<string>? Categories = null,
    int? PeopleFrom = null,
    bool? Danger = null,
    bool Alert = false,
    string? Source = null)
{
    public bool Matches(Dispute dispute) =>
        (Categories is null || Categories.Contains(dispute.Category))
        && (PeopleFrom is null || dispute.People >= PeopleFrom)
        && (Danger is null || (dispute.Danger && dispute.DangerSigns is not { Count: > 0 }) == Danger);
}
