using System.Text.Json.Serialization;

namespace Workflows.Orchestrations.Calendar;

/// <summary>One step of the way from a start date to a due date.</summary>
/// <param name="Rule">
/// A stable code: start, start-not-counted, start-counted, count-working-days, count-days, count-months, count-back,
/// hours, skip, month-end, roll, assumed-week, given, suspended, extended, ends.
/// </param>
/// <param name="Date">The date at which counting stands after the step.</param>
/// <param name="Text">English, for logs and the API.</param>
/// <param name="TextZh">Chinese, for mails and pages.</param>
public sealed record WhyStep(string Rule, DateOnly Date, string Text, string TextZh);

/// <summary>A due date that can explain itself.</summary>
/// <param name="Policy">The id of the policy it comes from.</param>
/// <param name="From">The local date of the start event.</param>
/// <param name="Date">The last local day of the period.</param>
/// <param name="At">The instant, UTC, at which it is over.</param>
/// <param name="Why">The steps, in the order they were taken.</param>
public sealed record Deadline(
    string Policy, DateOnly From, DateOnly Date, DateTimeOffset At, IReadOnlyList<WhyStep> Why);

/// <summary>What comes of counting: a date, or the reason why there is none. There is no guess.</summary>
[JsonDerivedType(typeof(Due), "due")]
[JsonDerivedType(typeof(NoCalendar), "noCalendar")]
[JsonDerivedType(typeof(NotValid), "notValid")]
public abstract record DeadlineAnswer
{
    private DeadlineAnswer()
    {
    }

    public sealed record Due(Deadline Deadline) : DeadlineAnswer;

    /// <summary>Counting needs a year whose paper is not loaded.</summary>
    /// <param name="Year">The missing year.</param>
    /// <param name="Reached">How far counting came.</param>
    /// <param name="Reason">For logs and the board.</param>
    public sealed record NoCalendar(int Year, DateOnly Reached, string Reason) : DeadlineAnswer;

    /// <summary>The policy does not apply to this start.</summary>
    public sealed record NotValid(string Reason) : DeadlineAnswer;
}
