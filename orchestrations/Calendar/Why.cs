using System.Globalization;
using System.Text.RegularExpressions;

namespace Workflows.Orchestrations.Calendar;

/// <summary>The sentences of "why this date"; the only place where a date is worded.</summary>
internal static partial class Why
{
    /// <summary>More weekends than this are told as a number.</summary>
    private const int WeekendsNamedMax = 3;

    public static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string NoCalendar(string policy, int year, DateOnly reached) =>
        $"{policy}: there is no calendar for {year}; counting stands at {Iso(reached)}.";

    public static WhyStep Start(DateOnly date, string startEvent) =>
        new("start", date, $"starts on {Iso(date)}", $"起算事由“{startEvent}”，{Zh(date)}");

    public static WhyStep FirstDay(DateOnly from, StartDay start) => start == StartDay.Included
        ? new("start-counted", from, $"the start day {Iso(from)} is the first day", $"自{Zh(from)}当日起算")
        : new(
            "start-not-counted",
            from.AddDays(1),
            $"the start day is not counted; counting begins on {Iso(from.AddDays(1))}",
            $"开始当日不计入，自{Zh(from.AddDays(1))}起算（民法典第二百零一条）");

    public static WhyStep CountWorkingDays(int amount, DateOnly date) => amount == 0
        ? new("count-working-days", date, $"due on the day itself, {Iso(date)}", $"当日为限，{Zh(date)}")
        : new(
            "count-working-days",
            date,
            $"{Plural(amount, "working day")} counted: the last is {Iso(date)}",
            $"计{amount}个工作日，至{Zh(date)}");

    public static WhyStep CountDays(int amount, DateOnly date) => amount == 0
        ? new("count-days", date, $"due on the day itself, {Iso(date)}", $"当日为限，{Zh(date)}")
        : new(
            "count-days", date, $"{Plural(amount, "day")} counted: the last is {Iso(date)}", $"计{amount}日，至{Zh(date)}");

    public static WhyStep CountMonths(Period period, DateOnly date) => period.Unit == PeriodUnit.Year
        ? new(
            "count-months",
            date,
            $"{Plural(period.Amount, "year")} counted: the last day is {Iso(date)}",
            $"计{period.Amount}年，至{Zh(date)}")
        : new(
            "count-months",
            date,
            $"{Plural(period.Amount, "month")} counted: the last day is {Iso(date)}",
            $"计{period.Amount}个月，至{Zh(date)}");

    public static WhyStep MonthEnd(DateOnly date, int day) => new(
        "month-end",
        date,
        $"the month has no day {day}, so its last day {Iso(date)} is taken",
        $"到期月没有{day}日，以月末{Zh(date)}为准（民法典第二百零二条）");

    public static WhyStep Hours(
        int amount, DateTimeOffset from, DateTimeOffset at, DateOnly date, TimeZoneInfo zone) => new(
        "hours",
        date,
        $"{Plural(amount, "hour")} from {Minute(from, zone)} end at {Minute(at, zone)} local time",
        $"自{MinuteZh(from, zone)}起计{amount}小时，至{MinuteZh(at, zone)}");

    public static WhyStep Roll(DateOnly from, DayKind was, DateOnly to, DayKind isKind) => new(
        "roll",
        to,
        $"{Iso(from)} is a rest day ({English(was)}); the next workday is {Iso(to)}"
            + MakeUp(isKind, " (make-up workday)"),
        $"{Zh(from)}为休息日（{Chinese(was)}），顺延至{Zh(to)}{MakeUp(isKind, "（调休上班）")}（民法典第二百零三条）");

    public static WhyStep Ends(DateOnly date) =>
        new("ends", date, $"over at 24:00 on {Iso(date)} local time", $"{Zh(date)}24时届满");

    public static WhyStep Suspended(DateOnly from, DateOnly to, int days, PeriodUnit unit, DateOnly date) => new(
        "suspended",
        date,
        $"suspended from {Iso(from)} to {Iso(to)}, {Plural(days, EnglishDay(unit))}: the last is {Iso(date)}",
        $"{Zh(from)}至{Zh(to)}中止{days}{ChineseDay(unit)}，顺延至{Zh(date)}");

    public static WhyStep SuspendedHours(DateTimeOffset from, DateTimeOffset to, DateTimeOffset at, DateOnly date, TimeZoneInfo zone) => new(
        "suspended",
        date,
        $"suspended from {Minute(from, zone)} to {Minute(to, zone)}: ends at {Minute(at, zone)} local time",
        $"{MinuteZh(from, zone)}至{MinuteZh(to, zone)}中止，顺延至{MinuteZh(at, zone)}");

    public static WhyStep Extended(int days, PeriodUnit unit, DateOnly date) => new(
        "extended",
        date,
        $"extended by {Plural(days, EnglishDay(unit))}: the last is {Iso(date)}",
        $"经批准延长{days}{ChineseDay(unit)}，至{Zh(date)}");

    public static WhyStep Given(DateOnly date) =>
        new("given", date, $"the date {Iso(date)} is set and not counted", $"期限日已定为{Zh(date)}，不另行推算");

    public static WhyStep CountBack(Period period, DateOnly from, DateOnly date) => new(
        "count-back",
        date,
        $"{Plural(period.Amount, EnglishUnit(period.Unit))} before {Iso(from)}: {Iso(date)}",
        $"{Zh(from)}前{period.Amount}{ChineseUnit(period.Unit)}，即{Zh(date)}");

    public static WhyStep AssumedWeek(int year, DateOnly date) => new(
        "assumed-week",
        date,
        $"there is no calendar for {year}; Monday to Friday were taken as workdays",
        $"尚无{year}年放假安排，暂按周一至周五为工作日推算");

    /// <summary>
    /// Names the days of rest that counting passed and the rest days that were worked; null when there were none.
    /// </summary>
    public static WhyStep? Skip(IReadOnlyList<(DateOnly Date, DayKind Kind)> passed, DateOnly date)
    {
        var rests = Runs(passed, DayKind.Weekend, DayKind.Holiday);
        var worked = Runs(passed, DayKind.MakeUpWorkday);
        var weekends = rests.Where(run => run.Kind == DayKind.Weekend).ToList();
        var named = weekends.Count > WeekendsNamedMax ? rests.Except(weekends).ToList() : rests;

        List<string> english = [.. named.Select(run => $"{Span(run, Iso, "..")} ({English(run.Kind)})")];
        List<string> chinese = [.. named.Select(run => $"{Span(run, Zh, "至")}（{Chinese(run.Kind)}）")];
        if (named.Count < rests.Count)
        {
            english.Add($"{weekends.Count} weekends");
            chinese.Add($"{weekends.Count}个周末");
        }

        List<string> parts = [];
        List<string> partsZh = [];
        if (english.Count > 0)
        {
            parts.Add($"skipped {string.Join(", ", english)}");
            partsZh.Add($"跳过{string.Join("、", chinese)}");
        }

        if (worked.Count > 0)
        {
            var verb = worked.Count == 1 && worked[0].First == worked[0].Last ? "counts" : "count";
            parts.Add($"{string.Join(", ", worked.Select(run => Span(run, Iso, "..")))} {verb} (make-up workday)");
            partsZh.Add($"{string.Join("、", worked.Select(run => Span(run, Zh, "至")))}计入（调休上班）");
        }

        return parts.Count == 0 ? null : new("skip", date, string.Join("; ", parts), string.Join("；", partsZh));
    }

    /// <summary>The standstill that a step tells of; null when it tells of none. Moments are those of the words, to the minute.</summary>
    /// <remarks>The words are in the states of running cases, so they are frozen like names.</remarks>
    public static (DateTime From, DateTime To)? StandstillOf(WhyStep step) =>
        step.Rule == "suspended" && StandstillWords().Match(step.Text) is { Success: true } said
            ? (Moment(said.Groups[1].Value), Moment(said.Groups[2].Value))
            : null;

    /// <summary>The days that a step says were granted; null when it tells of none.</summary>
    public static int? ExtensionOf(WhyStep step) =>
        step.Rule == "extended" && ExtensionWords().Match(step.Text) is { Success: true } said
            ? int.Parse(said.Groups[1].Value, CultureInfo.InvariantCulture)
            : null;

    /// <summary>The hours that a step says were counted, and the local minute from which; null when it tells of none.</summary>
    public static (int Amount, DateTime From)? HoursOf(WhyStep step) =>
        step.Rule == "hours" && HoursWords().Match(step.Text) is { Success: true } said
            ? (int.Parse(said.Groups[1].Value, CultureInfo.InvariantCulture), Moment(said.Groups[2].Value))
            : null;

    private static DateTime Moment(string words) =>
        DateTime.ParseExact(words, ["yyyy-MM-dd", "yyyy-MM-dd HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None);

    [GeneratedRegex(@"^suspended from ([0-9-]{10}(?: [0-9:]{5})?) to ([0-9-]{10}(?: [0-9:]{5})?)[,:]")]
    private static partial Regex StandstillWords();

    [GeneratedRegex("^extended by ([0-9]+) ")]
    private static partial Regex ExtensionWords();

    [GeneratedRegex("^([0-9]+) hours? from ([0-9-]{10} [0-9:]{5}) ")]
    private static partial Regex HoursWords();

    private static List<(DateOnly First, DateOnly Last, DayKind Kind)> Runs(
        IReadOnlyList<(DateOnly Date, DayKind Kind)> passed, params ReadOnlySpan<DayKind> kinds)
    {
        List<(DateOnly First, DateOnly Last, DayKind Kind)> runs = [];
        foreach (var (date, kind) in passed)
        {
            if (!kinds.Contains(kind))
            {
                continue;
            }

            if (runs.Count > 0 && runs[^1].Kind == kind && runs[^1].Last.AddDays(1) == date)
            {
                runs[^1] = runs[^1] with { Last = date };
            }
            else
            {
                runs.Add((date, date, kind));
            }
        }

        return runs;
    }

    private static string Span(
        (DateOnly First, DateOnly Last, DayKind Kind) run, Func<DateOnly, string> word, string between) =>
        run.First == run.Last ? word(run.First) : $"{word(run.First)}{between}{word(run.Last)}";

    private static string Zh(DateOnly date) => date.ToString("yyyy'年'M'月'd'日'", CultureInfo.InvariantCulture);

    private static string Minute(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string MinuteZh(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy'年'M'月'd'日'H'时'm'分'", CultureInfo.InvariantCulture);

    private static string Plural(int amount, string noun) => amount == 1 ? $"1 {noun}" : $"{amount} {noun}s";

    private static string MakeUp(DayKind kind, string text) => kind == DayKind.MakeUpWorkday ? text : string.Empty;

    private static string English(DayKind kind) => kind == DayKind.Holiday ? "holiday" : "weekend";

    private static string Chinese(DayKind kind) => kind == DayKind.Holiday ? "放假" : "周末";

    private static string EnglishDay(PeriodUnit unit) => unit == PeriodUnit.WorkingDay ? "working day" : "day";

    private static string ChineseDay(PeriodUnit unit) => unit == PeriodUnit.WorkingDay ? "个工作日" : "日";

    private static string EnglishUnit(PeriodUnit unit) => unit switch
    {
        PeriodUnit.Hour => "hour",
        PeriodUnit.Day => "day",
        PeriodUnit.WorkingDay => "working day",
        PeriodUnit.Month => "month",
        PeriodUnit.Year => "year",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string ChineseUnit(PeriodUnit unit) => unit switch
    {
        PeriodUnit.Hour => "小时",
        PeriodUnit.Day => "日",
        PeriodUnit.WorkingDay => "个工作日",
        PeriodUnit.Month => "个月",
        PeriodUnit.Year => "年",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
