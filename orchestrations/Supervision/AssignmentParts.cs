using Workflows.Orchestrations.Calendar;

namespace Workflows.Orchestrations.Supervision;

/// <summary>How often a unit says how its task goes.</summary>
public enum Cadence
{
    None,
    Monthly,
    Quarterly,

    /// <summary>At the days that the plan names.</summary>
    Milestones,
}

/// <summary>The period whose feedback is waited for.</summary>
/// <param name="Period">Its id: 2025-10, 2025-Q4, or the day of a milestone.</param>
/// <param name="From">Its first day, local.</param>
/// <param name="To">Its last day, local; the due date is counted from it.</param>
/// <param name="Clock">Runs until the feedback is given.</param>
/// <param name="NextTo">When the period after it is over, UTC; null for the last milestone.</param>
public sealed record FeedbackTerm(string Period, DateOnly From, DateOnly To, Clock Clock, DateTimeOffset? NextTo);

/// <summary>How a task goes, in the words of its unit.</summary>
/// <param name="At">UTC.</param>
/// <param name="Text">The protected text.</param>
/// <param name="Period">The period it is about; null when nobody asked.</param>
/// <param name="IsLate">It came after its date.</param>
/// <param name="Files">Ids of files that belong to it.</param>
public sealed record Feedback(DateTimeOffset At, string Text, string? Period = null, bool IsLate = false, IReadOnlyList<string>? Files = null);

/// <summary>A reported value of an indicator.</summary>
/// <param name="Indicator">Its id in the plan.</param>
/// <param name="Value">In the indicator's unit.</param>
/// <param name="On">The day for which it holds, local.</param>
public sealed record Figure(string Indicator, decimal Value, DateOnly On);

/// <summary>A file that shows what was done; its content is kept with the personal data.</summary>
/// <param name="File">Its id.</param>
/// <param name="Kind">What it is, kebab-case, such as <c>photo</c>.</param>
/// <param name="Sha256">64 hexadecimal digits.</param>
/// <param name="At">UTC.</param>
public sealed record EvidenceFile(string File, string Kind, string Sha256, DateTimeOffset At);

/// <summary>The unit asks for more time.</summary>
/// <param name="Until">The day it expects to be done, local.</param>
/// <param name="Text">The protected text with the reason.</param>
/// <param name="Approver">The unit that decides.</param>
/// <param name="Decide">Its time to decide; unanswered, the wish is dropped.</param>
public sealed record TimeWish(DateOnly Until, string Text, string Approver, Clock Decide);

/// <summary>An assignment stands still.</summary>
/// <param name="Kind">An id of the kinds of standstill.</param>
/// <param name="At">UTC.</param>
/// <param name="Ends">UTC; it goes on then by itself.</param>
/// <param name="Text">The protected text with the reason.</param>
public sealed record Standstill(string Kind, DateTimeOffset At, DateTimeOffset Ends, string Text);

/// <summary>A claim was checked and returned.</summary>
/// <param name="At">UTC.</param>
/// <param name="By">The unit that checked.</param>
/// <param name="Text">The protected text with the reasons.</param>
public sealed record CheckResult(DateTimeOffset At, string By, string Text);

/// <summary>The unit does not accept a check's result (政府督查工作条例 17).</summary>
/// <param name="At">UTC.</param>
/// <param name="Text">The protected text with the reasons.</param>
/// <param name="Reviewer">The unit that decides; neither the unit itself nor who checked.</param>
/// <param name="Decide">Its time to decide.</param>
public sealed record Objection(DateTimeOffset At, string Text, string Reviewer, Clock Decide);

/// <summary>Why an assignment was closed without being done.</summary>
/// <param name="Reason"><c>superseded</c> or <c>expired</c>.</param>
/// <param name="At">UTC.</param>
/// <param name="Plan">The plan that took over.</param>
public sealed record Closing(string Reason, DateTimeOffset At, string? Plan = null);

/// <summary>Why a unit has a task although the plan does not name it.</summary>
/// <param name="Open">The plan's own list of units is open (等).</param>
/// <param name="Document">The number of the document that says so; needed when the list is not open.</param>
/// <param name="Text">The protected text that says why, if there is one.</param>
public sealed record UnitBasis(bool Open, string? Document = null, string? Text = null);
