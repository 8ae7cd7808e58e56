using System.Globalization;

namespace Workflows.Web.Http;

/// <summary>Times of the day as callers write them.</summary>
public static class FieldTimes
{
    /// <summary>A local time that must be there.</summary>
    public static TimeOnly Time(this FieldErrors errors, string field, string? value)
    {
        if (TimeOnly.TryParseExact(value, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time;
        }

        errors.Add(field, value is null ? "is required" : "must be a time such as 19:30");
        return default;
    }
}
