using System.Globalization;
using System.Text.RegularExpressions;

namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>A date that the text names.</summary>
/// <param name="Start">First character.</param>
/// <param name="End">After its last character.</param>
/// <param name="Due">The last day; null when the words give none, as 长期坚持.</param>
/// <param name="IsBackground">It says since when or how things stood.</param>
/// <param name="Doubt">Why it may be read otherwise; null when it may not.</param>
internal readonly record struct When(int Start, int End, DateOnly? Due, bool IsBackground = false, string? Doubt = null);

/// <summary>What dates without a year are counted from.</summary>
/// <param name="Issued">The document's date.</param>
/// <param name="Expires">Its last day.</param>
/// <param name="PlanYear">The year the title names, when it names one.</param>
internal sealed record PlanDates(DateOnly? Issued, DateOnly? Expires, int? PlanYear)
{
    public int? Year => PlanYear ?? Issued?.Year;
}

/// <summary>Reads dates.</summary>
internal static partial class Dates
{
    /// <summary>The date that begins here; null when none does.</summary>
    public static When? Read(string text, int start, PlanDates plan)
    {
        var letter = text[start];
        if (letter is '1' or '2' && FullDate().Match(text, start) is { Success: true } full)
        {
            return OfYear(text, full, plan);
        }

        if (char.IsAsciiDigit(letter) && MonthDate().Match(text, start) is { Success: true } month)
        {
            return OfMonth(month, plan);
        }

        if (letter is '年' or '今' or '本' or '当' && YearEnd().Match(text, start) is { Success: true } end && !FollowsDigit(text, start))
        {
            return plan.Year is { } year
                ? new When(start, start + end.Length, new DateOnly(year, 12, 31), Doubt: plan.PlanYear is null ? "no year is written" : null)
                : null;
        }

        if (letter is '上' or '下' or '一' or '二' or '三' or '四' or '第' or '前' && PartOfYear().Match(text, start) is { Success: true } part && plan.Year is { } partYear)
        {
            var last = part.Groups[1].ValueSpan switch { "上半年" => 6, "一季度" => 3, "二季度" => 6, "三季度" => 9, _ => 12 };
            return new When(start, start + part.Length, MonthEnd(partYear, last), Doubt: plan.PlanYear is null ? "no year is written" : null);
        }

        if (letter is '十' or '“' && FiveYears().Match(text, start) is { Success: true } five)
        {
            var last = 2005 + (5 * (Numeral.Whole(five.Groups[1].ValueSpan) ?? 0));
            return new When(start, start + five.Length, new DateOnly(last, 12, 31), Doubt: five.Groups[2].ValueSpan.Contains('末') || five.Groups[2].ValueSpan is "期满" ? null : "a period, not its end");
        }

        if (letter is '印' or '公' or '发' or '施' or '下' or '自' && Relative().Match(text, start) is { Success: true } after)
        {
            return OfPeriod(after, plan);
        }

        return null;
    }

    /// <summary>A line or cell that is a date and nothing else, also with Chinese numerals.</summary>
    public static DateOnly? Line(string text)
    {
        var match = DateLine().Match(text.Replace(" ", "", StringComparison.Ordinal));
        if (!match.Success)
        {
            return null;
        }

        return Number(match.Groups[1].Value) is { } year && Number(match.Groups[2].Value) is { } month && Number(match.Groups[3].Value) is { } day
            ? Valid(year, month, day)
            : null;
    }

    public static DateOnly? Valid(int year, int month, int day) =>
        year is >= 1949 and <= 2100 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;

    public static DateOnly MonthEnd(int year, int month) => new(year, month, DateTime.DaysInMonth(year, month));

    private static When? OfYear(string text, Match match, PlanDates plan)
    {
        var year = Int(match, "to") ?? Int(match, "year")!.Value;
        DateOnly? due;
        string? doubt = null;
        var special = match.Groups["part"].ValueSpan;
        if (Int(match, "month") is { } month)
        {
            if (month is < 1 or > 12)
            {
                return null;
            }

            if (Int(match, "day") is { } day)
            {
                due = Valid(year, month, day);
                if (due is null)
                {
                    return new When(match.Index, match.Index + match.Length, null, Doubt: "there is no such day");
                }
            }
            else
            {
                due = match.Groups["third"].ValueSpan switch
                {
                    "上旬" => new DateOnly(year, month, 10),
                    "中旬" => new DateOnly(year, month, 20),
                    "初" => new DateOnly(year, month, 10),
                    _ => MonthEnd(year, month),
                };
            }
        }
        else
        {
            due = special switch
            {
                "上半年" => MonthEnd(year, 6),
                "一季度" or "第一季度" or "1季度" or "第1季度" => MonthEnd(year, 3),
                "二季度" or "第二季度" or "2季度" or "第2季度" => MonthEnd(year, 6),
                "三季度" or "第三季度" or "3季度" or "第3季度" => MonthEnd(year, 9),
                _ => MonthEnd(year, 12),
            };
            doubt = special is "初" or "年初" or "春节前" or "春节" ? "a season, not a day" : null;
            due = special is "初" or "年初" or "春节前" or "春节" ? MonthEnd(year, 2) : due;
        }

        var end = match.Index + match.Length;
        var past = plan.Issued is { } issued && due is { } when && when < issued;
        return new When(match.Index, end, due, past || IsBackground(text, match.Index, end), doubt);
    }

    private static When? OfMonth(Match match, PlanDates plan)
    {
        if (plan.Year is not { } year || Int(match, "month") is not (>= 1 and <= 12) || Int(match, "month") is not { } month)
        {
            return null;
        }

        // In a plan without a year in its title, the next such month after its issue is meant.
        var due = Int(match, "day") is { } day ? Valid(year, month, day) : MonthEnd(year, month);
        if (due is { } date && plan.PlanYear is null && plan.Issued is { } issued && date < issued)
        {
            due = date.AddYears(1);
        }

        return due is null ? null : new When(match.Index, match.Index + match.Length, due, Doubt: plan.PlanYear is null ? "no year is written" : null);
    }

    private static When? OfPeriod(Match match, PlanDates plan)
    {
        if (plan.Issued is not { } from || (Numeral.Read(match.Groups["count"].Value, 0)?.Value ?? 0) is not (> 0 and < 4000 and var count))
        {
            return null;
        }

        var days = (int)count;
        var (due, doubt) = match.Groups["unit"].ValueSpan switch
        {
            "年" => (from.AddYears(Math.Min(days, 50)), null),
            "个月" or "月" => (from.AddMonths(Math.Min(days, 600)), null),
            "个工作日" or "工作日" => (from.AddDays((days * 7 / 5) + 2), "working days are counted as plain weeks"),
            _ => (from.AddDays(days), (string?)null),
        };
        return new When(match.Index, match.Index + match.Length, due, Doubt: doubt);
    }

    private static bool IsBackground(string text, int start, int end)
    {
        var before = start > 0 ? text[start - 1] : ' ';
        if (before is '自' or '从' or '较' or '比' || Ends(text, start, "截至") || Ends(text, start, "截止") || Ends(text, start, "根据"))
        {
            return true;
        }

        var after = text.AsSpan(end);
        return after.StartsWith("以来") || after.StartsWith("起") || after.StartsWith("开始") || after.StartsWith("相比") || after.StartsWith("版");
    }

    private static bool Ends(string text, int start, string word) =>
        start >= word.Length && string.CompareOrdinal(text, start - word.Length, word, 0, word.Length) == 0;

    private static bool FollowsDigit(string text, int start) => start > 0 && (char.IsAsciiDigit(text[start - 1]) || text[start - 1] == '每');

    private static int? Int(Match match, string group) => match.Groups[group] is { Success: true, ValueSpan: var digits }
        ? int.Parse(digits, CultureInfo.InvariantCulture)
        : null;

    private static int? Number(string numerals) => char.IsAsciiDigit(numerals[0])
        ? int.Parse(numerals, CultureInfo.InvariantCulture)
        : Numeral.Whole(numerals);

    [GeneratedRegex(@"\G(?<year>(?:19|20)[0-9]{2})年?\s?(?:[-—–~至到]{1,2}\s?(?<to>20[0-9]{2}))?年(?:度)?(?:\s?(?<month>[0-9]{1,2})月(?:份)?(?:(?<day>[0-9]{1,2})[日号])?(?<third>上旬|中旬|下旬|初|底|末)?|(?<part>上半年|下半年|第?[一二三四1-4]季度|年?底|年?末|年终|年初|初|春节前|春节))?(?:底|末)?(?:之前|以前|前)?")]
    private static partial Regex FullDate();

    [GeneratedRegex(@"\G(?<month>[0-9]{1,2})月(?:份)?(?:(?<day>[0-9]{1,2})[日号])?(?:(?:底|末|下旬|月底)(?:之前|以前|前)?|(?:之前|以前|前))")]
    private static partial Regex MonthDate();

    [GeneratedRegex(@"\G(?:今年|本年|当年)?(?:年底|年末|年终)(?:之前|以前|前)?|\G(?:今年|本年度?|当年)内|\G年内")]
    private static partial Regex YearEnd();

    [GeneratedRegex(@"\G第?(上半年|下半年|[一二三四]季度|前三季度)(?:底|末)?(?:之前|以前|前)?")]
    private static partial Regex PartOfYear();

    [GeneratedRegex(@"\G“?十([三四五六])五”?(?:规划)?(时期末|期末|末期|末|期满|时期|期间)")]
    private static partial Regex FiveYears();

    [GeneratedRegex(@"\G(?:自)?(?:本(?:方案|通知|意见|办法|计划)?)?(?:印发|公布|发布|施行|实施|下发|发布)(?:之日)?(?:起|后)(?<count>[0-9]{1,4}|[一二两三四五六七八九十]{1,3})(?<unit>个工作日|工作日|个月|月|日|天|年)(?:之内|以内|内)")]
    private static partial Regex Relative();

    [GeneratedRegex(@"^([12][0-9]{3}|[二一][〇零一二三四五六七八九]{3})年([0-9]{1,2}|[一二三四五六七八九十]{1,3})月([0-9]{1,2}|[一二三四五六七八九十]{1,3})日\z")]
    private static partial Regex DateLine();
}
