namespace Workflows.Orchestrations.Reports;

/// <summary>A number with the records behind it; a reader may count them.</summary>
/// <param name="Key">Stable, kebab-case.</param>
/// <param name="Name">English.</param>
/// <param name="NameZh">Chinese.</param>
/// <param name="Records">Case ids or notice keys, in ordinal order; the number is their count.</param>
public sealed record Figure(string Key, string Name, string NameZh, IReadOnlyList<string> Records)
{
    public int Value => Records.Count;
}

/// <summary>A measure as tables print it.</summary>
/// <param name="Id">Stable, kebab-case.</param>
/// <param name="Name">English.</param>
/// <param name="NameZh">Chinese.</param>
/// <param name="Unit">What the value is.</param>
/// <param name="Numerator">Cases above the line, or the sum of their days.</param>
/// <param name="Denominator">Cases below the line; null for a plain number.</param>
/// <param name="Value">Rounded to one decimal; null when nothing is below the line.</param>
/// <param name="Median">For days: half of the cases took no longer.</param>
/// <param name="HigherIsBetter">Null when neither direction is good.</param>
/// <param name="ExplanationZh">How it is counted.</param>
/// <param name="Source">Who asks for it.</param>
public sealed record MeasureRow(
    string Id,
    string Name,
    string NameZh,
    MeasureUnit Unit,
    int Numerator,
    int? Denominator,
    decimal? Value,
    decimal? Median,
    bool? HigherIsBetter,
    string ExplanationZh,
    string Source)
{
    public const string OperatorDefault = "operator default";

    public static MeasureRow Of(Measured measured)
    {
        var measure = measured.Measure;
        return new MeasureRow(
            measure.Id, measure.Name, measure.NameZh, measure.Unit, measured.Numerator, measured.Denominator, measured.Value,
            measured.Median, measure.HigherIsBetter, measure.ExplanationZh, measure.Source ?? OperatorDefault);
    }
}

/// <summary>One month of the county on one page.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Figures">Every plain number, with its records.</param>
/// <param name="Measures">Shares and means, with the two numbers each is made of.</param>
/// <param name="Annex">A table of its own rule at the end; null when there is none.</param>
public sealed record MonthlySummary(DateOnly Month, IReadOnlyList<Figure> Figures, IReadOnlyList<MeasureRow> Measures, Annex? Annex = null)
{
    public Figure this[string key] => Figures.First(figure => figure.Key == key);

    /// <summary>Puts a month together.</summary>
    /// <param name="month">Any day of it.</param>
    /// <param name="measured">The month's measures of disputes.</param>
    /// <param name="assignments">All assignments.</param>
    /// <param name="notices">The month's notices.</param>
    /// <param name="localDate">The county's date at an instant.</param>
    public static MonthlySummary Of(
        DateOnly month,
        IReadOnlyList<Measured> measured,
        IReadOnlyList<AssignmentRow> assignments,
        IReadOnlyList<NoticeRow> notices,
        Func<DateTimeOffset, DateOnly> localDate)
    {
        var first = new DateOnly(month.Year, month.Month, 1);
        var next = first.AddMonths(1);
        bool InMonth(DateTimeOffset? at) => at is { } moment && localDate(moment) >= first && localDate(moment) < next;
        bool OpenAtEnd(DateTimeOffset from, DateTimeOffset? to) => localDate(from) < next && (to is null || localDate(to.Value) >= next);

        return new MonthlySummary(
            first,
            [
                .. measured.Where(one => one.Measure.Unit == MeasureUnit.Cases).Select(one => new Figure(
                    one.Measure.Id, one.Measure.Name, one.Measure.NameZh, [.. one.Cases.Select(counted => counted.Id)])),
                new("assignments-open", "assignments open at the month's end", "月末在办任务", Ordered(assignments.Where(row => OpenAtEnd(row.IssuedAt, row.StruckOffAt)).Select(row => row.Id))),
                new("assignments-struck-off", "assignments struck off", "销号任务", Ordered(assignments.Where(row => InMonth(row.StruckOffAt)).Select(row => row.Id))),
                new("notices", "notices", "发出通知", Ordered(notices.Select(notice => notice.Key))),
                new("notices-overdue", "overdue notices", "逾期通知", Ordered(notices.Where(IsOverdue).Select(notice => notice.Key))),
                new("notices-undelivered", "notices that reached nobody", "未送达通知", Ordered(notices.Where(notice => notice.Status == "failedPermanent").Select(notice => notice.Key))),
            ],
            [.. measured.Where(one => one.Measure.Unit != MeasureUnit.Cases).Select(MeasureRow.Of)]);
    }

    private static bool IsOverdue(NoticeRow notice) =>
        notice.Template.EndsWith("-overdue", StringComparison.Ordinal) || notice.Template.EndsWith("-over", StringComparison.Ordinal);

    private static List<string> Ordered(IEnumerable<string> ids) => [.. ids.Order(StringComparer.Ordinal)];
}

/// <summary>What the summary reads of an assignment's list row.</summary>
public sealed record AssignmentRow(string Id, string Status, DateTimeOffset IssuedAt, DateTimeOffset? StruckOffAt = null);

/// <summary>What the summary reads of a notice's list row.</summary>
public sealed record NoticeRow(string Key, string Template, string Status);
