using System.Text.Json;
using Workflows.Orchestrations.Calendar;
using static Workflows.Orchestrations.Tests.Calendar.Counting;

namespace Workflows.Orchestrations.Tests.Calendar;

/// <summary>Written from the rules and the raw files, sharing nothing with the code under test.</summary>
internal static class Reference
{
    private static readonly Dictionary<DateOnly, bool> Worked = Read();

    /// <returns>Null where a needed day is not in the files.</returns>
    public static DateOnly? Count(Period period, DateOnly from)
    {
        var date = from;
        var left = period.Amount;
        if (period.Start == StartDay.Included && left > 0)
        {
            if (period.Unit == PeriodUnit.Day || Worked[date])
            {
                left--;
            }
        }

        while (left > 0)
        {
            date = date.AddDays(1);
            if (period.Unit == PeriodUnit.Day)
            {
                left--;
            }
            else if (!Worked.TryGetValue(date, out var worked))
            {
                return null;
            }
            else if (worked)
            {
                left--;
            }
        }

        while (period.Roll == Roll.NextWorkday)
        {
            if (!Worked.TryGetValue(date, out var worked))
            {
                return null;
            }

            if (worked)
            {
                break;
            }

            date = date.AddDays(1);
        }

        return date;
    }

    /// <returns>Monday to Friday where the day is not in the files.</returns>
    public static bool IsWorked(DateOnly date) =>
        Worked.TryGetValue(date, out var worked) ? worked : (int)date.DayOfWeek is >= 1 and <= 5;

    private static Dictionary<DateOnly, bool> Read()
    {
        Dictionary<DateOnly, bool> worked = [];
        for (var date = new DateOnly(2023, 1, 1); date.Year < 2027; date = date.AddDays(1))
        {
            worked[date] = (int)date.DayOfWeek is >= 1 and <= 5;
        }

        foreach (var file in SeedFiles.Years)
        {
            using var json = JsonDocument.Parse(file.Json);
            foreach (var (member, value) in new[] { ("offDays", false), ("makeUpWorkdays", true) })
            {
                foreach (var day in json.RootElement.GetProperty(member).EnumerateArray())
                {
                    worked[Day(day.GetString()!)] = value;
                }
            }
        }

        return worked;
    }
}
