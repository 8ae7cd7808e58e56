using Workflows.Activities.PersonalData;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Units;
using Workflows.Web.Cases;

namespace Workflows.Web.Disputes;

/// <summary>A dispute as the API shows it.</summary>
/// <param name="Id">The case's code for life.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Level">Who mediates.</param>
/// <param name="Handler">The unit that handles it.</param>
/// <param name="FormerHandlers">Units that handled it before.</param>
/// <param name="Place">Where it arose.</param>
/// <param name="Category">What it is about.</param>
/// <param name="People">How many it touches.</param>
/// <param name="Danger">Signs of danger.</param>
/// <param name="Parties">Who; names masked.</param>
/// <param name="OpenedAt">UTC.</param>
/// <param name="Clocks">The terms that run now, each with why it ends when it does.</param>
/// <param name="GoingUp">Why it is on its way up, while the parties are asked.</param>
/// <param name="Sessions">Sessions held.</param>
/// <param name="Overdue">How often a term was missed.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Rules">The rule set it lives under.</param>
/// <param name="Version">Counts its steps.</param>
/// <param name="DangerSigns">Signs of danger that were named.</param>
/// <param name="LiftTo">The level that reported danger asks for, while the parties' consent is missing.</param>
/// <param name="Return">The handler's wish to give the case back, until it is decided.</param>
/// <param name="Assists">Units that were asked to help; they keep read access like former handlers.</param>
/// <param name="Suspension">Why and until when the case stands still; its clocks do not run meanwhile.</param>
/// <param name="Extension">The handler's wish for more time, until it is decided.</param>
/// <param name="Files">Files that belong to the case.</param>
/// <param name="Duplicates">Other cases of the same party, place and category in the same weeks; newest first.</param>
/// <param name="Codes">By party, the code for its own side; only in the answer to the registration.</param>
/// <param name="Aftercare">What follows the end, and what came of it.</param>
/// <param name="ClosedAt">UTC; when nothing was left to follow.</param>
/// <param name="Reopenings">How often it was taken up again after an end.</param>
/// <param name="Code">The official code, as papers and mails carry it.</param>
/// <param name="SessionPlans">Sessions that are planned, the next first.</param>
/// <param name="SessionsHeld">Sessions that were held, as far as more than their number is known.</param>
/// <param name="Mediators">Who mediates at this level.</param>
/// <param name="MediatorChoices">Whom parties have chosen, while they have not all chosen the same.</param>
/// <param name="Avoidances">Mediators who should not mediate this case, and what came of it.</param>
/// <param name="Links">Other cases that belong to this one.</param>
/// <param name="MergingInto">The case that is asked to take this one in, until it has answered.</param>
/// <param name="Joined">Cases that were taken in, with where their parties are here.</param>
/// <param name="MovedParties">Parties that go on in another case.</param>
/// <param name="SplitFrom">The case that this one was split off from.</param>
public sealed record DisputeView(
    string Id,
    DisputeStatus Status,
    Level Level,
    UnitView Handler,
    IReadOnlyList<UnitView> FormerHandlers,
    UnitView Place,
    string Category,
    int People,
    bool Danger,
    IReadOnlyList<PartyView> Parties,
    DateTimeOffset OpenedAt,
    IReadOnlyList<ClockView> Clocks,
    GoingUpReason? GoingUp,
    int Sessions,
    int Overdue,
    Outcome? Outcome,
    string Rules,
    int Version,
    IReadOnlyList<string>? DangerSigns = null,
    Level? LiftTo = null,
    WishView? Return = null,
    IReadOnlyList<AssistView>? Assists = null,
    Suspension? Suspension = null,
    WishView? Extension = null,
    IReadOnlyList<CaseFile>? Files = null,
    IReadOnlyList<DuplicateView>? Duplicates = null,
    IReadOnlyDictionary<string, string>? Codes = null,
    AftercareView? Aftercare = null,
    DateTimeOffset? ClosedAt = null,
    int Reopenings = 0,
    string? Code = null,
    IReadOnlyList<PlannedSessionView>? SessionPlans = null,
    IReadOnlyList<HeldSession>? SessionsHeld = null,
    IReadOnlyList<CaseMediatorView>? Mediators = null,
    IReadOnlyList<MediatorChoice>? MediatorChoices = null,
    IReadOnlyList<AvoidanceView>? Avoidances = null,
    IReadOnlyList<LinkView>? Links = null,
    string? MergingInto = null,
    IReadOnlyList<JoinedCase>? Joined = null,
    IReadOnlyList<MovedParty>? MovedParties = null,
    SplitOrigin? SplitFrom = null)
{
    public static DisputeView Of(CaseRecord<Dispute> record, DisputeRules rules, IReadOnlyList<PartyData> people)
    {
        var dispute = record.State;
        return new DisputeView(
            dispute.Id,
            dispute.Status,
            dispute.Level,
            UnitView.Of(dispute.Handler, rules.Units),
            [.. (dispute.FormerHandlers ?? []).Select(unit => UnitView.Of(unit, rules.Units))],
            UnitView.Of(dispute.Place, rules.Units),
            dispute.Category,
            dispute.People,
            dispute.Danger,
            [.. dispute.Parties.Select(party => new PartyView(
                party.Id, party.Role, party.Consent, party.GoUp, Masked(people, party, data => data.Name),
                party.Kind, party.RepresentedBy, Masked(people, party, data => data.RepresentativeName),
                party.Represents, party.ConsentSaid, party.GoUpSaid))],
            dispute.OpenedAt,
            ClockView.Of([.. DisputeClocks.Of(dispute).Reverse().Select(running => (running.Of.Length > 0 ? $"{running.Name}.{running.Of}" : running.Name, (Clock?)running.Clock))]),
            dispute.GoingUp,
            dispute.Sessions,
            dispute.Overdue,
            dispute.Outcome,
            dispute.Rules,
            record.Version,
            dispute.DangerSigns,
            dispute.LiftTo,
            dispute.Return is { } back ? new WishView(UnitView.Of(back.Superior, rules.Units), back.Text, back.Decide.Deadline.Date) : null,
            dispute.Assists?.Select(assist => new AssistView(assist.Id, UnitView.Of(assist.Unit, rules.Units), assist.Text, assist.Clock?.Deadline.Date, assist.GivenText)).ToList(),
            dispute.Suspension,
            dispute.Extension is { } more ? new WishView(UnitView.Of(more.Approver, rules.Units), more.Text, more.Decide.Deadline.Date, more.Days) : null,
            dispute.Files,
            Aftercare: dispute.Aftercare is { } aftercare ? AftercareView.Of(aftercare, rules.Units) : null,
            ClosedAt: dispute.ClosedAt,
            Reopenings: dispute.Reopenings,
            SessionPlans: PlannedSessionView.Of(dispute),
            SessionsHeld: dispute.SessionsHeld,
            MediatorChoices: dispute.MediatorChoices,
            Avoidances: AvoidanceView.Of(dispute, rules.Units),
            MergingInto: dispute.Merge?.Into,
            Joined: dispute.Joined,
            MovedParties: dispute.MovedParties,
            SplitFrom: dispute.SplitFrom);
    }

    private static string? Masked(IReadOnlyList<PartyData> people, Party party, Func<PartyData, string?> name) =>
        people.FirstOrDefault(data => data.PartyId == party.Id) is { } person && name(person) is { } known ? Mask.Name(known) : null;
}

/// <param name="Id">The party within its case.</param>
/// <param name="Role">applicant or respondent.</param>
/// <param name="Consent">To be mediated.</param>
/// <param name="GoUp">To go up to the next level.</param>
/// <param name="Name">Masked; null when the personal data has been erased.</param>
/// <param name="Kind">A person or an organisation.</param>
/// <param name="RepresentedBy">In what capacity somebody acts for it.</param>
/// <param name="Representative">Who, masked.</param>
/// <param name="Represents">True for one that a large side has named to speak for it.</param>
/// <param name="ConsentSaid">When and how its consent to be mediated was recorded after intake.</param>
/// <param name="GoUpSaid">The same of its consent to go up.</param>
public sealed record PartyView(
    string Id,
    PartyRole Role,
    Consent Consent,
    ConsentToGoUp GoUp,
    string? Name,
    PartyKind? Kind = null,
    string? RepresentedBy = null,
    string? Representative = null,
    bool? Represents = null,
    ConsentSaid? ConsentSaid = null,
    ConsentSaid? GoUpSaid = null);

/// <summary>The words that a registration and a handler choose from, as the county's data has them now.</summary>
/// <param name="Categories">A tree by <c>parent</c>; each with the other lawful ways.</param>
/// <param name="DangerSigns">Signs of danger, each with its floor.</param>
/// <param name="NotAcceptable">Matters that mediation may not take, each with the right channel.</param>
/// <param name="Representations">In what capacity somebody acts for a party.</param>
/// <param name="SuspensionKinds">Why a case may stand still.</param>
/// <param name="Group">When a side names representatives.</param>
/// <param name="AvoidanceKinds">Why a mediator avoids a case.</param>
/// <param name="Bars">Why a court would not confirm an agreement.</param>
public sealed record DisputeWords(
    IReadOnlyList<CategoryRule> Categories,
    IReadOnlyList<DangerSign> DangerSigns,
    IReadOnlyList<NotAcceptable> NotAcceptable,
    IReadOnlyList<Representation> Representations,
    IReadOnlyList<SuspensionKind> SuspensionKinds,
    GroupRule? Group,
    IReadOnlyList<AvoidanceKind> AvoidanceKinds,
    IReadOnlyList<ConfirmationBar> Bars)
{
    public static DisputeWords Of(DisputeProcess process) => new(
        process.Categories,
        process.DangerSigns ?? [],
        process.NotAcceptable ?? [],
        process.Representations ?? [],
        process.Suspension?.Kinds ?? [],
        process.Group,
        process.Mediators?.Avoidances ?? [],
        process.Aftercare?.Bars ?? []);
}

/// <summary>What a handler asks its superior for.</summary>
/// <param name="Decider">Who decides.</param>
/// <param name="Text">The id of the protected text with the reason.</param>
/// <param name="DecideBy">The last day to decide.</param>
/// <param name="Days">How much more time; null when it is not about time.</param>
public sealed record WishView(UnitView Decider, string Text, DateOnly DecideBy, int? Days = null);

/// <summary>A unit that was asked to help.</summary>
/// <param name="Id">Within the case.</param>
/// <param name="Unit">Who.</param>
/// <param name="Text">The id of the protected text with the request.</param>
/// <param name="Due">The last day while it runs.</param>
/// <param name="GivenText">The id of the protected text with the help.</param>
public sealed record AssistView(string Id, UnitView Unit, string Text, DateOnly? Due, string? GivenText);

/// <summary>The fallback board.</summary>
public sealed record BoardView(IReadOnlyList<BoardCause> Causes);

/// <summary>One cause for which cases stand on the board.</summary>
/// <param name="Cause">Kebab-case.</param>
/// <param name="Count">How many; at least so many when <paramref name="More"/>.</param>
/// <param name="More">There are more than were counted.</param>
/// <param name="Cases">Where the cases are, in pages.</param>
public sealed record BoardCause(string Cause, int Count, bool More, string Cases);
