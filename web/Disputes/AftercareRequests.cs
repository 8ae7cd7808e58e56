namespace Workflows.Web.Disputes;

/// <param name="By">The handler.</param>
/// <param name="Signatures">Those that the written agreement lacked.</param>
public sealed record SignAgreement(string? By = null, IReadOnlyList<SettleSignature?>? Signatures = null);

/// <param name="By">The handler, or a unit above it.</param>
/// <param name="On">The day both applied.</param>
public sealed record ApplyForConfirmation(string? By = null, string? On = null);

/// <param name="By">The handler, or a unit above it.</param>
/// <param name="Decision">confirmed or rejected.</param>
/// <param name="On">The day the court decided.</param>
public sealed record RecordCourtDecision(string? By = null, string? Decision = null, string? On = null);

/// <param name="By">The handler, or a unit above it.</param>
/// <param name="Clause">The clause's number.</param>
public sealed record KeepClause(string? By = null, int? Clause = null);

/// <param name="By">The handler, or a unit above it.</param>
/// <param name="Clause">The clause's number.</param>
/// <param name="Party">Who did not perform it, such as <c>p1</c>.</param>
/// <param name="Reason">What is known of why, at most 2,000 characters; kept with the personal data.</param>
public sealed record BreakClause(string? By = null, int? Clause = null, string? Party = null, string? Reason = null);

/// <param name="By">The handler, or a unit above it.</param>
/// <param name="Party">Who was called, such as <c>p1</c>.</param>
/// <param name="Result">satisfied, unsatisfied or unreachable.</param>
/// <param name="Record">What was said, at most 2,000 characters; kept with the personal data.</param>
public sealed record RecordCallBack(string? By = null, string? Party = null, string? Result = null, string? Record = null);

/// <param name="By">The handler, or a unit above it, that records what the party said.</param>
/// <param name="Party">Who rates, such as <c>p1</c>.</param>
/// <param name="Stars">1 to 5.</param>
/// <param name="Comment">At most 2,000 characters; kept with the personal data.</param>
public sealed record RateDispute(string? By = null, string? Party = null, int? Stars = null, string? Comment = null);

/// <param name="By">The handler, or a unit above it.</param>
/// <param name="Party">Who was told, such as <c>p1</c>.</param>
/// <param name="Told">What was found and mended, at most 2,000 characters; kept with the personal data.</param>
public sealed record TellMended(string? By = null, string? Party = null, string? Told = null);

/// <param name="By">The handler, or a unit above it, that records what the party wants.</param>
/// <param name="Party">Who asks, such as <c>p1</c>.</param>
/// <param name="Reason">Why, at most 2,000 characters; kept with the personal data.</param>
public sealed record AskAgain(string? By = null, string? Party = null, string? Reason = null);

/// <param name="By">The unit above the last handler.</param>
/// <param name="Party">Who asked, such as <c>p1</c>.</param>
/// <param name="Outcome">upheld or reopen.</param>
/// <param name="Answer">What the party is told, at most 2,000 characters; kept with the personal data.</param>
public sealed record AnswerReview(string? By = null, string? Party = null, string? Outcome = null, string? Answer = null);
