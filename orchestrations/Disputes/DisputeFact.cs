using System.Text.Json.Serialization;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Disputes;

/// <summary>What can happen to a dispute. Free text never travels here: it is kept under the command's id.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(Opened), nameof(Opened))]
[JsonDerivedType(typeof(DateReached), nameof(DateReached))]
[JsonDerivedType(typeof(SignedFor), nameof(SignedFor))]
[JsonDerivedType(typeof(SessionHeld), nameof(SessionHeld))]
[JsonDerivedType(typeof(Settled), nameof(Settled))]
[JsonDerivedType(typeof(Refused), nameof(Refused))]
[JsonDerivedType(typeof(Withdrawn), nameof(Withdrawn))]
[JsonDerivedType(typeof(EscalationAsked), nameof(EscalationAsked))]
[JsonDerivedType(typeof(ConsentAnswered), nameof(ConsentAnswered))]
[JsonDerivedType(typeof(MediationConsent), nameof(MediationConsent))]
[JsonDerivedType(typeof(DangerReported), nameof(DangerReported))]
[JsonDerivedType(typeof(FileAdded), nameof(FileAdded))]
[JsonDerivedType(typeof(ReturnAsked), nameof(ReturnAsked))]
[JsonDerivedType(typeof(ReturnDecided), nameof(ReturnDecided))]
[JsonDerivedType(typeof(AssistAsked), nameof(AssistAsked))]
[JsonDerivedType(typeof(AssistGiven), nameof(AssistGiven))]
[JsonDerivedType(typeof(Suspended), nameof(Suspended))]
[JsonDerivedType(typeof(Resumed), nameof(Resumed))]
[JsonDerivedType(typeof(ExtensionAsked), nameof(ExtensionAsked))]
[JsonDerivedType(typeof(ExtensionDecided), nameof(ExtensionDecided))]
[JsonDerivedType(typeof(AgreementSigned), nameof(AgreementSigned))]
[JsonDerivedType(typeof(ConfirmationApplied), nameof(ConfirmationApplied))]
[JsonDerivedType(typeof(ConfirmationDecided), nameof(ConfirmationDecided))]
[JsonDerivedType(typeof(ClausePerformed), nameof(ClausePerformed))]
[JsonDerivedType(typeof(ClauseNotPerformed), nameof(ClauseNotPerformed))]
[JsonDerivedType(typeof(CalledBack), nameof(CalledBack))]
[JsonDerivedType(typeof(Rated), nameof(Rated))]
[JsonDerivedType(typeof(MendTold), nameof(MendTold))]
[JsonDerivedType(typeof(ReviewAsked), nameof(ReviewAsked))]
[JsonDerivedType(typeof(ReviewAnswered), nameof(ReviewAnswered))]
[JsonDerivedType(typeof(Reopened), nameof(Reopened))]
[JsonDerivedType(typeof(RulesChanged), nameof(RulesChanged))]
[JsonDerivedType(typeof(SessionPlanned), nameof(SessionPlanned))]
[JsonDerivedType(typeof(SessionMoved), nameof(SessionMoved))]
[JsonDerivedType(typeof(SessionCancelled), nameof(SessionCancelled))]
[JsonDerivedType(typeof(MediatorsNamed), nameof(MediatorsNamed))]
[JsonDerivedType(typeof(MediatorChosen), nameof(MediatorChosen))]
[JsonDerivedType(typeof(AvoidanceAsked), nameof(AvoidanceAsked))]
[JsonDerivedType(typeof(AvoidanceDecided), nameof(AvoidanceDecided))]
[JsonDerivedType(typeof(ConflictDeclared), nameof(ConflictDeclared))]
[JsonDerivedType(typeof(LinkAsked), nameof(LinkAsked))]
[JsonDerivedType(typeof(UnlinkAsked), nameof(UnlinkAsked))]
[JsonDerivedType(typeof(LinkTold), nameof(LinkTold))]
[JsonDerivedType(typeof(MergeAsked), nameof(MergeAsked))]
[JsonDerivedType(typeof(JoinAsked), nameof(JoinAsked))]
[JsonDerivedType(typeof(JoinAnswered), nameof(JoinAnswered))]
[JsonDerivedType(typeof(SplitAsked), nameof(SplitAsked))]
[JsonDerivedType(typeof(PeopleMoved), nameof(PeopleMoved))]
[JsonDerivedType(typeof(PeopleNotMoved), nameof(PeopleNotMoved))]
[JsonDerivedType(typeof(CaseGone), nameof(CaseGone))]
[JsonDerivedType(typeof(NoAgreement), nameof(NoAgreement))]
[JsonDerivedType(typeof(RepresentativesNamed), nameof(RepresentativesNamed))]
[JsonDerivedType(typeof(JoinTakenBack), nameof(JoinTakenBack))]
[JsonDerivedType(typeof(JoinConfirmed), nameof(JoinConfirmed))]
public abstract record DisputeFact
{
    private DisputeFact()
    {
    }

    /// <summary>The first fact of every case: it was registered.</summary>
    public sealed record Opened : DisputeFact;

    public sealed record DateReached : DisputeFact;

    /// <summary>The handler takes the case on.</summary>
    public sealed record SignedFor : DisputeFact;

    /// <summary>A mediation session was held and its record kept.</summary>
    /// <param name="On">The county's local date.</param>
    /// <param name="Session">The planned session that it was; null when it was not planned.</param>
    /// <param name="Present">The parties who were there; null when nobody said.</param>
    /// <param name="Mediators">Who mediated; null: those planned, or else named for the case.</param>
    /// <param name="Files">Files of the case that belong to the record.</param>
    public sealed record SessionHeld(
        DateOnly On,
        int? Session = null,
        IReadOnlyList<string>? Present = null,
        IReadOnlyList<string>? Mediators = null,
        IReadOnlyList<string>? Files = null) : DisputeFact;

    /// <summary>A session is planned; where it is held is kept as text.</summary>
    /// <param name="On">The county's local date.</param>
    /// <param name="From">Local.</param>
    /// <param name="To">Local, the same day.</param>
    /// <param name="Form">How.</param>
    /// <param name="Mediators">Who mediates; null: those named for the case.</param>
    public sealed record SessionPlanned(
        DateOnly On, TimeOnly From, TimeOnly To, SessionForm Form, IReadOnlyList<string>? Mediators = null) : DisputeFact;

    /// <summary>A planned session is moved.</summary>
    /// <param name="Session">Its number.</param>
    /// <param name="On">The county's local date.</param>
    /// <param name="From">Local.</param>
    /// <param name="To">Local, the same day.</param>
    /// <param name="Form">How; as before when null.</param>
    /// <param name="HasPlace">Whether a text with another place came with it.</param>
    public sealed record SessionMoved(
        int Session, DateOnly On, TimeOnly From, TimeOnly To, SessionForm? Form = null, bool HasPlace = false) : DisputeFact;

    /// <summary>A planned session is cancelled, for a reason kept as text.</summary>
    public sealed record SessionCancelled(int Session) : DisputeFact;

    /// <summary>The handler names who mediates (人民调解法 19).</summary>
    /// <param name="Mediators">Ids of its roster; the first leads.</param>
    public sealed record MediatorsNamed(IReadOnlyList<string> Mediators) : DisputeFact;

    /// <summary>A party chooses a mediator of the handler's roster (人民调解法 19).</summary>
    /// <param name="Party">Who.</param>
    /// <param name="Mediator">Whom.</param>
    /// <param name="Clashes">Planned sessions that would fall to that mediator, who mediates another case then: they are cancelled.</param>
    public sealed record MediatorChosen(string Party, string Mediator, IReadOnlyList<int>? Clashes = null) : DisputeFact;

    /// <summary>A mediator should avoid the case, for a reason kept as text.</summary>
    /// <param name="Mediator">Whom it is about.</param>
    /// <param name="Kind">An id of the reasons.</param>
    /// <param name="Party">Who asks; null when the mediator's unit does.</param>
    public sealed record AvoidanceAsked(string Mediator, string Kind, string? Party = null) : DisputeFact;

    /// <summary>Whether the mediator is out, for a reason kept as text.</summary>
    /// <param name="Mediator">Whom it is about.</param>
    /// <param name="Accepted">Out.</param>
    /// <param name="Clashes">Planned sessions that would fall to somebody who mediates another case then: they are cancelled.</param>
    public sealed record AvoidanceDecided(string Mediator, bool Accepted, IReadOnlyList<int>? Clashes = null) : DisputeFact;

    /// <summary>A mediator says himself that he must not mediate this case; why is kept as text.</summary>
    /// <param name="Mediator">Who.</param>
    /// <param name="Clashes">Planned sessions that would fall to somebody who mediates another case then: they are cancelled.</param>
    public sealed record ConflictDeclared(string Mediator, IReadOnlyList<int>? Clashes = null) : DisputeFact;

    /// <summary>The parties agreed.</summary>
    /// <param name="Form">How.</param>
    /// <param name="On">
    /// The day the agreement took effect, local; with <paramref name="Signatures"/> the day it was reached, and the effect
    /// is counted.
    /// </param>
    /// <param name="Clauses">In order; null: one clause, whose text is kept under the command's id.</param>
    /// <param name="Signatures">Those a written agreement has so far; null: it is known to have all.</param>
    /// <param name="Bar">A reason of this agreement why a court would not confirm it; the category may have one too.</param>
    /// <param name="HasFacts">Whether the command's own text says the facts and responsibilities; with clauses only.</param>
    public sealed record Settled(
        AgreementForm Form,
        DateOnly On,
        IReadOnlyList<ClauseTerms>? Clauses = null,
        IReadOnlyList<Signature>? Signatures = null,
        string? Bar = null,
        bool? HasFacts = null) : DisputeFact;

    /// <summary>A party clearly refuses mediation: it ends at once (人民调解法 17, 26).</summary>
    public sealed record Refused(string Party) : DisputeFact;

    /// <summary>An applicant takes the case back.</summary>
    public sealed record Withdrawn(string Party) : DisputeFact;

    /// <summary>The handler asks the next level to take over, for a reason kept as text.</summary>
    public sealed record EscalationAsked : DisputeFact;

    /// <summary>At the highest level the handler finds that no agreement can be had, for a reason kept as text (人民调解法 26).</summary>
    public sealed record NoAgreement : DisputeFact;

    /// <summary>A party said whether the next level may take over.</summary>
    /// <param name="Party">Who.</param>
    /// <param name="Answer">What.</param>
    /// <param name="Means">How it came to be on record; null when nobody said.</param>
    public sealed record ConsentAnswered(string Party, ConsentToGoUp Answer, RecordMeans? Means = null) : DisputeFact;

    /// <summary>A party said whether it wants to be mediated. No ends the case at once, after a yes too.</summary>
    public sealed record MediationConsent(string Party, Consent Answer, RecordMeans Means) : DisputeFact;

    /// <summary>A large side names who speaks for it, or others than before (信访工作条例 20, 民事诉讼法 56).</summary>
    /// <param name="Role">Which side.</param>
    /// <param name="Parties">All its representatives from now on.</param>
    public sealed record RepresentativesNamed(PartyRole Role, IReadOnlyList<string> Parties) : DisputeFact;

    /// <summary>Signs of danger showed while the case runs.</summary>
    /// <param name="Signs">Ids of the list of signs; at least one.</param>
    public sealed record DangerReported(IReadOnlyList<string> Signs) : DisputeFact;

    /// <summary>The handler holds that it is not competent, for a reason kept as text.</summary>
    public sealed record ReturnAsked : DisputeFact;

    /// <summary>The superior decides on the return, for a reason kept as text.</summary>
    /// <param name="Accepted">Whether the handler is rid of it.</param>
    /// <param name="Unit">Who is to handle it; null when the superior takes it itself.</param>
    public sealed record ReturnDecided(bool Accepted, string? Unit = null) : DisputeFact;

    /// <summary>The handler asks a unit to help, with what is kept as text.</summary>
    public sealed record AssistAsked(string Unit) : DisputeFact;

    /// <summary>The assisting unit has helped; how is kept as text.</summary>
    public sealed record AssistGiven : DisputeFact;

    /// <summary>The case stands still from now on.</summary>
    /// <param name="Kind">An id of the kinds of suspension.</param>
    public sealed record Suspended(string Kind) : DisputeFact;

    /// <summary>The case goes on.</summary>
    public sealed record Resumed : DisputeFact;

    /// <summary>The handler asks for more time, for a reason kept as text.</summary>
    /// <param name="Days">Of the kind that the level's term is counted in.</param>
    /// <param name="AgreedBy">The parties whose agreement is on record; it must be all who speak for themselves or their side.</param>
    public sealed record ExtensionAsked(int Days, IReadOnlyList<string> AgreedBy) : DisputeFact;

    /// <summary>The superior decides on more time, for a reason kept as text.</summary>
    public sealed record ExtensionDecided(bool Approved) : DisputeFact;

    /// <summary>The handler adds a file whose content is kept elsewhere.</summary>
    /// <param name="File">Its id.</param>
    /// <param name="Kind">What it is, kebab-case.</param>
    /// <param name="Sha256">64 lower-case hexadecimal digits.</param>
    public sealed record FileAdded(string File, string Kind, string Sha256) : DisputeFact;

    /// <summary>Signatures or the seal that a written agreement lacked.</summary>
    public sealed record AgreementSigned(IReadOnlyList<Signature> Signatures) : DisputeFact;

    /// <summary>The parties have jointly asked the court for confirmation (人民调解法 33).</summary>
    /// <param name="On">The day, local.</param>
    public sealed record ConfirmationApplied(DateOnly On) : DisputeFact;

    /// <summary>The court has decided on it.</summary>
    /// <param name="IsConfirmed">False when it was rejected.</param>
    /// <param name="On">The day, local.</param>
    public sealed record ConfirmationDecided(bool IsConfirmed, DateOnly On) : DisputeFact;

    public sealed record ClausePerformed(int Clause) : DisputeFact;

    /// <summary>A clause was not performed when it had to be; why is kept as text.</summary>
    /// <param name="Clause">Its number.</param>
    /// <param name="Party">Who did not perform it.</param>
    public sealed record ClauseNotPerformed(int Clause, string Party) : DisputeFact;

    /// <summary>A party was called and asked how it went.</summary>
    public sealed record CalledBack(string Party, CallBackResult Result) : DisputeFact;

    /// <summary>A party rates how it was served.</summary>
    /// <param name="Party">Who.</param>
    /// <param name="Stars">1, poor, to 5.</param>
    /// <param name="HasText">Whether a text came with it.</param>
    public sealed record Rated(string Party, int Stars, bool HasText = false) : DisputeFact;

    /// <summary>A poor rating was looked into and mended, and the party was told what came of it.</summary>
    public sealed record MendTold(string Party) : DisputeFact;

    /// <summary>A party asks the unit above the handler to look at the case again.</summary>
    public sealed record ReviewAsked(string Party) : DisputeFact;

    public sealed record ReviewAnswered(string Party, ReviewOutcome Outcome) : DisputeFact;

    /// <summary>A party has the case taken up again.</summary>
    public sealed record Reopened(string Party) : DisputeFact;

    /// <summary>The county recounts its running cases under another version of its rules.</summary>
    public sealed record RulesChanged(string Version) : DisputeFact;

    /// <summary>This case and another belong together.</summary>
    public sealed record LinkAsked(string Other) : DisputeFact;

    /// <summary>They do not any more.</summary>
    public sealed record UnlinkAsked(string Other) : DisputeFact;

    /// <summary>Another case says that it is linked with this one, or no longer.</summary>
    public sealed record LinkTold(string From, bool IsLinked) : DisputeFact;

    /// <summary>This case is to be taken into another, for a reason kept as text.</summary>
    /// <param name="Into">The other case.</param>
    /// <param name="Same">Parties that are in both.</param>
    public sealed record MergeAsked(string Into, IReadOnlyList<SameParty>? Same = null) : DisputeFact;

    /// <summary>Another case asks to be taken in.</summary>
    public sealed record JoinAsked(JoiningCase From) : DisputeFact;

    /// <summary>The other case has taken this one in, or not.</summary>
    /// <param name="Case">The other case.</param>
    /// <param name="Parties">Where the parties are there; null when it was refused.</param>
    /// <param name="Code">Of the refusal.</param>
    /// <param name="Reason">Of the refusal.</param>
    /// <param name="Question">The id of the command that is answered; null in answers of before it was said.</param>
    /// <param name="Level">Where the other case is; null when it was refused, and in answers of before it was said.</param>
    public sealed record JoinAnswered(
        string Case,
        IReadOnlyList<MovedParty>? Parties = null,
        string? Code = null,
        string? Reason = null,
        string? Question = null,
        Level? Level = null) : DisputeFact;

    /// <summary>A case that asked to be taken in has heard that it was, and has ended by it.</summary>
    /// <param name="From">The case that asked.</param>
    /// <param name="Question">The id of the command that asked.</param>
    public sealed record JoinConfirmed(string From, string Question) : DisputeFact;

    /// <summary>A case that asked to be taken in has ended or gone on by itself before it was answered: its parties are let go again.</summary>
    /// <param name="From">The case that asked.</param>
    /// <param name="Question">The id of the command that asked.</param>
    /// <param name="Reason">Why it does not want to be taken in any more.</param>
    /// <param name="Place">Its division code.</param>
    /// <param name="Category">Its category.</param>
    /// <param name="OpenedAt">UTC; when it was opened.</param>
    public sealed record JoinTakenBack(
        string From, string Question, string Reason, string Place, string Category, DateTimeOffset OpenedAt) : DisputeFact;

    /// <summary>The matter of some parties goes on in a case of its own; what it is, is kept as text.</summary>
    /// <param name="Case">The new case's id.</param>
    /// <param name="Parties">Who goes.</param>
    /// <param name="People">How many people the new case touches.</param>
    /// <param name="Also">Who stays and is a party there too.</param>
    /// <param name="Category">Of the new case; this one's when null.</param>
    public sealed record SplitAsked(
        string Case, IReadOnlyList<string> Parties, int People, IReadOnlyList<string>? Also = null, string? Category = null) : DisputeFact;

    /// <summary>The names of parties lie with the case in which they go on.</summary>
    public sealed record PeopleMoved(string To) : DisputeFact;

    /// <summary>They could not be moved now.</summary>
    public sealed record PeopleNotMoved : DisputeFact;

    /// <summary>Another case could not be told something, because it has ended.</summary>
    public sealed record CaseGone(string Case) : DisputeFact;
}
