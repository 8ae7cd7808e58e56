using Workflows.Orchestrations.Calendar;
using static Workflows.Orchestrations.Tests.Calendar.Counting;

namespace Workflows.Orchestrations.Tests.Calendar;

public sealed class PolicySeedTests
{
    /// <summary>As read in the rules: number, unit, whose rule, and the article or page.</summary>
    public static TheoryData<string, int, PeriodUnit, string, string> Facts => new()
    {
        { "PM-TERM", 1, PeriodUnit.Month, "national", "第三十三条" },
        { "PM-REFUSE", 0, PeriodUnit.Day, "national", "第十七条" },
        { "JC-APPLY", 30, PeriodUnit.Day, "national", "第三十三条" },
        { "JC-ACCEPT", 3, PeriodUnit.Day, "national", "第四条" },
        { "JC-DECIDE", 15, PeriodUnit.Day, "national", "第五条" },
        { "JC-ENFORCE", 2, PeriodUnit.Year, "national", "第二百五十条" },
        { "CM-PRE", 30, PeriodUnit.Day, "national", "第二十四条" },
        { "CM-POST-ORD", 15, PeriodUnit.Day, "national", "第二十七条" },
        { "CM-POST-SUM", 7, PeriodUnit.Day, "national", "第二十七条" },
        { "CM-CONFIRM", 3, PeriodUnit.WorkingDay, "national", "第十二条" },
        { "AM-TRANSFER", 3, PeriodUnit.WorkingDay, "shenzhen-reference", "第四十五条" },
        { "AM-ACCEPT", 5, PeriodUnit.WorkingDay, "shenzhen-reference", "第四十六条" },
        { "LD-MED", 15, PeriodUnit.Day, "national", "第十四条" },
        { "LD-LIMIT", 1, PeriodUnit.Year, "national", "第二十七条" },
        { "LD-ACCEPT", 5, PeriodUnit.Day, "national", "第二十九条" },
        { "LD-AWARD", 45, PeriodUnit.Day, "national", "第四十三条" },
        { "LD-SUE", 15, PeriodUnit.Day, "national", "第四十八" },
        { "LC-LIMIT", 2, PeriodUnit.Year, "national", "第十八条" },
        { "LC-ACCEPT", 5, PeriodUnit.WorkingDay, "national", "第二十三条" },
        { "LC-AWARD", 60, PeriodUnit.Day, "national", "第四十七条" },
        { "LC-SUE", 30, PeriodUnit.Day, "national", "第四十八条" },
        { "XF-ROUTE", 15, PeriodUnit.Day, "national", "第二十二条" },
        { "XF-INFORM", 15, PeriodUnit.Day, "national", "第二十三条" },
        { "XF-OBJECT", 5, PeriodUnit.WorkingDay, "national", "第二十三条" },
        { "XF-HANDLE", 60, PeriodUnit.Day, "national", "第三十四条" },
        { "XF-REVIEW-REQ", 30, PeriodUnit.Day, "national", "第三十五条" },
        { "XF-REVIEW", 30, PeriodUnit.Day, "national", "第三十五条" },
        { "XF-REREVIEW-REQ", 30, PeriodUnit.Day, "national", "第三十六条" },
        { "XF-REREVIEW", 30, PeriodUnit.Day, "national", "第三十六条" },
        { "FY-APPLY", 60, PeriodUnit.Day, "national", "第二十条" },
        { "FY-EXAM", 5, PeriodUnit.WorkingDay, "national", "第三十条" },
        { "FY-SUPP-NOTICE", 5, PeriodUnit.WorkingDay, "national", "第三十一条" },
        { "FY-SUPP-SUBMIT", 10, PeriodUnit.WorkingDay, "national", "第三十一条" },
        { "FY-SERVE-COPY", 7, PeriodUnit.WorkingDay, "national", "第四十八条" },
        { "FY-SERVE-ANSWER", 10, PeriodUnit.WorkingDay, "national", "第四十八条" },
        { "FY-SERVE-S-COPY", 3, PeriodUnit.WorkingDay, "national", "第五十四条" },
        { "FY-SERVE-S-ANSWER", 5, PeriodUnit.WorkingDay, "national", "第五十四条" },
        { "FY-HEAR", 5, PeriodUnit.WorkingDay, "national", "第五十一条" },
        { "FY-DECIDE", 60, PeriodUnit.Day, "national", "第六十二条" },
        { "FY-DECIDE-S", 30, PeriodUnit.Day, "national", "第六十二条" },
        { "FY-OPINION", 60, PeriodUnit.Day, "national", "第七十六条" },
        { "DV-ORDER", 72, PeriodUnit.Hour, "national", "第二十八条" },
        { "HL-5WD", 5, PeriodUnit.WorkingDay, "weifang-jinan-reference", "第二十条" },
        { "HL-XM-ASK", 2, PeriodUnit.WorkingDay, "xiamen-reference", "xiangan.gov.cn/isr/znwd" },
        { "HL-OTHER-URGENT", 0, PeriodUnit.WorkingDay, "local-reference", "fsou.com/html/text/lar/172733/17273310" },
        { "HL-OTHER-ASK", 3, PeriodUnit.WorkingDay, "local-reference", "fsou.com/html/text/lar/172733/17273310" },
        { "HL-OTHER-COMPLAINT", 13, PeriodUnit.WorkingDay, "local-reference", "fsou.com/html/text/lar/172733/17273310" },
        { "DC-REVIEW", 30, PeriodUnit.Day, "national", "第十七条" },
        { "DC-REREVIEW", 30, PeriodUnit.Day, "national", "第十七条" },
        { "DC-DEFAULT-PAPER", 30, PeriodUnit.Day, "local-reference", "fymate.net/html/text/lar/168342/16834225" },
        { "DC-DEFAULT-MINUTES", 20, PeriodUnit.Day, "local-reference", "fymate.net/html/text/lar/168342/16834225" },
        { "DC-DEFAULT-URGENT", 5, PeriodUnit.Day, "local-reference", "fymate.net/html/text/lar/168342/16834225" },
        { "DC-DEFAULT-ORDINARY", 15, PeriodUnit.Day, "local-reference", "fymate.net/html/text/lar/168342/16834225" },
        { "DC-DEFAULT-HARD", 30, PeriodUnit.Day, "local-reference", "fymate.net/html/text/lar/168342/16834225" },
        { "DC-REMIND", 3, PeriodUnit.Day, "xian-reference", "qinfeng.gov.cn/info/1025/3058.htm" },
        { "GP-FIX", 5, PeriodUnit.WorkingDay, "local-reference", "ceirp.cn/zhzw/hyyw/2020-10-16/6667.html" },
    };

    [Theory]
    [MemberData(nameof(Facts))]
    public void A_period_that_was_read_in_a_rule_is_in_the_seed_as_it_was_read(
        string id, int amount, PeriodUnit unit, string scope, string source)
    {
        var policy = SeedFiles.Policies[id];

        Assert.Equal((amount, unit), (policy.Period.Amount, policy.Period.Unit));
        Assert.Equal(scope, policy.Scope);
        Assert.Contains(source, policy.Source, StringComparison.Ordinal);
        Assert.Equal(scope != "national", policy.OperatorDefault);
        Assert.True(policy.Verified);
        Assert.Equal(StartDay.Excluded, policy.Period.Start);
    }

    [Fact]
    public void Every_policy_of_the_seed_is_either_read_in_a_rule_or_an_operator_default()
    {
        var facts = Facts.Select(row => row.Data.Item1).ToHashSet();
        var rest = SeedFiles.Policies.All.Where(policy => !facts.Contains(policy.Id)).ToList();

        Assert.Equal(56, facts.Count);
        Assert.Equal(
            [
                "DISPUTE-ASSIST", "DISPUTE-AVOID", "DISPUTE-CALLBACK", "DISPUTE-CONSENT", "DISPUTE-COURT", "DISPUTE-EXTEND", "DISPUTE-MEND",
                "DISPUTE-PERFORM", "DISPUTE-RATING", "DISPUTE-REOPEN", "DISPUTE-RETURN", "DISPUTE-RETURN-DECIDE", "DISPUTE-REVIEW",
                "DISPUTE-REVIEW-ASK", "DISPUTE-SESSION", "DISPUTE-SIGN", "DISPUTE-SIGNATURES", "DISPUTE-TOTAL", "DISPUTE-TOWNSHIP", "DISPUTE-VILLAGE",
                "SHEET-FEEDBACK", "SHEET-FEEDBACK-FINAL", "SHEET-MERGE", "SHEET-NEXT", "SHEET-SIGN",
                "SUPERVISION-CHECK", "SUPERVISION-DUE", "SUPERVISION-EXTEND", "SUPERVISION-FEEDBACK", "SUPERVISION-SIGN",
            ],
            rest.Select(policy => policy.Id));
        Assert.All(rest, policy => Assert.Equal(
            ("operator default", "operator", true), (policy.Source, policy.Scope, policy.OperatorDefault)));
    }

    [Fact]
    public void National_periods_roll_unless_they_count_working_days_or_hours_or_are_immediate() => Assert.All(
        SeedFiles.Policies.All.Where(policy => policy.Scope == "national"),
        policy => Assert.Equal(
            policy.Period is { Unit: not (PeriodUnit.WorkingDay or PeriodUnit.Hour), Amount: > 0 },
            policy.Period.Roll == Roll.NextWorkday));

    [Theory]
    [InlineData("DISPUTE-SIGN", 2, PeriodUnit.WorkingDay, "1w", "3w")]
    [InlineData("DISPUTE-VILLAGE", 10, PeriodUnit.WorkingDay, "3w 1w", "3w")]
    [InlineData("DISPUTE-TOWNSHIP", 15, PeriodUnit.WorkingDay, "5w 1w", "3w")]
    [InlineData("DISPUTE-TOTAL", 3, PeriodUnit.Month, "10w 3w", "3w")]
    [InlineData("DISPUTE-CONSENT", 5, PeriodUnit.WorkingDay, "2w", "")]
    [InlineData("DISPUTE-RETURN", 1, PeriodUnit.WorkingDay, "", "")]
    [InlineData("DISPUTE-RETURN-DECIDE", 2, PeriodUnit.WorkingDay, "1w", "")]
    [InlineData("DISPUTE-ASSIST", 5, PeriodUnit.WorkingDay, "1w", "2w")]
    [InlineData("DISPUTE-EXTEND", 2, PeriodUnit.WorkingDay, "1w", "")]
    [InlineData("DISPUTE-SIGNATURES", 10, PeriodUnit.WorkingDay, "5w 1w", "")]
    [InlineData("DISPUTE-COURT", 30, PeriodUnit.Day, "", "10w")]
    [InlineData("DISPUTE-PERFORM", 0, PeriodUnit.Day, "5w 1w", "5w")]
    [InlineData("DISPUTE-CALLBACK", 10, PeriodUnit.WorkingDay, "3w", "5w")]
    [InlineData("DISPUTE-MEND", 5, PeriodUnit.WorkingDay, "1w", "3w")]
    [InlineData("DISPUTE-REVIEW", 30, PeriodUnit.Day, "10d 3d", "5w")]
    [InlineData("DISPUTE-RATING", 30, PeriodUnit.Day, "", "")]
    [InlineData("DISPUTE-REVIEW-ASK", 30, PeriodUnit.Day, "", "")]
    [InlineData("DISPUTE-REOPEN", 30, PeriodUnit.Day, "", "")]
    [InlineData("SUPERVISION-SIGN", 3, PeriodUnit.WorkingDay, "1w", "5w")]
    [InlineData("SUPERVISION-CHECK", 5, PeriodUnit.WorkingDay, "1w", "5w")]
    [InlineData("SUPERVISION-DUE", 0, PeriodUnit.Day, "30d 10w 3w", "10w")]
    [InlineData("PM-TERM", 1, PeriodUnit.Month, "5w 1w", "")]
    [InlineData("JC-APPLY", 30, PeriodUnit.Day, "20d 10d 3d", "")]
    public void The_flows_find_their_periods_reminders_and_repeats(
        string id, int amount, PeriodUnit unit, string reminders, string repeat)
    {
        var policy = SeedFiles.Policies[id];

        Assert.Equal((amount, unit), (policy.Period.Amount, policy.Period.Unit));
        Assert.Equal(reminders, string.Join(' ', (policy.Reminders ?? []).Select(Short)));
        Assert.Equal(repeat, policy.RepeatOverdue is { } period ? Short(period) : string.Empty);
    }

    [Fact]
    public void The_new_reconsideration_law_does_not_reach_back() =>
        Assert.IsType<DeadlineAnswer.NotValid>(Answer(SeedFiles.Policies["FY-APPLY"], "2023-12-31"));

    [Fact]
    public void A_book_is_ordered_by_id_and_names_the_id_that_it_lacks()
    {
        var book = SeedFiles.Policies;

        var ids = book.All.Select(policy => policy.Id).ToList();
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.True(book.TryGet("PM-TERM", out var found));
        Assert.Same(book["PM-TERM"], found);
        Assert.False(book.TryGet("NONE", out _));
        var missing = Assert.Throws<KeyNotFoundException>(() => book["NONE"]);
        Assert.Equal("There is no policy NONE.", missing.Message);
    }

    private static string Short(Period period) =>
        $"{period.Amount}{(period.Unit == PeriodUnit.WorkingDay ? "w" : period.Unit == PeriodUnit.Day ? "d" : "?")}";
}
