using System.Globalization;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Notices;

namespace Workflows.Testing;

/// <summary>Fixed moments, and what was said at them, in the county's local time, as short as tests want them.</summary>
public static class LocalTime
{
    /// <summary>"2025-09-26 09:00", UTC+8.</summary>
    public static DateTimeOffset Local(string text) => DateTimeOffset
        .ParseExact(text + " +08:00", "yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture)
        .ToUniversalTime();

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>"09-26 09:00"; a test's dates are all of the same year.</summary>
    public static string Minute(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, ReferenceCounty.Calendar.Zone).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A notice in one line: when, what, to whom, "+" copies, "!" at once.</summary>
    public static string Line(Notice notice)
    {
        var copies = string.Concat(notice.Copies.Select(copy => $" +{copy}"));
        return $"{Minute(notice.DecidedAt)} {notice.Template} {notice.To}{copies}{(notice.Urgent ? " !" : "")}";
    }

    /// <summary>The last instant that is still before <paramref name="at"/>.</summary>
    public static DateTimeOffset JustBefore(DateTimeOffset at) => at.AddTicks(-1);

    /// <summary>The end of the clock's term.</summary>
    public static DateTimeOffset EndOf(Clock? clock) => clock!.Deadline.At;
}
