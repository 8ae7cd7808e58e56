namespace Workflows.Orchestrations.Calendar;

/// <summary>One published year of the working calendar: one file of seed data.</summary>
/// <param name="Year">The year that the paper is about.</param>
/// <param name="OffDays">
/// Days off by the paper, weekends inside a holiday included. May hold days of the year before: the paper of 2023
/// begins with 2022-12-31.
/// </param>
/// <param name="MakeUpWorkdays">Saturdays and Sundays that are worked in exchange.</param>
/// <param name="Sources">The papers that say so.</param>
public sealed record CalendarYear(
    int Year,
    IReadOnlyList<DateOnly> OffDays,
    IReadOnlyList<DateOnly> MakeUpWorkdays,
    IReadOnlyList<string> Sources);

/// <summary>What a day is to the offices of the county.</summary>
public enum DayKind
{
    Workday,
    Weekend,

    /// <summary>Off by the State Council's paper, whatever day of the week.</summary>
    Holiday,

    /// <summary>A Saturday or Sunday that is worked.</summary>
    MakeUpWorkday,

    /// <summary>The day is in a year whose paper is not loaded, so nobody can say.</summary>
    Unknown,
}
