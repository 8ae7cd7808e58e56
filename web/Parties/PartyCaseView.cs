using Workflows.Orchestrations.Disputes;

namespace Workflows.Web.Parties;

/// <summary>A case as one of its parties sees it.</summary>
/// <param name="Case">The case's id.</param>
/// <param name="You">The party whose code it is.</param>
/// <param name="Status">The word for where it stands.</param>
/// <param name="StatusText">The same in plain Chinese.</param>
/// <param name="Level">At which level, in Chinese.</param>
/// <param name="Handler">Who mediates, by name.</param>
/// <param name="Category">What it is about, in Chinese.</param>
/// <param name="OpenedOn">Local date.</param>
/// <param name="Dates">The terms that run, the nearest first.</param>
/// <param name="Can">What the party can do now.</param>
/// <param name="OtherWays">The other lawful ways, once mediation has ended without an agreement.</param>
/// <param name="Told">What units answered to this party.</param>
/// <param name="History">Oldest first.</param>
/// <param name="Code">The case's official code.</param>
/// <param name="NextSession">When and where the parties meet next; null when nothing is planned.</param>
/// <param name="Mediators">Who mediates, by name; the first leads.</param>
/// <param name="Group">Who speaks for its side and in what, in Chinese; null when everybody does so himself.</param>
/// <param name="Note">That the case of the code goes on in this one, in Chinese; null when it is this one.</param>
public sealed record PartyCaseView(
    string Case,
    PartyYou You,
    DisputeStatus Status,
    string StatusText,
    string Level,
    string Handler,
    string Category,
    DateOnly OpenedOn,
    IReadOnlyList<PartyDate> Dates,
    IReadOnlyList<PartyActView> Can,
    IReadOnlyList<string> OtherWays,
    IReadOnlyList<PartyTold> Told,
    IReadOnlyList<PartyEvent> History,
    string Code,
    PartySession? NextSession,
    IReadOnlyList<string> Mediators,
    string? Group,
    string? Note);

/// <param name="On">Local date.</param>
/// <param name="From">Local time.</param>
/// <param name="To">Local time.</param>
/// <param name="Form">How, in Chinese.</param>
/// <param name="Place">Where, or how to join, as the unit wrote it.</param>
public sealed record PartySession(DateOnly On, TimeOnly From, TimeOnly To, string Form, string Place);

/// <param name="Id">Within the case.</param>
/// <param name="Role">applicant or respondent.</param>
/// <param name="Name">Masked; null when the personal data has been erased.</param>
public sealed record PartyYou(string Id, PartyRole Role, string? Name);

/// <param name="Title">What ends then, in Chinese.</param>
/// <param name="Date">The last day, local.</param>
/// <param name="Why">The steps that led to the date, in Chinese.</param>
public sealed record PartyDate(string Title, DateOnly Date, IReadOnlyList<string> Why);

/// <param name="Title">What it answers, in Chinese.</param>
/// <param name="Text">As the unit wrote it.</param>
public sealed record PartyTold(string Title, string Text);

/// <param name="Date">Local.</param>
/// <param name="Text">Chinese.</param>
public sealed record PartyEvent(DateOnly Date, string Text);

/// <summary>Something that the case would take from the party now.</summary>
/// <param name="Act">Where to post it.</param>
/// <param name="Title">Chinese.</param>
/// <param name="Choices">One of them goes along.</param>
/// <param name="Warning">What cannot be taken back.</param>
/// <param name="Text">What may be written along, in Chinese; null when there is nothing to write.</param>
/// <param name="TextIsRequired">Whether it must.</param>
public sealed record PartyActView(
    string Act, string Title, IReadOnlyList<PartyChoice> Choices, string? Warning, string? Text, bool TextIsRequired);

/// <summary>What a party says to its case.</summary>
/// <param name="Choice">One of the choices of the act.</param>
/// <param name="Text">Where the act takes one, at most 2,000 characters; kept with the personal data.</param>
public sealed record PartySays(string? Choice = null, string? Text = null);
