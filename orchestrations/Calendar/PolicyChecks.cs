namespace Workflows.Orchestrations.Calendar;

/// <summary>What a set of policies must satisfy before anybody counts with it.</summary>
internal static class PolicyChecks
{
    /// <summary>Far above any limit in law; it catches slips of the finger and keeps dates within range.</summary>
    private const int AmountMax = 1000;

    public static void Check(
        string file, IReadOnlyList<(string Path, DeadlinePolicy Value)> policies, List<DataError> errors)
    {
        Dictionary<string, string> firstPath = new(StringComparer.Ordinal);
        foreach (var (path, policy) in policies)
        {
            if (!firstPath.TryAdd(policy.Id, path))
            {
                errors.Add(new(file, $"{path}.id", "duplicate-id", $"{policy.Id} is also at {firstPath[policy.Id]}."));
            }

            CheckTexts(file, path, policy, errors);
            CheckPeriods(file, path, policy, errors);
            if (policy.ValidFrom > policy.ValidTo)
            {
                errors.Add(new(file, $"{path}.validTo", "validity", "The policy ends before it begins."));
            }

            if (policy.Version < 1)
            {
                errors.Add(new(file, $"{path}.version", "version", $"{policy.Version} is not 1 or more."));
            }
        }
    }

    private static void CheckTexts(string file, string path, DeadlinePolicy policy, List<DataError> errors)
    {
        DataJson.RequireText(file, $"{path}.id", policy.Id, errors);
        DataJson.RequireText(file, $"{path}.name", policy.Name, errors);
        DataJson.RequireText(file, $"{path}.domain", policy.Domain, errors);
        DataJson.RequireText(file, $"{path}.startEvent", policy.StartEvent, errors);
        DataJson.RequireText(file, $"{path}.source", policy.Source, errors);
        DataJson.RequireText(file, $"{path}.scope", policy.Scope, errors);
        if (policy.Id.Any(c => !char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c) && c != '-'))
        {
            errors.Add(new(file, $"{path}.id", "id-form", $"{policy.Id} has more than A-Z, 0-9 and -."));
        }
    }

    private static void CheckPeriods(string file, string path, DeadlinePolicy policy, List<DataError> errors)
    {
        CheckAmount(file, $"{path}.period", policy.Period, 0, errors);
        if (policy.Period.Unit == PeriodUnit.Hour
            && (policy.Period.Roll != Roll.None || policy.Period.Start != StartDay.Excluded || policy.CountedBack))
        {
            errors.Add(new(
                file, $"{path}.period", "hours-exact", "Hours are exact: no roll, no counted first day, not back."));
        }

        var reminders = policy.Reminders ?? [];
        for (var index = 0; index < reminders.Count; index++)
        {
            var reminder = reminders[index];
            var at = $"{path}.reminders[{index}]";
            CheckAmount(file, at, reminder, 0, errors);
            if (reminder.Unit is not (PeriodUnit.Day or PeriodUnit.WorkingDay))
            {
                errors.Add(new(
                    file, $"{at}.unit", "reminder-unit", "Reminders are counted back in days or working days."));
            }
            else if (IsLonger(reminder, policy.Period))
            {
                errors.Add(new(
                    file, at, "reminder-longer", $"{Words(reminder)} before is longer than {Words(policy.Period)}."));
            }

            if (reminders.Take(index).Contains(reminder))
            {
                errors.Add(new(file, at, "duplicate-reminder", $"{Words(reminder)} before is listed twice."));
            }
        }

        if (policy.RepeatOverdue is { } repeat)
        {
            CheckAmount(file, $"{path}.repeatOverdue", repeat, 1, errors);
        }
    }

    private static void CheckAmount(string file, string path, Period period, int least, List<DataError> errors)
    {
        if (period.Amount < least || period.Amount > AmountMax)
        {
            errors.Add(new(
                file, $"{path}.amount", "amount-range", $"{period.Amount} is not within {least} and {AmountMax}."));
        }
    }

    /// <summary>A period of zero stands for a date that is set elsewhere, so nothing is too long for it.</summary>
    private static bool IsLonger(Period reminder, Period period) =>
        period.Amount > 0
        && (reminder.Unit == period.Unit ? reminder.Amount > period.Amount : Days(reminder) > Days(period));

    /// <summary>About how many days, to compare different units; a week has five working days.</summary>
    private static int Days(Period period) => Math.Clamp(period.Amount, 0, AmountMax) * period.Unit switch
    {
        PeriodUnit.Hour => 10,
        PeriodUnit.Day => 240,
        PeriodUnit.WorkingDay => 336,
        PeriodUnit.Month => 31 * 240,
        PeriodUnit.Year => 366 * 240,
        _ => throw new System.Diagnostics.UnreachableException(),
    } / 240;

    private static string Words(Period period) => $"{period.Amount} {period.Unit}";
}
