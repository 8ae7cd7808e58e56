using System.Text.Json.Serialization;
using Workflows.Orchestrations.Calendar;

namespace Workflows.Orchestrations.Disputes;

/// <summary>What is still followed after an end, each by its own clock.</summary>
public enum FollowUpKind
{
    /// <summary>A written agreement waits for signatures or the seal (人民调解法 29).</summary>
    Signatures,

    /// <summary>The parties may jointly ask the court to confirm the agreement (人民调解法 33).</summary>
    Confirmation,

    /// <summary>The court has the application and has not decided.</summary>
    Court,

    /// <summary>A clause has a date on which it must be performed (人民调解法 31).</summary>
    Performance,

    /// <summary>The parties are called and asked how it went.</summary>
    CallBack,

    /// <summary>A poor rating is looked into, mended, and the party is told.</summary>
    Mend,

    /// <summary>A party has asked the unit above the handler to look at the case again.</summary>
    Review,

    /// <summary>A window: the parties may rate.</summary>
    Rating,

    /// <summary>A window: the parties may ask for a review.</summary>
    ReviewAsking,

    /// <summary>A window: the parties may have the case taken up again.</summary>
    Reopening,
}

/// <summary>One thing that is followed.</summary>
/// <param name="Kind">What.</param>
/// <param name="Clock">Until when; says so before and after.</param>
/// <param name="About">A clause's number or a party's id; null when it is about the whole case.</param>
public sealed record FollowUp(FollowUpKind Kind, Clock Clock, string? About = null)
{
    /// <summary>What somebody may do until a day; nobody is reminded of it or blamed for it.</summary>
    [JsonIgnore]
    public bool IsWindow => Kind is FollowUpKind.Rating or FollowUpKind.ReviewAsking or FollowUpKind.Reopening;
}

/// <summary>Where an agreement stands with the court.</summary>
public enum ConfirmationState
{
    /// <summary>A court would not take it (2011 规定 4); nothing is counted.</summary>
    Barred,

    /// <summary>It can be asked for.</summary>
    Possible,

    /// <summary>It was not asked for in time; only a suit is left.</summary>
    Lapsed,
    Applied,
    Confirmed,
    Rejected,
}

/// <param name="State">Where it stands.</param>
/// <param name="AppliedOn">The day both applied, local.</param>
/// <param name="DecidedOn">The day the court decided, local.</param>
public sealed record Confirmation(ConfirmationState State, DateOnly? AppliedOn = null, DateOnly? DecidedOn = null);

public enum ClauseState
{
    /// <summary>Nobody has said yet.</summary>
    Open,
    Performed,
    NotPerformed,

    /// <summary>Asked again and again, and nobody ever said.</summary>
    Unknown,
}

/// <summary>How a clause is kept.</summary>
/// <param name="Number">The clause's.</param>
/// <param name="State">What was said of it last.</param>
/// <param name="On">The day it was said, local.</param>
/// <param name="FailedBy">The party that did not perform.</param>
/// <param name="TextId">The protected text that came with it.</param>
public sealed record ClauseAftercare(
    int Number, ClauseState State = ClauseState.Open, DateOnly? On = null, string? FailedBy = null, string? TextId = null);

/// <summary>What a party said when it was called.</summary>
public enum CallBackResult
{
    Satisfied,
    Unsatisfied,
    Unreachable,
}

public enum ReviewOutcome
{
    /// <summary>The end stands.</summary>
    Upheld,

    /// <summary>The case is taken up again.</summary>
    Reopen,
}

/// <summary>A party's request to look at the case again.</summary>
/// <param name="Reviewer">The unit above the last handler.</param>
/// <param name="AskedTextId">The protected text of the request.</param>
/// <param name="Outcome">Null until it is answered.</param>
/// <param name="AnswerTextId">The protected text of the answer.</param>
public sealed record Review(string Reviewer, string AskedTextId, ReviewOutcome? Outcome = null, string? AnswerTextId = null);

/// <summary>What a party said after the end.</summary>
/// <param name="Id">The party.</param>
/// <param name="CallBack">What the last call gave; null before the first.</param>
/// <param name="Calls">How often it was called since a call-back was last due.</param>
/// <param name="Stars">1 to 5; null while it has not rated.</param>
/// <param name="RatingTextId">The protected text of the rating.</param>
/// <param name="Mended">Null: nothing to mend; false: a poor rating waits for an answer; true: the party was told.</param>
/// <param name="MendTextId">The protected text of what it was told.</param>
/// <param name="Review">Its request for review; one for each end.</param>
/// <param name="RatedItself">The stars are the party's own word, and the rules let no unit change them.</param>
public sealed record PartyAftercare(
    string Id,
    CallBackResult? CallBack = null,
    int Calls = 0,
    int? Stars = null,
    string? RatingTextId = null,
    bool? Mended = null,
    string? MendTextId = null,
    Review? Review = null,
    bool? RatedItself = null)
{
    /// <summary>Whether no further call is owed.</summary>
    public bool IsCalled(int triesMax) =>
        CallBack is CallBackResult.Satisfied or CallBackResult.Unsatisfied || (CallBack is not null && Calls >= triesMax);
}

/// <summary>What follows an end, until nothing is left to follow. It stays with the closed case as its record.</summary>
/// <param name="Open">What is followed now; empty when the case is closed.</param>
/// <param name="Parties">One for each party.</param>
/// <param name="Confirmation">Null when there is no agreement in effect.</param>
/// <param name="Clauses">One for each clause of an agreement in effect.</param>
/// <param name="Left">What was said to the end of its notices and never done; it stays on the board.</param>
public sealed record Aftercare(
    IReadOnlyList<FollowUp> Open,
    IReadOnlyList<PartyAftercare> Parties,
    Confirmation? Confirmation = null,
    IReadOnlyList<ClauseAftercare>? Clauses = null,
    IReadOnlyList<FollowUpKind>? Left = null)
{
    /// <summary>Clocks that speak; a window is none of them.</summary>
    [JsonIgnore]
    public IEnumerable<Clock> Clocks => Open.Where(item => !item.IsWindow).Select(item => item.Clock);

    public FollowUp? Find(FollowUpKind kind, string? about = null) =>
        Open.FirstOrDefault(item => item.Kind == kind && item.About == about);

    public Aftercare With(FollowUp item) => this with { Open = [.. Open, item] };

    public Aftercare Without(FollowUp item) => this with { Open = [.. Open.Where(other => other != item)] };

    public Aftercare With(PartyAftercare party) =>
        this with { Parties = [.. Parties.Select(known => known.Id == party.Id ? party : known)] };

    public Aftercare With(ClauseAftercare clause) =>
        this with { Clauses = [.. (Clauses ?? []).Select(known => known.Number == clause.Number ? clause : known)] };
}
