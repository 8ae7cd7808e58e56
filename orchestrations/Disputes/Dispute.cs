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
public sealed record Party(
    string Id,
    PartyRole Role,
    Consent Consent = Consent.NotAsked,
    ConsentToGoUp GoUp = ConsentToGoUp.NotAsked);

/// <summary>Why a case is on its way up.</summary>
public enum GoingUpReason
{
    TermOver,
    NotSignedFor,
    Asked,
}

public enum AgreementForm
{
    /// <summary>Takes effect on the day it is reached (人民调解法 30).</summary>
    Oral,

    /// <summary>Takes effect when all have signed and the committee has sealed it (人民调解法 29).</summary>
    Written,
}

/// <summary>An agreement.</summary>
/// <param name="Form">How it was made.</param>
/// <param name="On">The day it took effect.</param>
/// <param name="Confirmation">Until when both may jointly ask the court to confirm it (人民调解法 33).</param>
public sealed record Agreement(AgreementForm Form, DateOnly On, Deadline Confirmation);

/// <summary>How a case ended.</summary>
/// <param name="At">UTC.</param>
/// <param name="Reason">Stable, kebab-case.</param>
/// <param name="Party">Who refused or withdrew.</param>
/// <param name="Agreement">What was agreed.</param>
public sealed record Outcome(DateTimeOffset At, string Reason, string? Party = null, Agreement? Agreement = null);

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
    Outcome? Outcome = null)
{
    public bool Ended => Outcome is not null;

    /// <summary>The clocks that run now, the one with the furthest reach first.</summary>
    public IEnumerable<Clock> Clocks => new[] { Total, Term, SignFor, ConsentTerm }.OfType<Clock>();
}
