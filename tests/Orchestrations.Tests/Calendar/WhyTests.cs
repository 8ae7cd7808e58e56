using Workflows.Orchestrations.Calendar;
using static Workflows.Orchestrations.Tests.Calendar.Counting;

namespace Workflows.Orchestrations.Tests.Calendar;

public sealed class WhyTests
{
    [Fact]
    public void Working_days_over_the_national_day_explain_themselves() => Assert.Equal(
        [
            new("start", Day("2025-09-26"), "starts on 2025-09-26", "起算事由“转交”，2025年9月26日"),
            new(
                "start-not-counted",
                Day("2025-09-27"),
                "the start day is not counted; counting begins on 2025-09-27",
                "开始当日不计入，自2025年9月27日起算（民法典第二百零一条）"),
            new(
                "count-working-days",
                Day("2025-10-10"),
                "5 working days counted: the last is 2025-10-10",
                "计5个工作日，至2025年10月10日"),
            new(
                "skip",
                Day("2025-10-10"),
                "skipped 2025-09-27 (weekend), 2025-10-01..2025-10-08 (holiday); 2025-09-28 counts (make-up workday)",
                "跳过2025年9月27日（周末）、2025年10月1日至2025年10月8日（放假）；2025年9月28日计入（调休上班）"),
            new("ends", Day("2025-10-10"), "over at 24:00 on 2025-10-10 local time", "2025年10月10日24时届满"),
        ],
        Due(SeedFiles.Policies["HL-5WD"], "2025-09-26").Why);

    [Fact]
    public void A_roll_onto_a_worked_Sunday_explains_itself() => Assert.Equal(
        [
            new("start", Day("2025-12-02"), "starts on 2025-12-02", "起算事由“调解协议生效日”，2025年12月2日"),
            new(
                "start-not-counted",
                Day("2025-12-03"),
                "the start day is not counted; counting begins on 2025-12-03",
                "开始当日不计入，自2025年12月3日起算（民法典第二百零一条）"),
            new("count-days", Day("2026-01-01"), "30 days counted: the last is 2026-01-01", "计30日，至2026年1月1日"),
            new(
                "roll",
                Day("2026-01-04"),
                "2026-01-01 is a rest day (holiday); the next workday is 2026-01-04 (make-up workday)",
                "2026年1月1日为休息日（放假），顺延至2026年1月4日（调休上班）（民法典第二百零三条）"),
            new("ends", Day("2026-01-04"), "over at 24:00 on 2026-01-04 local time", "2026年1月4日24时届满"),
        ],
        Due(SeedFiles.Policies["JC-APPLY"], "2025-12-02").Why);

    [Fact]
    public void A_month_without_the_day_explains_itself() => Assert.Equal(
        [
            new("start", Day("2024-01-31"), "starts on 2024-01-31", "起算事由“受理/开始调解”，2024年1月31日"),
            new(
                "start-not-counted",
                Day("2024-02-01"),
                "the start day is not counted; counting begins on 2024-02-01",
                "开始当日不计入，自2024年2月1日起算（民法典第二百零一条）"),
            new(
                "count-months",
                Day("2024-02-29"),
                "1 month counted: the last day is 2024-02-29",
                "计1个月，至2024年2月29日"),
            new(
                "month-end",
                Day("2024-02-29"),
                "the month has no day 31, so its last day 2024-02-29 is taken",
                "到期月没有31日，以月末2024年2月29日为准（民法典第二百零二条）"),
            new("ends", Day("2024-02-29"), "over at 24:00 on 2024-02-29 local time", "2024年2月29日24时届满"),
        ],
        Due(SeedFiles.Policies["PM-TERM"], "2024-01-31").Why);

    [Fact]
    public void Hours_name_both_moments()
    {
        var answer = Deadlines.Compute(SeedFiles.Policies["DV-ORDER"], Local("2025-09-30 16:05"), SeedFiles.Calendar);

        Assert.Equal(
            new(
                "hours",
                Day("2025-10-03"),
                "72 hours from 2025-09-30 16:05 end at 2025-10-03 16:05 local time",
                "自2025年9月30日16时5分起计72小时，至2025年10月3日16时5分"),
            Assert.IsType<DeadlineAnswer.Due>(answer).Deadline.Why[^1]);
    }

    [Fact]
    public void Many_weekends_are_told_as_a_number() => Assert.Equal(
        "skipped 2025-05-31..2025-06-02 (holiday), 4 weekends",
        Assert.Single(
            Due(Policy(25, PeriodUnit.WorkingDay), "2025-05-19").Why, step => step.Rule == "skip").Text);

    [Fact]
    public void A_week_without_rest_skips_nothing() => Assert.Equal(
        ["start", "start-not-counted", "count-working-days", "ends"],
        Due(Policy(3, PeriodUnit.WorkingDay), "2025-08-04").Why.Select(step => step.Rule));
}
