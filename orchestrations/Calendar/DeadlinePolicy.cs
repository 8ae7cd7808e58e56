namespace Workflows.Orchestrations.Calendar;

public enum PeriodUnit
{
    /// <summary>Exact hours, over night and over holidays.</summary>
    Hour,

    /// <summary>Days of the calendar.</summary>
    Day,

    /// <summary>Days that the offices work, make-up Saturdays and Sundays included.</summary>
    WorkingDay,

    /// <summary>To the corresponding day, or to the month's last day where it has none (Civil Code art. 202).</summary>
    Month,

    Year,
}

/// <summary>Whether the day of the start event is the first day of the period.</summary>
public enum StartDay
{
    /// <summary>The rule: counting begins on the day after (Civil Code art. 201).</summary>
    Excluded,
    Included,
}

/// <summary>What becomes of a last day that is a day of rest.</summary>
public enum Roll
{
    None,

    /// <summary>The day after the rest is the last day (Civil Code art. 203).</summary>
    NextWorkday,
}

/// <summary>A length of time as a rule states it.</summary>
/// <param name="Amount">Zero or more. Zero means the day itself.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="Start">Whether the first day counts.</param>
/// <param name="Roll">Whether a rest day at the end moves the end.</param>
public sealed record Period(
    int Amount, PeriodUnit Unit, StartDay Start = StartDay.Excluded, Roll Roll = Roll.None);

/// <summary>A time limit as data: what it is, whose rule it is, how it is counted, and who is told when.</summary>
/// <param name="Id">Stable; cases refer to it.</param>
/// <param name="Name">For people, Chinese.</param>
/// <param name="Domain">The field of work, such as "xinfang" or "supervision".</param>
/// <param name="Period">How long.</param>
/// <param name="StartEvent">What sets it running, Chinese.</param>
/// <param name="Source">Article or "operator default".</param>
/// <param name="Scope">"national", "operator", or the place whose rule serves as a reference.</param>
/// <param name="OperatorDefault">True when the installation may change it: no national text fixes it.</param>
/// <param name="ValidFrom">First start date it applies to; null means always.</param>
/// <param name="ValidTo">Last start date it applies to; null means still.</param>
/// <param name="Reminders">Counted back from the due date, in days or working days.</param>
/// <param name="RepeatOverdue">How often an overdue notice is repeated; null means it is said once.</param>
/// <param name="Extension">Who may extend it and by how much, for people.</param>
/// <param name="OnExpiry">What its end means, for people.</param>
/// <param name="Note">Anything else a reader must know.</param>
/// <param name="Version">Grows when the same id gets another content.</param>
/// <param name="Verified">False when no text of the rule has been read.</param>
/// <param name="CountedBack">
/// True when the date lies before its start event, as a hearing notice does before the hearing.
/// </param>
public sealed record DeadlinePolicy(
    string Id,
    string Name,
    string Domain,
    Period Period,
    string StartEvent,
    string Source,
    string Scope,
    bool OperatorDefault,
    DateOnly? ValidFrom = null,
    DateOnly? ValidTo = null,
    IReadOnlyList<Period>? Reminders = null,
    Period? RepeatOverdue = null,
    string? Extension = null,
    string? OnExpiry = null,
    string? Note = null,
    int Version = 1,
    bool Verified = true,
    bool CountedBack = false);
