namespace Workflows.Web.Disputes;

/// <summary>Registers a dispute.</summary>
/// <param name="Place">Division code of the village or community (12 digits) or township (9 digits).</param>
/// <param name="Category">An id of the category list, such as <c>neighbours</c>.</param>
/// <param name="People">How many people it touches, from 2.</param>
/// <param name="Danger">Signs of danger that no entry of the list names; false when not given.</param>
/// <param name="Channel">window, grid, hotline, online, police, petitions or court.</param>
/// <param name="By">The unit that registers it.</param>
/// <param name="Summary">The matter, at most 2,000 characters; kept with the personal data.</param>
/// <param name="Parties">At least an applicant and a respondent.</param>
/// <param name="Level">village, township or county: chosen by a person instead of the triage's.</param>
/// <param name="LevelReason">Why; needed with <paramref name="Level"/>.</param>
/// <param name="DangerSigns">Ids of the list of signs of danger; each sets its floor and may alert police and leaders.</param>
/// <param name="Matters">Ids of the matters that mediation may not take and that apply; the answer is then where to go.</param>
public sealed record RegisterDispute(
    string? Place = null,
    string? Category = null,
    int? People = null,
    bool? Danger = null,
    string? Channel = null,
    string? By = null,
    string? Summary = null,
    IReadOnlyList<RegisterParty?>? Parties = null,
    string? Level = null,
    string? LevelReason = null,
    IReadOnlyList<string?>? DangerSigns = null,
    IReadOnlyList<string?>? Matters = null);

/// <summary>A party as it is registered; everything but role and consents is personal data.</summary>
/// <param name="Role">applicant or respondent.</param>
/// <param name="Name">At most 50 characters.</param>
/// <param name="Phone">5 to 20 digits, spaces, + and -.</param>
/// <param name="IdentityNumber">18 characters.</param>
/// <param name="Address">At most 200 characters.</param>
/// <param name="Consent">notAsked, yes or no: whether the party wants to be mediated.</param>
/// <param name="GoUp">notAsked, once, blanket or no: whether the next level may take over.</param>
/// <param name="Kind">person or organisation.</param>
/// <param name="RepresentedBy">An id of the kinds of representation, when somebody acts for the party.</param>
/// <param name="RepresentativeName">Who acts for it, at most 50 characters; needed with <paramref name="RepresentedBy"/>.</param>
/// <param name="RepresentativePhone">5 to 20 digits, spaces, + and -.</param>
/// <param name="Represents">True for the parties that a large side names to speak for it.</param>
public sealed record RegisterParty(
    string? Role = null,
    string? Name = null,
    string? Phone = null,
    string? IdentityNumber = null,
    string? Address = null,
    string? Consent = null,
    string? GoUp = null,
    string? Kind = null,
    string? RepresentedBy = null,
    string? RepresentativeName = null,
    string? RepresentativePhone = null,
    bool? Represents = null);

/// <param name="By">The handler.</param>
public sealed record SignForDispute(string? By = null);

/// <param name="By">The handler, or a unit above it.</param>
/// <param name="Party">Who refuses or withdraws, such as <c>p1</c>.</param>
public sealed record EndByParty(string? By = null, string? Party = null);

/// <param name="By">The handler.</param>
/// <param name="Reason">Why the next level is needed, at most 2,000 characters; kept with the personal data.</param>
public sealed record EscalateDispute(string? By = null, string? Reason = null);

/// <param name="By">The handler at county level.</param>
/// <param name="Reason">Why no agreement can be had, at most 2,000 characters; kept with the personal data.</param>
public sealed record EndWithoutAgreement(string? By = null, string? Reason = null);

/// <param name="By">The handler, or a unit above it.</param>
/// <param name="Party">Who answered, such as <c>p1</c>.</param>
/// <param name="Answer">once, blanket or no.</param>
/// <param name="Means">oral, written, phone or online: how it came to be on record.</param>
public sealed record AnswerConsent(string? By = null, string? Party = null, string? Answer = null, string? Means = null);

/// <param name="By">The handler, or a unit above it.</param>
/// <param name="Party">Who answered, such as <c>p1</c>.</param>
/// <param name="Answer">yes, or no, which ends the mediation at once.</param>
/// <param name="Means">oral, written, phone or online: how it came to be on record.</param>
public sealed record RecordMediationConsent(string? By = null, string? Party = null, string? Answer = null, string? Means = null);

/// <param name="By">The handler, or a unit above it.</param>
/// <param name="Role">applicant or respondent: the side.</param>
/// <param name="Parties">All who represent it from now on, such as <c>p1</c>.</param>
public sealed record NameRepresentatives(string? By = null, string? Role = null, IReadOnlyList<string?>? Parties = null);

/// <param name="By">The unit that saw it; any.</param>
/// <param name="Signs">Ids of the signs of danger; at least one.</param>
/// <param name="Report">What was seen, at most 2,000 characters; kept with the personal data.</param>
public sealed record ReportDanger(string? By = null, IReadOnlyList<string?>? Signs = null, string? Report = null);

/// <param name="By">The handler.</param>
/// <param name="Reason">Why it is not competent, at most 2,000 characters; kept with the personal data.</param>
public sealed record ReturnDispute(string? By = null, string? Reason = null);

/// <param name="By">The superior that was asked.</param>
/// <param name="Accepted">Whether the handler is rid of it.</param>
/// <param name="Unit">Who is to handle it; the superior itself when not given. Only with <c>accepted</c>.</param>
/// <param name="Reason">Why, at most 2,000 characters; kept with the personal data.</param>
public sealed record DecideReturn(string? By = null, bool? Accepted = null, string? Unit = null, string? Reason = null);

/// <param name="By">The handler.</param>
/// <param name="Unit">Who is to help.</param>
/// <param name="Request">With what, at most 2,000 characters; kept with the personal data.</param>
public sealed record AskAssist(string? By = null, string? Unit = null, string? Request = null);

/// <param name="By">The assisting unit.</param>
/// <param name="Report">How it helped, at most 10,000 characters; kept with the personal data.</param>
public sealed record GiveAssist(string? By = null, string? Report = null);

/// <param name="By">The handler.</param>
/// <param name="Kind">An id of the kinds of suspension, such as <c>appraisal</c>.</param>
/// <param name="Reason">Why, at most 2,000 characters; kept with the personal data.</param>
public sealed record SuspendDispute(string? By = null, string? Kind = null, string? Reason = null);

/// <param name="By">The handler, or a unit above it.</param>
public sealed record ResumeDispute(string? By = null);

/// <param name="By">The handler.</param>
/// <param name="Days">How much more, in the days that the level's term is counted in.</param>
/// <param name="AgreedBy">The parties whose agreement is on record: of a side with representatives all of those, else everybody.</param>
/// <param name="Reason">Why, at most 2,000 characters; kept with the personal data.</param>
public sealed record AskExtension(string? By = null, int? Days = null, IReadOnlyList<string?>? AgreedBy = null, string? Reason = null);

/// <param name="By">The superior that was asked.</param>
/// <param name="Approved">Whether it is granted.</param>
/// <param name="Reason">Why, at most 2,000 characters; kept with the personal data.</param>
public sealed record DecideExtension(string? By = null, bool? Approved = null, string? Reason = null);
