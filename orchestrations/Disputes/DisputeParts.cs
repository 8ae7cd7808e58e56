using Workflows.Orchestrations.Calendar;

namespace Workflows.Orchestrations.Disputes;

public enum PartyKind
{
    Person,
    Organisation,
}

/// <summary>How a party's word came to be on record.</summary>
public enum RecordMeans
{
    Oral,
    Written,
    Phone,
    Online,
}

/// <summary>When and how a consent was recorded.</summary>
/// <param name="At">UTC.</param>
/// <param name="Means">How.</param>
public sealed record ConsentSaid(DateTimeOffset At, RecordMeans Means);

/// <summary>The handler holds that it is not competent and waits for its superior.</summary>
/// <param name="Text">The protected text with the reason.</param>
/// <param name="Superior">The unit that decides.</param>
/// <param name="Decide">The superior's time to decide.</param>
public sealed record ReturnWish(string Text, string Superior, Clock Decide);

/// <summary>A unit that helps the handler at one level.</summary>
/// <param name="Id">Within the case: <c>h1</c>, <c>h2</c> …</param>
/// <param name="Unit">Who helps.</param>
/// <param name="Text">The protected text that says with what.</param>
/// <param name="Clock">Runs until the help was given or the level has ended.</param>
/// <param name="GivenText">The protected text with the help; null when it was not given.</param>
public sealed record Assist(string Id, string Unit, string Text, Clock? Clock, string? GivenText = null);

/// <summary>The case stands still.</summary>
/// <param name="Kind">An id of the kinds of suspension.</param>
/// <param name="At">UTC.</param>
/// <param name="Ends">UTC; it goes on then by itself.</param>
/// <param name="Text">The protected text with the reason.</param>
public sealed record Suspension(string Kind, DateTimeOffset At, DateTimeOffset Ends, string Text);

/// <summary>The handler asks for more time.</summary>
/// <param name="Days">Of the kind that the level's term is counted in.</param>
/// <param name="Text">The protected text with the reason.</param>
/// <param name="Approver">The unit that decides.</param>
/// <param name="Decide">Its time to decide; unanswered, the wish is dropped.</param>
public sealed record ExtensionWish(int Days, string Text, string Approver, Clock Decide);

/// <summary>A file that belongs to the case; its content is kept with the personal data.</summary>
/// <param name="File">Its id.</param>
/// <param name="Kind">What it is, kebab-case, such as <c>session-record</c>.</param>
/// <param name="Sha256">64 hexadecimal digits.</param>
/// <param name="At">UTC.</param>
public sealed record CaseFile(string File, string Kind, string Sha256, DateTimeOffset At);
