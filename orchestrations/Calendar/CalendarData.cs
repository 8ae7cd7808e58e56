namespace Workflows.Orchestrations.Calendar;

/// <summary>Reads and checks calendar years and deadline policies. Pure: the bytes come from the caller.</summary>
public static class CalendarData
{
    private const int FirstYear = 2000;
    private const int LastYear = 2100;

    /// <summary>One year's file, checked alone.</summary>
    public static DataResult<CalendarYear> ParseYear(string file, ReadOnlySpan<byte> json)
    {
        List<DataError> errors = [];
        var year = DataJson.Read<CalendarYear>(file, json, errors);
        if (year is not null)
        {
            CheckYear(file, year, errors);
        }

        return new(errors.Count == 0 ? year : null, errors);
    }

    /// <summary>All years' files, checked alone and against each other; ascending.</summary>
    public static DataResult<IReadOnlyList<CalendarYear>> ParseYears(IReadOnlyList<DataFile> files)
    {
        List<DataError> errors = [];
        List<(string File, CalendarYear Year)> years = [];
        foreach (var file in files)
        {
            var parsed = ParseYear(file.Name, file.Json.Span);
            errors.AddRange(parsed.Errors);
            if (parsed.Value is { } year)
            {
                years.Add((file.Name, year));
            }
        }

        foreach (var group in years.GroupBy(entry => entry.Year.Year).Where(group => group.Count() > 1))
        {
            errors.AddRange(group.Skip(1).Select(entry => new DataError(
                entry.File, "$.year", "duplicate-year", $"{group.Key} is also in {group.First().File}.")));
        }

        // A paper may name days of the year before it, so two files can contradict each other.
        foreach (var (file, year) in years)
        {
            for (var index = 0; index < year.MakeUpWorkdays.Count; index++)
            {
                var day = year.MakeUpWorkdays[index];
                errors.AddRange(years
                    .Where(other => other.File != file && other.Year.OffDays.Contains(day))
                    .Select(other => new DataError(
                        file,
                        $"$.makeUpWorkdays[{index}]",
                        "off-and-make-up",
                        $"{Why.Iso(day)} is a day off in {other.File}.")));
            }
        }

        return DataResult<IReadOnlyList<CalendarYear>>.Of(
            [.. years.Select(entry => entry.Year).OrderBy(year => year.Year)], errors);
    }

    /// <summary>The policies' file: a list.</summary>
    public static DataResult<PolicyBook> ParsePolicies(string file, ReadOnlySpan<byte> json)
    {
        List<DataError> errors = [];
        var policies = DataJson.ReadList<DeadlinePolicy>(file, json, errors);
        PolicyChecks.Check(file, policies, errors);
        return new(errors.Count == 0 ? new PolicyBook([.. policies.Select(entry => entry.Value)]) : null, errors);
    }

    private static void CheckYear(string file, CalendarYear year, List<DataError> errors)
    {
        if (year.Year is < FirstYear or > LastYear)
        {
            errors.Add(new(file, "$.year", "year-range", $"{year.Year} is not within {FirstYear} and {LastYear}."));
        }

        // Without this an empty file, as data sets have for a year not yet published, would make the year "known".
        if (year.OffDays.Count == 0)
        {
            errors.Add(new(file, "$.offDays", "no-off-days", "A published year has days off."));
        }

        if (year.Sources.Count == 0)
        {
            errors.Add(new(file, "$.sources", "no-source", "A year needs the paper that it comes from."));
        }

        for (var index = 0; index < year.Sources.Count; index++)
        {
            DataJson.RequireText(file, $"$.sources[{index}]", year.Sources[index], errors);
        }

        CheckDays(file, "offDays", year.Year, year.OffDays, errors);
        CheckDays(file, "makeUpWorkdays", year.Year, year.MakeUpWorkdays, errors);

        for (var index = 0; index < year.MakeUpWorkdays.Count; index++)
        {
            var day = year.MakeUpWorkdays[index];
            var path = $"$.makeUpWorkdays[{index}]";
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            {
                errors.Add(new(file, path, "make-up-not-weekend", $"{Why.Iso(day)} is a {day.DayOfWeek}."));
            }

            if (year.OffDays.Contains(day))
            {
                errors.Add(new(file, path, "off-and-make-up", $"{Why.Iso(day)} is also a day off."));
            }
        }
    }

    private static void CheckDays(
        string file, string member, int year, IReadOnlyList<DateOnly> days, List<DataError> errors)
    {
        HashSet<DateOnly> seen = [];
        for (var index = 0; index < days.Count; index++)
        {
            var day = days[index];
            if (!seen.Add(day))
            {
                errors.Add(new(file, $"$.{member}[{index}]", "duplicate-day", $"{Why.Iso(day)} is listed twice."));
            }

            if (day.Year != year && !(day.Year == year - 1 && day.Month == 12))
            {
                errors.Add(new(
                    file,
                    $"$.{member}[{index}]",
                    "other-year",
                    $"{Why.Iso(day)} is neither in {year} nor in the December before."));
            }
        }
    }
}
