namespace Workflows.Orchestrations.Calendar;

/// <summary>
/// The county's days: which are worked, when the offices are open, and where a local day begins and ends in UTC.
/// </summary>
/// <param name="years">The published years; checked by <see cref="CalendarData"/> when they come from files.</param>
/// <param name="zone">The county's time zone.</param>
/// <param name="opens">Local time at which the offices open.</param>
/// <param name="closes">Local time at which they close; not in office hours any more.</param>
public sealed class CountyCalendar(
    IReadOnlyList<CalendarYear> years, TimeZoneInfo zone, TimeOnly opens, TimeOnly closes)
{
    private readonly HashSet<int> known = [.. years.Select(year => year.Year)];
    private readonly HashSet<DateOnly> off = [.. years.SelectMany(year => year.OffDays)];
    private readonly HashSet<DateOnly> makeUp = [.. years.SelectMany(year => year.MakeUpWorkdays)];

    /// <summary>The years with data, ascending.</summary>
    public IReadOnlyList<int> Years { get; } = [.. years.Select(year => year.Year).Distinct().Order()];

    public TimeZoneInfo Zone => zone;

    public TimeOnly Opens => opens;

    public TimeOnly Closes => closes;

    /// <summary>The same calendar with one more year.</summary>
    public CountyCalendar With(CalendarYear year) => new([.. years, year], zone, opens, closes);

    /// <summary>Whether the year's paper is loaded. A year is known as a whole or not at all.</summary>
    public bool Knows(int year) => known.Contains(year);

    /// <summary>
    /// Whether anything can be said about the day: its year is known, or the paper of the next year lists it.
    /// </summary>
    public bool Knows(DateOnly date) => KindOf(date) != DayKind.Unknown;

    public DayKind KindOf(DateOnly date) =>
        off.Contains(date) ? DayKind.Holiday
        : makeUp.Contains(date) ? DayKind.MakeUpWorkday
        : !known.Contains(date.Year) ? DayKind.Unknown
        : IsMondayToFriday(date) ? DayKind.Workday
        : DayKind.Weekend;

    /// <summary>
    /// Whether the offices work on the day. A day of a year without data is taken by its weekday, which is good
    /// enough for a notice and never for a deadline: <see cref="Deadlines"/> asks <see cref="Knows(DateOnly)"/> first.
    /// </summary>
    public bool IsWorkday(DateOnly date) => KindOf(date) switch
    {
        DayKind.Workday or DayKind.MakeUpWorkday => true,
        DayKind.Weekend or DayKind.Holiday => false,
        DayKind.Unknown => IsMondayToFriday(date),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The county's date at an instant.</summary>
    public DateOnly LocalDate(DateTimeOffset instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <summary>
    /// The instant, UTC, at which the date is over: 24:00 local time (Civil Code art. 203 para. 2).
    /// </summary>
    public DateTimeOffset EndOf(DateOnly date) => Instant(date.AddDays(1), TimeOnly.MinValue);

    /// <summary>The instant, UTC, at which the offices open on the date, or would if it were a workday.</summary>
    public DateTimeOffset OpeningOf(DateOnly date) => Instant(date, opens);

    /// <summary>The instant, UTC, of a local time on a date.</summary>
    public DateTimeOffset At(DateOnly date, TimeOnly time) => Instant(date, time);

    /// <summary>
    /// The same instant when the offices are open then, else the next workday's opening. In a year without data
    /// Monday to Friday count as workdays here: a notice must go out rather than wait for a paper that may not come.
    /// </summary>
    public DateTimeOffset NextOfficeMoment(DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, zone).DateTime;
        var date = DateOnly.FromDateTime(local);
        var time = TimeOnly.FromDateTime(local);

        if (IsWorkday(date) && time < closes)
        {
            return time >= opens ? instant : OpeningOf(date);
        }

        return OpeningOf(WorkdayFrom(date.AddDays(1)));
    }

    /// <summary>The date itself or the first workday after it; ends because days off are a finite list.</summary>
    internal DateOnly WorkdayFrom(DateOnly date)
    {
        while (!IsWorkday(date))
        {
            date = date.AddDays(1);
        }

        return date;
    }

    /// <summary>The date itself or the last workday before it.</summary>
    internal DateOnly WorkdayUpTo(DateOnly date)
    {
        while (!IsWorkday(date))
        {
            date = date.AddDays(-1);
        }

        return date;
    }

    private static bool IsMondayToFriday(DateOnly date) =>
        date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private DateTimeOffset Instant(DateOnly date, TimeOnly time)
    {
        var local = date.ToDateTime(time);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
