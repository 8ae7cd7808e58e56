using System.Text.Json.Serialization;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision.Sheets;

/// <summary>Everything about sheets to one unit: what it misses, what waits for a sheet, what is open.</summary>
/// <param name="Unit">The unit; a township for its villages.</param>
/// <param name="Rules">The rule set.</param>
/// <param name="OpenedAt">UTC.</param>
/// <param name="Matters">What is missed or under an open sheet.</param>
/// <param name="Past">Sheets that released a matter, oldest first; the latest <see cref="PastMax"/>.</param>
/// <param name="Issued">When sheets were issued, as far back as the cap looks, UTC.</param>
/// <param name="Important">Matters that begin at a graver colour.</param>
/// <param name="Sheets">Counts the sheets; the next one's id comes from it.</param>
/// <param name="Number">A number that was asked for and not used yet.</param>
/// <param name="FreeAt">When the cap lets another sheet out, UTC; null when it does now.</param>
/// <param name="RetryAt">When a number is asked for again, UTC.</param>
/// <param name="NoIssuerSince">UTC; nobody has the authority to issue what is ready.</param>
/// <param name="Opened">The opening step was taken.</param>
public sealed record UnitMatters(
    string Unit,
    string Rules,
    DateTimeOffset OpenedAt,
    IReadOnlyList<SheetMatter>? Matters = null,
    IReadOnlyList<PastSheet>? Past = null,
    IReadOnlyList<DateTimeOffset>? Issued = null,
    IReadOnlyList<ImportantMatter>? Important = null,
    int Sheets = 0,
    SheetNumber? Number = null,
    DateTimeOffset? FreeAt = null,
    DateTimeOffset? RetryAt = null,
    DateTimeOffset? NoIssuerSince = null,
    bool Opened = false)
{
    public const int PastMax = 60;

    /// <summary>What is missed and has no open sheet.</summary>
    [JsonIgnore]
    public IEnumerable<SheetMatter> Waiting => (Matters ?? []).Where(matter => matter.Sheet is null && matter.Items.Count > 0);

    /// <summary>When somebody must look again, UTC; null when only a command can lead on.</summary>
    [JsonIgnore]
    public DateTimeOffset? Next => NoIssuerSince is not null ? null
        : Waiting.Min(matter => (DateTimeOffset?)matter.Ready) is { } ready ? Later(Later(ready, FreeAt), RetryAt)
        : null;

    /// <summary>The id of the sheet that comes next.</summary>
    [JsonIgnore]
    public string NextSheet => FormattableString.Invariant($"{Unit}.s{Sheets + 1}");

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;
}

/// <summary>A matter of the unit: one task, or several of one content.</summary>
/// <param name="Key">plan.task.</param>
/// <param name="Items">The assignments that miss something; none while it is only under a sheet that has not heard of it.</param>
/// <param name="Color">Of the sheet that it waits for, or is under.</param>
/// <param name="Ready">When a sheet may be issued for it, UTC.</param>
/// <param name="Sheet">The open sheet it is under.</param>
public sealed record SheetMatter(string Key, IReadOnlyList<MissedItem> Items, string Color, DateTimeOffset Ready, string? Sheet = null);

/// <summary>What an assignment misses.</summary>
/// <param name="Assignment">Its id.</param>
/// <param name="Title">The task in words.</param>
/// <param name="Causes">What; never none.</param>
/// <param name="Text">The protected text with the office's own reason, kept with the unit's.</param>
/// <param name="Important">Its plan says that it is.</param>
public sealed record MissedItem(
    string Assignment, string Title, IReadOnlyList<MissedCause> Causes, string? Text = null, bool? Important = null);

/// <param name="Cause">One of <see cref="SheetCauses"/>.</param>
/// <param name="Due">When it was due, local; null when there is no such day.</param>
public sealed record MissedCause(string Cause, DateOnly? Due = null);

/// <summary>A sheet that was, and what came of it.</summary>
/// <param name="Sheet">Its id.</param>
/// <param name="Number">As printed.</param>
/// <param name="Color">Its colour.</param>
/// <param name="IssuedOn">Local.</param>
/// <param name="Keys">The matters that it released.</param>
/// <param name="Result">What came of it.</param>
public sealed record PastSheet(string Sheet, string Number, string Color, DateOnly IssuedOn, IReadOnlyList<string> Keys, SheetResult Result);

/// <summary>Why a sheet let a matter go.</summary>
public enum SheetResult
{
    /// <summary>The issuer closed it.</summary>
    Closed,

    /// <summary>What was missed has been made good.</summary>
    Mended,

    /// <summary>Its term passed with the matter open.</summary>
    Lapsed,

    /// <summary>Its flow is not there any more.</summary>
    Lost,
}

/// <summary>A matter that begins at a graver colour, for a reason kept as text.</summary>
/// <param name="Matter">plan.task.</param>
/// <param name="Color">Where it begins.</param>
/// <param name="At">UTC.</param>
/// <param name="Text">The protected text.</param>
public sealed record ImportantMatter(string Matter, string Color, DateTimeOffset At, string Text);

/// <summary>A document number of an issuer.</summary>
/// <param name="Issuer">The unit.</param>
/// <param name="Word">Its word.</param>
/// <param name="Year">The local year in which it was asked for.</param>
/// <param name="Sheet">The sheet that asked.</param>
/// <param name="Value">From 1; null until it is known.</param>
public sealed record SheetNumber(string Issuer, string Word, int Year, string Sheet, long? Value = null)
{
    /// <summary>GB/T 9704-2012: hexagonal brackets, the year in full, no leading zero, no 第.</summary>
    [JsonIgnore]
    public string Text => FormattableString.Invariant($"{Word}〔{Year}〕{Value}号");
}

/// <summary>Takes the next number of a word's series of a year, for a sheet: the same sheet gets the same number.</summary>
/// <param name="Word">The issuer's word; sheets and letters of one issuer have words, and so series, of their own.</param>
/// <param name="Year">Local.</param>
/// <param name="Sheet">The sheet's id.</param>
public sealed record TakeSheetNumber(string Word, int Year, string Sheet) : IActivity<UnitSheetsFact>
{
    public string Key => FormattableString.Invariant($"{Word}/{Year}/{Sheet}");
}
