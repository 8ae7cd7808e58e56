using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Cases;
using Workflows.Orchestrations.Supervision.Scores;
using Workflows.Orchestrations.Supervision.Sheets;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Supervision;

/// <summary>The rule set an assignment lives under.</summary>
/// <param name="Version">The address of its content.</param>
/// <param name="Calendar">The county's working days and office hours.</param>
/// <param name="Policies">The periods.</param>
/// <param name="Units">Who is there and who is above whom.</param>
/// <param name="Process">Which policy runs which clock.</param>
public sealed record SupervisionRules(
    string Version, CountyCalendar Calendar, PolicyBook Policies, UnitRegister Units, SupervisionProcess Process) : ICaseRules;

/// <summary>How tasks of plans are supervised in this county (seeds/supervision.json).</summary>
/// <param name="SignFor">Policy from issue to signature.</param>
/// <param name="Finish">Policy of reminders and repeats around the plan's own date.</param>
/// <param name="Check">Policy from claim to check.</param>
/// <param name="Feedback">How often units say how it goes; never asked when absent.</param>
/// <param name="Lights">First match gives the light; red for any term that is over and yellow for any reminder when absent.</param>
/// <param name="Indicators">Who reports the plan's indicators; nobody when absent.</param>
/// <param name="Extension">How more time is granted; it is not when absent.</param>
/// <param name="Standstill">Why a task may stand still; it cannot when absent.</param>
/// <param name="Objection">How a unit objects to a check; it cannot when absent.</param>
/// <param name="AtExpiry">What becomes of open assignments when their plan expires; they go on when absent.</param>
/// <param name="Sheets">How supervision sheets are issued; none are when absent.</param>
/// <param name="Score">How units are scored and ranked; they are not when absent.</param>
public sealed record SupervisionProcess(
    string SignFor,
    string Finish,
    string Check,
    FeedbackRule? Feedback = null,
    IReadOnlyList<LightRule>? Lights = null,
    IndicatorRule? Indicators = null,
    TimeRule? Extension = null,
    StandstillRule? Standstill = null,
    ObjectionRule? Objection = null,
    ExpiryRule? AtExpiry = null,
    SheetRules? Sheets = null,
    ScoreRule? Score = null);

/// <summary>How often feedback is asked where the plan does not say.</summary>
/// <param name="Policy">Policy of the time to give it, counted from the last day of the period.</param>
/// <param name="Lead">For a unit that leads.</param>
/// <param name="Participant">For one of several peers.</param>
/// <param name="Implementer">For a township.</param>
/// <param name="FirstDaysMin">A period of which fewer days are left when the unit signs is not asked for; 1 to 92.</param>
/// <param name="Source">Article or "operator default".</param>
public sealed record FeedbackRule(
    string Policy, Cadence Lead, Cadence Participant, Cadence Implementer, int FirstDaysMin, string Source)
{
    public Cadence Of(AssignmentRole role) => role switch
    {
        AssignmentRole.Lead => Lead,
        AssignmentRole.Participant => Participant,
        AssignmentRole.Implementer => Implementer,
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };
}

/// <summary>What a light can depend on.</summary>
public enum LightCause
{
    /// <summary>It was said so many times that a term is over.</summary>
    Over,

    /// <summary>So many reminders of a term are out.</summary>
    Reminded,

    /// <summary>So many periods are without feedback.</summary>
    Missed,

    /// <summary>The claim was returned so many times.</summary>
    Returned,

    /// <summary>So many binding indicators are behind.</summary>
    Behind,
    StandsStill,

    /// <summary>More time was asked for, or an objection was raised, and is not decided.</summary>
    Waits,
}

/// <summary>One ordered rule of the light.</summary>
/// <param name="Id">Kebab-case.</param>
/// <param name="Color">yellow or red; what no rule matches is green.</param>
/// <param name="When">What it depends on.</param>
/// <param name="Text">The rule in a sentence, English.</param>
/// <param name="TextZh">The same in Chinese.</param>
/// <param name="Clocks">For terms: those that count, by the API's names; all when absent.</param>
/// <param name="From">From which number on; 1 or more.</param>
public sealed record LightRule(
    string Id, string Color, LightCause When, string Text, string TextZh, IReadOnlyList<string>? Clocks = null, int From = 1);

/// <summary>Who reports indicators, and how exactly they must keep to their expected values.</summary>
/// <param name="TolerancePercent">How far from the expected value still counts as on schedule; 0 to 100.</param>
/// <param name="Reporters">First match by scope; where no unit of a task has such a role, all its units report.</param>
/// <param name="Source">Article or "operator default".</param>
public sealed record IndicatorRule(int TolerancePercent, IReadOnlyList<ReporterRule> Reporters, string Source);

/// <param name="Roles">The roles that report.</param>
/// <param name="Scope">Indicators of this scope; of every scope when absent.</param>
public sealed record ReporterRule(IReadOnlyList<AssignmentRole> Roles, string? Scope = null);

/// <summary>The cap on more time.</summary>
/// <param name="Decide">Policy of the approver's time to decide.</param>
/// <param name="Times">How often it may be granted; 1 to 10.</param>
/// <param name="DaysMax">At most at one time, days of the calendar; 1 to 366.</param>
/// <param name="LeadersFrom">From this number of days on the leaders decide; the supervising office always when absent.</param>
/// <param name="Source">Article or "operator default".</param>
public sealed record TimeRule(string Decide, int Times, int DaysMax, string Source, int? LeadersFrom = null);

/// <summary>Why and for how long tasks may stand still.</summary>
/// <param name="DaysMax">Days of the calendar after which any goes on by itself; 1 to 366.</param>
/// <param name="Kinds">The reasons.</param>
public sealed record StandstillRule(int DaysMax, IReadOnlyList<StandstillKind> Kinds);

/// <summary>A reason for which a task may stand still.</summary>
/// <param name="Id">Kebab-case.</param>
/// <param name="Name">English.</param>
/// <param name="NameZh">Chinese.</param>
/// <param name="Source">Article or "operator default".</param>
/// <param name="DaysMax">A shorter longest for this reason.</param>
public sealed record StandstillKind(string Id, string Name, string NameZh, string Source, int? DaysMax = null);

/// <summary>How a unit objects to a check.</summary>
/// <param name="Raise">Policy of the time to object, counted from the check; in days or working days.</param>
/// <param name="Decide">Policy of the reviewer's time to decide.</param>
/// <param name="Reviewer">The unit that decides; never the one that checks.</param>
/// <param name="Source">Article.</param>
public sealed record ObjectionRule(string Raise, string Decide, string Reviewer, string Source);

/// <summary>What becomes of open assignments when their plan expires.</summary>
public enum ExpiryFate
{
    /// <summary>They stay red and are chased until they are struck off.</summary>
    GoOn,

    /// <summary>They are closed, with the expiry as the reason.</summary>
    Close,
}

/// <param name="Open">What becomes of open assignments.</param>
/// <param name="Source">Article or "operator default".</param>
public sealed record ExpiryRule(ExpiryFate Open, string Source);
