using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Supervision.Sheets;

/// <summary>How a county issues supervision sheets (the section <c>sheets</c> of seeds/supervision.json).</summary>
/// <param name="Merge">Policy: matters of a unit that fall due within it become one sheet.</param>
/// <param name="Cap">How many sheets a unit gets at most.</param>
/// <param name="Colors">The ladder, mildest first. Matters of different colours never share a sheet.</param>
/// <param name="Letter">What a unit gets that cannot be supervised: a letter without colour and without a next step.</param>
/// <param name="Issuers">Who issues to whom, and on what authority.</param>
/// <param name="Important">The colour at which a task begins that its plan calls important; like any other when absent.</param>
public sealed record SheetRules(
    string Merge, SheetCap Cap, IReadOnlyList<SheetStep> Colors, SheetStep Letter, IReadOnlyList<SheetIssuer> Issuers, string? Important = null)
{
    /// <summary>A colour of the ladder or the letter; null for an unknown id.</summary>
    public SheetStep? Find(string id) => id == Letter.Id ? Letter : Colors.FirstOrDefault(step => step.Id == id);

    /// <summary>The colour after one; the last one is followed by itself.</summary>
    public string After(string id) => Colors[Math.Min(Rank(id) + 1, Colors.Count - 1)].Id;

    public string Graver(string one, string other) => Rank(other) > Rank(one) ? other : one;

    /// <summary>The place on the ladder, 0 for the mildest; what is not on it counts as the mildest.</summary>
    public int Rank(string id) => Math.Max(0, Colors.Select(step => step.Id).ToList().IndexOf(id));

    /// <summary>The gravest colour at which one of the causes begins.</summary>
    public string StartOf(IEnumerable<string> causes) => Colors[causes
        .Select(cause => Math.Max(0, Colors.ToList().FindIndex(step => step.Causes.Contains(cause))))
        .DefaultIfEmpty(0)
        .Max()].Id;

    /// <summary>Who may issue to a unit of the kind on a day; null when nobody has the authority.</summary>
    public SheetIssuer? IssuerOf(UnitKind kind, DateOnly day) =>
        Issuers.FirstOrDefault(issuer => issuer.Kinds.Contains(kind) && issuer.Authority.HoldsOn(day));
}

/// <param name="Sheets">At most so many to one unit, 1 or more …</param>
/// <param name="Days">… within so many days of the calendar, the day of issue included; 1 to 366.</param>
/// <param name="Source">Article or "operator default".</param>
public sealed record SheetCap(int Sheets, int Days, string Source);

/// <summary>A step of the ladder.</summary>
/// <param name="Id">Kebab-case: blue, orange, red.</param>
/// <param name="Name">English.</param>
/// <param name="NameZh">The kind of sheet, as its title says it.</param>
/// <param name="Causes">What is missed when a matter begins here; the others begin at the mildest.</param>
/// <param name="SignFor">Policy of the time to sign for it.</param>
/// <param name="Feedback">Policy of the time to answer it.</param>
/// <param name="Request">What is required, Chinese, whole sentences.</param>
/// <param name="Source">Article, model or "operator default".</param>
/// <param name="Next">Policy of the time after which the next colour follows while the matter is open; never when absent.</param>
/// <param name="Leaders">The leaders get a copy.</param>
public sealed record SheetStep(
    string Id,
    string Name,
    string NameZh,
    IReadOnlyList<string> Causes,
    string SignFor,
    string Feedback,
    string Request,
    string Source,
    string? Next = null,
    bool Leaders = false);

/// <summary>What a unit gets.</summary>
public enum SheetForm
{
    /// <summary>督办单: of a colour, to who can be supervised (政府督查工作条例 5).</summary>
    Sheet,

    /// <summary>函: to mass organisations and enterprises, which cannot.</summary>
    Letter,
}

/// <summary>Who issues to units of some kinds.</summary>
/// <param name="Kinds">The kinds.</param>
/// <param name="Unit">The unit that issues, checks and closes.</param>
/// <param name="Form">A sheet or a letter.</param>
/// <param name="Word">The issuer's word in document numbers (机关代字).</param>
/// <param name="Header">The issuer as the red header names it.</param>
/// <param name="Contact">Whom to ask, as printed.</param>
/// <param name="Authority">On what it rests.</param>
public sealed record SheetIssuer(
    IReadOnlyList<UnitKind> Kinds, string Unit, SheetForm Form, string Word, string Header, string Contact, SheetAuthority Authority);

/// <summary>On what an issuer's authority rests (政府督查工作条例 6, 7: body, matter, scope, duty and term).</summary>
/// <param name="Scope">What it covers, Chinese.</param>
/// <param name="Document">What gives it, as printed under 依据.</param>
/// <param name="From">Its first day, local.</param>
/// <param name="Source">Article or "operator default".</param>
/// <param name="To">Its last day, local; without end when absent.</param>
public sealed record SheetAuthority(string Scope, string Document, DateOnly From, string Source, DateOnly? To = null)
{
    public bool HoldsOn(DateOnly day) => From <= day && (To is null || day <= To);
}

/// <summary>What can be missed, as the data and the API call it, with its words.</summary>
public static class SheetCauses
{
    public const string Finish = "finish";
    public const string SignFor = "signFor";
    public const string Feedback = "feedback";
    public const string Behind = "behind";

    /// <summary>Nothing is missed; the supervising office has its own reason, kept as text.</summary>
    public const string ByHand = "byHand";

    /// <summary>Those that assignments tell.</summary>
    public static IReadOnlyList<string> Told { get; } = [Finish, SignFor, Feedback, Behind];

    public static string Zh(string cause) => cause switch
    {
        Finish => "逾期未完成",
        SignFor => "逾期未签收",
        Feedback => "逾期未反馈进展",
        Behind => "约束性指标进度滞后",
        ByHand => "专项督办",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, null),
    };
}
