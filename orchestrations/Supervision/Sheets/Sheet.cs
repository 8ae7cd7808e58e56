using System.Text.Json.Serialization;
using Workflows.Orchestrations.Calendar;

namespace Workflows.Orchestrations.Supervision.Sheets;

/// <summary>Where a sheet stands.</summary>
public enum SheetStatus
{
    Planned,

    /// <summary>Out, and not signed for.</summary>
    Issued,
    SignedFor,

    /// <summary>The unit has answered; the issuer looks at it.</summary>
    Answered,
    Closed,

    /// <summary>What was missed has been made good.</summary>
    Mended,

    /// <summary>Its term passed with a matter open; the next colour follows.</summary>
    Lapsed,
}

/// <summary>A supervision sheet, or a letter, to one unit.</summary>
/// <param name="Id">unit.sN.</param>
/// <param name="Rules">The rule set it was issued under.</param>
/// <param name="Unit">To whom.</param>
/// <param name="Issuer">The unit that issued it and closes it.</param>
/// <param name="Form">A sheet or a letter.</param>
/// <param name="Color">The step of the ladder; the letter's id for a letter.</param>
/// <param name="Number">As printed.</param>
/// <param name="IssuedAt">UTC.</param>
/// <param name="Parts">Its matters.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="SignFor">Runs until the unit signs.</param>
/// <param name="Feedback">Runs until the unit answers; again when the answer is returned.</param>
/// <param name="Term">Runs while the unit has the word; when it is over, the next colour follows.</param>
/// <param name="Check">Runs while the issuer looks at an answer.</param>
/// <param name="Answers">What the unit answered, oldest first.</param>
/// <param name="Returns">How often an answer was returned.</param>
/// <param name="EndedAt">UTC.</param>
/// <param name="Text">The protected text with which it was closed.</param>
public sealed record Sheet(
    string Id,
    string Rules,
    string Unit,
    string Issuer,
    SheetForm Form,
    string Color,
    string Number,
    DateTimeOffset IssuedAt,
    IReadOnlyList<SheetPart> Parts,
    SheetStatus Status = SheetStatus.Planned,
    Clock? SignFor = null,
    Clock? Feedback = null,
    Clock? Term = null,
    Clock? Check = null,
    IReadOnlyList<SheetAnswer>? Answers = null,
    int Returns = 0,
    DateTimeOffset? EndedAt = null,
    string? Text = null)
{
    [JsonIgnore]
    public bool Ended => Status is SheetStatus.Closed or SheetStatus.Mended or SheetStatus.Lapsed;

    /// <summary>The matters that are still under it.</summary>
    [JsonIgnore]
    public IEnumerable<SheetPart> Open => Parts.Where(part => part.MendedAt is null);

    /// <summary>Its clocks with the name by which the API calls them, the gravest first.</summary>
    [JsonIgnore]
    public IEnumerable<(string Name, Clock Clock)> Clocks =>
        ((string Name, Clock? Clock)[])[("term", Term), ("signFor", SignFor), ("feedback", Feedback), ("check", Check)] is var all
            ? all.Where(entry => entry.Clock is not null).Select(entry => (entry.Name, entry.Clock!))
            : [];

    /// <summary>When somebody must look again, UTC.</summary>
    [JsonIgnore]
    public DateTimeOffset? Next => Clocks.Min(entry => entry.Clock.Next);

    /// <summary>The sheet with a clock in its place.</summary>
    public Sheet With(string name, Clock clock) => name switch
    {
        "term" => this with { Term = clock },
        "signFor" => this with { SignFor = clock },
        "feedback" => this with { Feedback = clock },
        "check" => this with { Check = clock },
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    /// <summary>Nothing runs any more.</summary>
    internal Sheet Over(SheetStatus status, DateTimeOffset at, string? text = null) => this with
    {
        Status = status,
        SignFor = null,
        Feedback = null,
        Term = null,
        Check = null,
        EndedAt = at,
        Text = text,
    };
}

/// <summary>A matter on a sheet, as it stood when the sheet went out.</summary>
/// <param name="Key">plan.task.</param>
/// <param name="Items">What its assignments missed.</param>
/// <param name="MendedAt">UTC; when it was made good.</param>
public sealed record SheetPart(string Key, IReadOnlyList<MissedItem> Items, DateTimeOffset? MendedAt = null)
{
    /// <summary>Sheets that it was on before, and what came of them.</summary>
    public IReadOnlyList<PastSheet>? Earlier { get; init; }
}

/// <param name="At">UTC.</param>
/// <param name="Text">The protected text.</param>
public sealed record SheetAnswer(DateTimeOffset At, string Text);

/// <summary>What can happen to a sheet; words are kept as text under the command's id.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(Opened), nameof(Opened))]
[JsonDerivedType(typeof(DateReached), nameof(DateReached))]
[JsonDerivedType(typeof(SignedFor), nameof(SignedFor))]
[JsonDerivedType(typeof(Answered), nameof(Answered))]
[JsonDerivedType(typeof(Closed), nameof(Closed))]
[JsonDerivedType(typeof(Returned), nameof(Returned))]
[JsonDerivedType(typeof(MatterMended), nameof(MatterMended))]
[JsonDerivedType(typeof(RulesChanged), nameof(RulesChanged))]
public abstract record SheetFact
{
    private SheetFact()
    {
    }

    public sealed record Opened : SheetFact;

    public sealed record DateReached : SheetFact;

    /// <summary>The unit has it.</summary>
    public sealed record SignedFor : SheetFact;

    /// <summary>The unit says what it has done about it.</summary>
    public sealed record Answered : SheetFact;

    /// <summary>The issuer closes it.</summary>
    public sealed record Closed : SheetFact;

    /// <summary>The issuer returns the answer with reasons.</summary>
    public sealed record Returned : SheetFact;

    /// <summary>Nothing is missed any more in a matter of it.</summary>
    public sealed record MatterMended(string Key) : SheetFact;

    /// <summary>The county recounts its running cases under another version of its rules.</summary>
    public sealed record RulesChanged(string Version) : SheetFact;
}
