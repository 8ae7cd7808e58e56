namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>Where a drafted value came from.</summary>
/// <param name="Words">Exactly as printed.</param>
/// <param name="Line">Of the text, from 1.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Reason">The rule that read it.</param>
public sealed record Source(string Words, int Line, double Confidence, string Reason);

/// <summary>What a plan's text says, as far as it was understood; a person corrects and activates it.</summary>
/// <param name="Document">Number, issuer, dates.</param>
/// <param name="StandingRules">What holds for many tasks at once.</param>
/// <param name="Units">Every unit that is named, each once.</param>
/// <param name="Tasks">In the document's order.</param>
/// <param name="Indicators">In the document's order.</param>
/// <param name="QualitativeTargets">Aims without a number.</param>
/// <param name="Questions">What a person must say.</param>
/// <param name="NotUnderstood">What no rule read.</param>
/// <param name="Paragraphs">What became of every paragraph.</param>
public sealed record PlanDraft(
    DraftDocument Document,
    IReadOnlyList<DraftRule> StandingRules,
    IReadOnlyList<DraftUnit> Units,
    IReadOnlyList<DraftTask> Tasks,
    IReadOnlyList<DraftIndicator> Indicators,
    IReadOnlyList<DraftTarget> QualitativeTargets,
    IReadOnlyList<DraftQuestion> Questions,
    IReadOnlyList<DraftGap> NotUnderstood,
    IReadOnlyList<DraftParagraph> Paragraphs);

/// <summary>The document as such; what is null was not found.</summary>
/// <param name="Number">Such as 仙政办规〔2023〕3号, brackets in this form.</param>
/// <param name="Issuer">The organ.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Addressees">To whom it is sent.</param>
/// <param name="Basis">Numbers of the documents it rests on.</param>
/// <param name="Issued">Its date.</param>
/// <param name="EffectiveFrom">The first day it is in force.</param>
/// <param name="Expires">The last day it is in force; the date of everything without its own.</param>
/// <param name="Disclosure">Whether it is public, as printed.</param>
/// <param name="Sources">By the name of the value.</param>
public sealed record DraftDocument(
    string? Number,
    string? Issuer,
    string? Subject,
    IReadOnlyList<string> Addressees,
    IReadOnlyList<string> Basis,
    DateOnly? Issued,
    DateOnly? EffectiveFrom,
    DateOnly? Expires,
    string? Disclosure,
    IReadOnlyDictionary<string, Source> Sources);

/// <summary>A rule for many tasks.</summary>
/// <param name="Id">R1, R2, …</param>
/// <param name="Kind">What it means: <c>townships-implement</c>.</param>
/// <param name="AppliesTo">The first and the last task's id, such as T01..T36.</param>
/// <param name="Section">Where it stands.</param>
/// <param name="Source">Its words.</param>
public sealed record DraftRule(string Id, string Kind, string AppliesTo, string Section, Source Source);

/// <summary>A unit that the text names.</summary>
/// <param name="Id">Of the register; u1, u2, … for a unit that is not in it.</param>
/// <param name="Name">Of the register, or with what the text left out, such as 县卫健局 for 卫健局 in a list.</param>
/// <param name="Kind">Of the register, or guessed from the ending.</param>
/// <param name="Known">Whether it stands in the register.</param>
/// <param name="Aliases">The spellings in this text.</param>
/// <param name="Source">Its first mention.</param>
public sealed record DraftUnit(string Id, string Name, string Kind, bool Known, IReadOnlyList<string> Aliases, Source Source);

/// <summary>A task.</summary>
/// <param name="Id">By its position: T01, T02, …</param>
/// <param name="Path">Its number at every level, such as 2.4.6.</param>
/// <param name="PathText">As printed, such as 二（四）6.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Mode"><c>lead</c> when a unit leads, <c>division</c> among peers.</param>
/// <param name="Etc">The list of units is open: 等.</param>
/// <param name="Responsible">The named units.</param>
/// <param name="TownshipsImplied">Every township carries it out too.</param>
/// <param name="Due">When the text gives the task a date of its own.</param>
/// <param name="Cadence">standing, annual, … when the text gives the task a rhythm and no date.</param>
/// <param name="Source">Its heading's words.</param>
/// <param name="DueSource">The words of its date.</param>
/// <param name="Important">True when a person says that sheets about it begin at a graver colour.</param>
public sealed record DraftTask(
    string Id,
    string Path,
    string PathText,
    string Title,
    string Mode,
    bool Etc,
    IReadOnlyList<DraftResponsible> Responsible,
    bool TownshipsImplied,
    DateOnly? Due,
    string? Cadence,
    Source Source,
    Source? DueSource = null,
    bool? Important = null);

/// <summary>A unit's part in a task.</summary>
/// <param name="Unit">Its id among the draft's units.</param>
/// <param name="Role">Its part.</param>
/// <param name="Name">Its name among the draft's units.</param>
/// <param name="Source">Its words here.</param>
public sealed record DraftResponsible(string Unit, AssignmentRole Role, string Name, Source Source);

/// <summary>A target with a number.</summary>
/// <param name="Id">I01, I02, …</param>
/// <param name="Section">The path of the section it stands in; empty before the first heading.</param>
/// <param name="Task">The task's id; null in a section that is no task.</param>
/// <param name="Name">Words of the text around the number.</param>
/// <param name="Comparator">eq, gte, lte, gt or lt.</param>
/// <param name="Value">The number.</param>
/// <param name="ValueTo">The upper end of a range.</param>
/// <param name="Unit">Such as %, 个, 次/年.</param>
/// <param name="Due">The last day; null when the text gives none and the plan has no expiry.</param>
/// <param name="DueSource"><c>explicit</c> at the indicator, <c>task</c> at its task, <c>plan-expiry</c> else.</param>
/// <param name="Cadence">once, standing, annual, half-yearly, quarterly, monthly, weekly or daily.</param>
/// <param name="Scope">county, per-village, per-township, …</param>
/// <param name="Force"><c>binding</c>, or <c>aspirational</c> for 力争 and 争取.</param>
/// <param name="Source">Its words.</param>
public sealed record DraftIndicator(
    string Id,
    string Section,
    string? Task,
    string Name,
    string Comparator,
    decimal Value,
    decimal? ValueTo,
    string Unit,
    DateOnly? Due,
    string DueSource,
    string Cadence,
    string Scope,
    string Force,
    Source Source);

/// <summary>An aim without a number.</summary>
public sealed record DraftTarget(string Section, string? Task, string Name, Source Source);

/// <summary>What a person must say before, or may say after, the plan is activated.</summary>
/// <param name="Id">Q1, Q2, …</param>
/// <param name="Kind">A stable word: unknown-unit, look-alike, heading-number, …</param>
/// <param name="Matters">While it is open, the plan cannot be activated.</param>
/// <param name="About">The id of the unit, task or indicator; or the document's value.</param>
/// <param name="Text">The question, Chinese.</param>
/// <param name="Suggestions">Possible answers: ids of units, dates.</param>
/// <param name="Source">The words that raise it.</param>
public sealed record DraftQuestion(
    string Id, string Kind, bool Matters, string About, string Text, IReadOnlyList<string> Suggestions, Source Source);

/// <summary>Words that no rule read.</summary>
/// <param name="Words">Exactly as printed.</param>
/// <param name="Line">Of the text, from 1.</param>
/// <param name="Reason">Why nothing was drafted from them.</param>
/// <param name="Task">The task they stand in.</param>
public sealed record DraftGap(string Words, int Line, string Reason, string? Task = null);

/// <summary>What became of a paragraph.</summary>
/// <param name="Line">Its first line, from 1.</param>
/// <param name="Kind">number, title, preamble, heading, task, responsibility, rule, table, closing or not-understood.</param>
/// <param name="Task">The task that it belongs to.</param>
public sealed record DraftParagraph(int Line, string Kind, string? Task = null);
