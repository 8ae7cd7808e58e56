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

/// <summary>A share of two figures.</summary>
/// <param name="Key">Stable, kebab-case.</param>
/// <param name="Name">English, says what is divided by what.</param>
/// <param name="NameZh">Chinese.</param>
/// <param name="Part">The figure above the line.</param>
/// <param name="Whole">The figure below the line.</param>
/// <param name="Percent">Rounded to one decimal; null when the whole is nothing.</param>
public sealed record Share(string Key, string Name, string NameZh, string Part, string Whole, decimal? Percent);

/// <summary>One month of the county on one page.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Figures">Every number.</param>
/// <param name="Shares">What follows from them.</param>
public sealed record MonthlySummary(DateOnly Month, IReadOnlyList<Figure> Figures, IReadOnlyList<Share> Shares)
{
    public Figure this[string key] => Figures.First(figure => figure.Key == key);

    /// <summary>Counts a month from the rows of the lists.</summary>
    /// <param name="month">Any day of it.</param>
    /// <param name="disputes">All disputes.</param>
    /// <param name="assignments">All assignments.</param>
    /// <param name="notices">The month's notices.</param>
    /// <param name="localDate">The county's date at an instant.</param>
    public static MonthlySummary Of(
        DateOnly month,
        IReadOnlyList<DisputeRow> disputes,
        IReadOnlyList<AssignmentRow> assignments,
        IReadOnlyList<NoticeRow> notices,
        Func<DateTimeOffset, DateOnly> localDate)
    {
        var first = new DateOnly(month.Year, month.Month, 1);
        var next = first.AddMonths(1);
        bool InMonth(DateTimeOffset? at) => at is { } moment && localDate(moment) >= first && localDate(moment) < next;
        bool OpenAtEnd(DateTimeOffset from, DateTimeOffset? to) => localDate(from) < next && (to is null || localDate(to.Value) >= next);

        var ended = disputes.Where(dispute => InMonth(dispute.EndedAt)).ToList();
        var settled = ended.Where(dispute => dispute.Status == "settled").ToList();
        Figure[] figures =
        [
            Disputes("opened", "disputes registered", "受理纠纷", disputes.Where(dispute => InMonth(dispute.OpenedAt))),
            Disputes("ended", "disputes ended", "办结纠纷", ended),
            Disputes("settled", "settled by agreement", "达成协议", settled),
            Disputes("settled-village", "settled in the village", "村级化解", settled.Where(dispute => dispute.Level == "village")),
            Disputes("settled-township", "settled in the township", "镇级化解", settled.Where(dispute => dispute.Level == "township")),
            Disputes("settled-county", "settled in the county", "县级化解", settled.Where(dispute => dispute.Level == "county")),
            Disputes("refused", "ended by a party's refusal", "当事人拒绝调解", ended.Where(dispute => dispute.Status == "refused")),
            Disputes("withdrawn", "withdrawn", "申请人撤回", ended.Where(dispute => dispute.Status == "withdrawn")),
            Disputes("failed", "ended without an agreement", "调解不成", ended.Where(dispute => dispute.Status == "failed")),
            Disputes("ended-after-missed-term", "ended after a missed term", "曾逾期办结", ended.Where(dispute => dispute.Overdue > 0)),
            Disputes("open", "open at the month's end", "月末在办纠纷", disputes.Where(dispute => OpenAtEnd(dispute.OpenedAt, dispute.EndedAt))),
            new("assignments-open", "assignments open at the month's end", "月末在办任务", Ordered(assignments.Where(row => OpenAtEnd(row.IssuedAt, row.StruckOffAt)).Select(row => row.Id))),
            new("assignments-struck-off", "assignments struck off", "销号任务", Ordered(assignments.Where(row => InMonth(row.StruckOffAt)).Select(row => row.Id))),
            new("notices", "notices", "发出通知", Ordered(notices.Select(notice => notice.Key))),
            new("notices-overdue", "overdue notices", "逾期通知", Ordered(notices.Where(IsOverdue).Select(notice => notice.Key))),
            new("notices-undelivered", "notices that reached nobody", "未送达通知", Ordered(notices.Where(notice => notice.Status == "failedPermanent").Select(notice => notice.Key))),
        ];
        return new MonthlySummary(
            first,
            figures,
            [
                ShareOf(figures, "settlement-rate", "settled of ended", "化解率", "settled", "ended"),
                ShareOf(figures, "stayed-in-village", "settled in the village of settled", "不出村率", "settled-village", "settled"),
                new(
                    "stayed-in-township",
                    "settled in village or township of settled",
                    "不出镇率",
                    "settled-village + settled-township",
                    "settled",
                    Percent(figures.First(f => f.Key == "settled-village").Value + figures.First(f => f.Key == "settled-township").Value, settled.Count)),
                ShareOf(figures, "missed-term-rate", "ended after a missed term of ended", "逾期率", "ended-after-missed-term", "ended"),
            ]);
    }

    private static bool IsOverdue(NoticeRow notice) =>
        notice.Template.EndsWith("-overdue", StringComparison.Ordinal) || notice.Template.EndsWith("-over", StringComparison.Ordinal);

    private static Figure Disputes(string key, string name, string nameZh, IEnumerable<DisputeRow> disputes) =>
        new(key, name, nameZh, Ordered(disputes.Select(dispute => dispute.Id)));

    private static List<string> Ordered(IEnumerable<string> ids) => [.. ids.Order(StringComparer.Ordinal)];

    private static Share ShareOf(Figure[] figures, string key, string name, string nameZh, string part, string whole) => new(
        key, name, nameZh, part, whole,
        Percent(figures.First(figure => figure.Key == part).Value, figures.First(figure => figure.Key == whole).Value));

    private static decimal? Percent(int part, int whole) =>
        whole == 0 ? null : Math.Round(100m * part / whole, 1, MidpointRounding.AwayFromZero);
}

/// <summary>What the summary reads of a dispute's list row.</summary>
public sealed record DisputeRow(
    string Id, string Status, string Level, int Overdue, DateTimeOffset OpenedAt, DateTimeOffset? EndedAt = null);

/// <summary>What the summary reads of an assignment's list row.</summary>
public sealed record AssignmentRow(string Id, string Status, DateTimeOffset IssuedAt, DateTimeOffset? StruckOffAt = null);

/// <summary>What the summary reads of a notice's list row.</summary>
public sealed record NoticeRow(string Key, string Template, string Status);
