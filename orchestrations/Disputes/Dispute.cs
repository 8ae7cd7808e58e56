using System.Text.Json.Serialization;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Disputes;

/// <summary>Where a dispute stands.</summary>
public enum DisputeStatus
{
    Registered,

    /// <summary>A handler has been told and has not signed for it yet.</summary>
    Offered,
    Mediating,

    /// <summary>The level is at its end; the parties are asked whether the case may go up.</summary>
    AwaitingConsent,

    /// <summary>Ended with an agreement.</summary>
    Settled,

    /// <summary>Ended because a party refuses mediation.</summary>
    Refused,

    /// <summary>Ended because the applicant took it back.</summary>
    Withdrawn,

    /// <summary>Ended without an agreement; the parties were told their other ways.</summary>
    Failed,

    /// <summary>Ended because another case has taken it in.</summary>
    Merged,
}

/// <summary>Whether a party wants to be mediated.</summary>
public enum Consent
{
    NotAsked,
    Yes,
    No,
}

/// <summary>Whether a party agrees that the next level takes over.</summary>
public enum ConsentToGoUp
{
    NotAsked,

    /// <summary>For the next level only; asked again before the one after.</summary>
    Once,

    /// <summary>For every level, given once and for all.</summary>
    Blanket,
    No,
}

public enum PartyRole
{
    Applicant,
    Respondent,
}

/// <summary>A party as the flow knows it: an id, never a name.</summary>
/// <param name="Id">Such as <c>p1</c>.</param>
/// <param name="Role">On which side.</param>
/// <param name="Consent">To be mediated.</param>
/// <param name="GoUp">To go up to the next level.</param>
/// <param name="Kind">A person or an organisation; null in cases that were registered before it was asked.</param>
/// <param name="RepresentedBy">An id of the kinds of representation, when somebody acts for it; the name is personal data.</param>
/// <param name="Represents">True for one of the representatives that a large side has named (<see cref="DisputeGroups"/>).</param>
/// <param name="ConsentSaid">When and how the consent to mediate was recorded after intake.</param>
/// <param name="GoUpSaid">The same of the consent to go up.</param>
public sealed record Party(
    string Id,
    PartyRole Role,
    Consent Consent = Consent.NotAsked,
    ConsentToGoUp GoUp = ConsentToGoUp.NotAsked,
    PartyKind? Kind = null,
    string? RepresentedBy = null,
    bool? Represents = null,
    ConsentSaid? ConsentSaid = null,
    ConsentSaid? GoUpSaid = null);

/// <summary>Why a case is on its way up.</summary>
public enum GoingUpReason
{
    TermOver,
    NotSignedFor,
    Asked,

    /// <summary>The superior sent a returned case to the next level, or itself took it.</summary>
    Returned,

    /// <summary>The superior did not decide on a return in time.</summary>
    ReturnSilent,

    /// <summary>Danger was reported that a higher level must deal with.</summary>
    Danger,
}

/// <summary>How a case ended.</summary>
/// <param name="At">UTC.</param>
/// <param name="Reason">Stable, kebab-case.</param>
/// <param name="Party">Who refused or withdrew.</param>
/// <param name="Agreement">What was agreed.</param>
/// <param name="Case">The case that has taken this one in.</param>
public sealed record Outcome(DateTimeOffset At, string Reason, string? Party = null, Agreement? Agreement = null, string? Case = null);

/// <summary>The state of one dispute. Parties are ids; names and free text are in the personal-data table.</summary>
/// <param name="Id">The case's code for life.</param>
/// <param name="Rules">The rule set it lives under.</param>
/// <param name="Place">Division code of 12 digits (village) or 9 (township).</param>
/// <param name="Category">An id of the category list.</param>
/// <param name="People">How many people it touches.</param>
/// <param name="Danger">Signs of violence or self-harm.</param>
/// <param name="Parties">At least two.</param>
/// <param name="By">The unit that registered it.</param>
/// <param name="Via">The channel it came through.</param>
/// <param name="OpenedAt">UTC.</param>
/// <param name="SummaryText">The protected text that tells the matter.</param>
/// <param name="WantedLevel">A start level chosen by a person instead of the triage's.</param>
/// <param name="WantedLevelText">The protected text with the reason for it.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Level">Who mediates: village, township or county.</param>
/// <param name="Handler">The unit that handles it now.</param>
/// <param name="FormerHandlers">Units that handled it before; they keep read access.</param>
/// <param name="SignFor">Runs while it is offered.</param>
/// <param name="Term">The level's clock; runs while it is mediated.</param>
/// <param name="Total">The case's clock; goes on through every transfer.</param>
/// <param name="ConsentTerm">Runs while the parties are asked.</param>
/// <param name="GoingUp">Why it is on its way up, while the parties are asked.</param>
/// <param name="Offers">Counts the offers; makes the notices of each distinct.</param>
/// <param name="Sessions">Sessions held.</param>
/// <param name="Overdue">How often a term was missed.</param>
/// <param name="Outcome">Set when it has ended.</param>
/// <param name="DangerSigns">Ids of the signs of danger that were named.</param>
/// <param name="LiftTo">The level that reported danger asks for, while the parties' consent is missing.</param>
/// <param name="DangerReports">Counts the reports of danger since it was registered.</param>
/// <param name="CameBy">Why the handler has the case from below, until it is signed for.</param>
/// <param name="PassedOver">True until it is signed for: nobody was there at the level it was meant for.</param>
/// <param name="Return">The handler's wish to give the case back, until it is decided.</param>
/// <param name="ReturnRefused">The offer at which a return was refused; another is not asked at the same offer.</param>
/// <param name="Assists">Units that were asked to help at this level, in the order they were asked.</param>
/// <param name="Suspension">Why and until when the case stands still.</param>
/// <param name="Suspensions">Counts how often it stood still.</param>
/// <param name="Extension">The handler's wish for more time, until it is decided.</param>
/// <param name="Extensions">Wishes for more time that were decided or dropped at this level.</param>
/// <param name="Files">Files that belong to the case.</param>
/// <param name="Aftercare">What follows the end; null before it, and in cases whose rules follow nothing.</param>
/// <param name="ClosedAt">UTC; when nothing was left to follow. Null while the case is open or followed.</param>
/// <param name="FormerOutcomes">The ends it had before it was taken up again, oldest first.</param>
/// <param name="SessionPlans">Sessions that are planned and not held yet.</param>
/// <param name="SessionsPlanned">Counts the plans; numbers them.</param>
/// <param name="SessionsHeld">Sessions with what is known of each; those of older rule sets are only counted.</param>
/// <param name="Mediators">Who mediates at this level, ids of the handler's roster; the first leads.</param>
/// <param name="MediatorChoices">Whom the parties want, until all want the same or the handler names.</param>
/// <param name="Avoidances">Mediators who should not mediate this case, and what came of it.</param>
/// <param name="Links">Other cases that belong to this one.</param>
/// <param name="Merge">The case waits to be taken into another.</param>
/// <param name="Joined">Cases that were taken in.</param>
/// <param name="MovedParties">Parties that go on in another case; the last word on each.</param>
/// <param name="PeopleToMove">Names that have not followed their parties yet.</param>
/// <param name="SplitFrom">The case that this one was split off from.</param>
/// <param name="MergesAsked">How often it asked to be taken into another; numbers what is said of it.</param>
/// <param name="LiftAsked">UTC; when the parties were last asked for the level that danger asks for.</param>
/// <param name="HandsOn">It was taken in, and hands on what was said to it before that was known; null once nothing is left.</param>
public sealed record Dispute(
    string Id,
    string Rules,
    string Place,
    string Category,
    int People,
    bool Danger,
    IReadOnlyList<Party> Parties,
    string By,
    string Via,
    DateTimeOffset OpenedAt,
    string? SummaryText = null,
    Level? WantedLevel = null,
    string? WantedLevelText = null,
    DisputeStatus Status = DisputeStatus.Registered,
    Level Level = Level.Village,
    string Handler = "",
    IReadOnlyList<string>? FormerHandlers = null,
    Clock? SignFor = null,
    Clock? Term = null,
    Clock? Total = null,
    Clock? ConsentTerm = null,
    GoingUpReason? GoingUp = null,
    int Offers = 0,
    int Sessions = 0,
    int Overdue = 0,
    Outcome? Outcome = null,
    IReadOnlyList<string>? DangerSigns = null,
    Level? LiftTo = null,
    int? DangerReports = null,
    GoingUpReason? CameBy = null,
    bool? PassedOver = null,
    ReturnWish? Return = null,
    int? ReturnRefused = null,
    IReadOnlyList<Assist>? Assists = null,
    Suspension? Suspension = null,
    int? Suspensions = null,
    ExtensionWish? Extension = null,
    int? Extensions = null,
    IReadOnlyList<CaseFile>? Files = null,
    Aftercare? Aftercare = null,
    DateTimeOffset? ClosedAt = null,
    IReadOnlyList<Outcome>? FormerOutcomes = null,
    IReadOnlyList<PlannedSession>? SessionPlans = null,
    int? SessionsPlanned = null,
    IReadOnlyList<HeldSession>? SessionsHeld = null,
    IReadOnlyList<string>? Mediators = null,
    IReadOnlyList<MediatorChoice>? MediatorChoices = null,
    IReadOnlyList<Avoidance>? Avoidances = null,
    IReadOnlyList<string>? Links = null,
    MergeWish? Merge = null,
    IReadOnlyList<JoinedCase>? Joined = null,
    IReadOnlyList<MovedParty>? MovedParties = null,
    IReadOnlyList<PeopleToMove>? PeopleToMove = null,
    SplitOrigin? SplitFrom = null,
    int? MergesAsked = null,
    DateTimeOffset? LiftAsked = null,
    bool? HandsOn = null)
{
    /// <summary>Nothing moves it any more: it has an outcome, nothing is followed after it, every name is where its party is, and every word too.</summary>
    public bool Ended => IsClosed && PeopleToMove is null && HandsOn is null;

    /// <summary>It has an outcome, and nothing is followed after it.</summary>
    [JsonIgnore]
    public bool IsClosed => Outcome is not null && (Aftercare is null || ClosedAt is not null);

    /// <summary>The clocks that run now and speak, the one with the furthest reach first.</summary>
    /// <remarks>An appointment is no term: it makes no case late.</remarks>
    public IEnumerable<Clock> Clocks => DisputeClocks.Of(this).Where(running => !running.IsAppointment).Select(running => running.Clock).Concat(Aftercare?.Clocks ?? []);

    /// <summary>When somebody must look again, UTC; while the case stands still, when that is over.</summary>
    /// <remarks>Not written: the state says it already, and histories hold the record to the last byte.</remarks>
    [JsonIgnore]
    public DateTimeOffset? Next => HandsOn == true ? Outcome!.At
        : Merge is { Holds: true } merge ? merge.AskAgain
        : Earlier(Merge?.AskAgain, Earlier(Suspension?.Ends ?? NextDate, PeopleToMove?.Min(move => (DateTimeOffset?)move.TryAgain)));

    /// <summary>Everybody who mediates the case or is planned to, ids of the roster.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> AllMediators =>
        [.. (Mediators ?? []).Concat((SessionPlans ?? []).SelectMany(plan => plan.Mediators ?? [])).Distinct(StringComparer.Ordinal)];

    /// <summary>How often it was taken up again after an end.</summary>
    [JsonIgnore]
    public int Reopenings => FormerOutcomes?.Count ?? 0;

    private DateTimeOffset? NextDate =>
        DisputeClocks.Of(this).Where(running => !running.Held).Select(running => running.Clock)
            .Concat(Aftercare?.Open.Select(item => item.Clock) ?? []).Min(clock => clock.Next);

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;

    /// <summary>Everything that belongs to one level has ended: its clocks, what was asked in it.</summary>
    public Dispute LevelOver() => this with
    {
        SignFor = null,
        Term = null,
        Return = null,
        Extension = null,
        Extensions = null,
        Assists = Assists is null ? null : [.. Assists.Select(assist => assist with { Clock = null })],
        SessionPlans = null,
        Mediators = null,
        MediatorChoices = null,
        Avoidances = Avoidances is null ? null : [.. Avoidances.Select(wish => wish with { Decide = null })],
        CameBy = null,
        PassedOver = null,
    };
}
