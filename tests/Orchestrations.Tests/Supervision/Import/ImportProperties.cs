using CsCheck;
using Workflows.Orchestrations.Supervision.Import;

namespace Workflows.Orchestrations.Tests.Supervision.Import;

/// <summary>What holds for any text at all.</summary>
public sealed class ImportProperties
{
    private static readonly string[] Pieces =
    [
        "一、", "（二）", "3.", "（4）", "⑤", "第六条 ", "1.2 ", "## ", "责任单位：", "牵头单位：", "（责任单位：", "）", "县教育局", "、", "等", "按职责分工负责",
        "牵头", "各乡镇人民政府", "到2025年", "2024年13月45日", "“十四五”期末", "每年", "每个村（社区）", "至少", "达到", "100%", "三分之二", "十万亿", "九九九九",
        "20000000000000000个", "1,000人", "10—15个", "以上", "全覆盖", "实现", "推动", "力争", "，", "。", "；", "：", "\n", "\n\n", " ", "\u3000", "|", "\t", "“", "”", "《", "》",
        "(", "附件：", "有效期", "自印发之日起施行", "2023年10月9日", "以下任务均需各乡镇落实，不再列出", "𠮷", "\ud800", "完成时限：", "长期坚持", "“六有”标准", "一村一法律顾问制度", "24小时值班",
    ];

    private static readonly Gen<string> Texts = Gen.OneOf(Gen.Int[0, Pieces.Length - 1].Select(index => Pieces[index]), Gen.Char['一', '龥'].Select(letter => letter.ToString()), Gen.Char[' ', '\u3100'].Select(letter => letter.ToString()))
        .Array[0, 300].Select(string.Concat);

    [Fact]
    public void No_text_makes_it_fail_and_every_value_shows_words_of_the_text() =>
        Texts.Sample(
            text =>
            {
                var plan = PlanText.Of(text);
                if (PlanImport.Read(plan, Drafts.Register).Draft is not { } draft)
                {
                    return;
                }

                IEnumerable<Source?> sources =
                [
                    .. draft.Tasks.Select(task => task.Source),
                    .. draft.Tasks.Select(task => task.DueSource),
                    .. draft.Tasks.SelectMany(task => task.Responsible.Select(unit => unit.Source)),
                    .. draft.Indicators.Select(indicator => indicator.Source),
                    .. draft.Units.Select(unit => unit.Source),
                    .. draft.QualitativeTargets.Select(target => target.Source),
                    .. draft.Document.Sources.Values,
                ];
                Assert.All(sources.OfType<Source>(), source =>
                {
                    Assert.True(Shows(plan.Text, source.Words), source.Words);
                    Assert.InRange(source.Confidence, 0, 1);
                    Assert.NotEmpty(source.Reason);
                });
                Assert.All(draft.NotUnderstood, gap => Assert.True(Shows(plan.Text, gap.Words), gap.Words));
            },
            iter: 400);

    [Fact]
    public void Every_line_that_is_not_blank_is_accounted_for() =>
        Texts.Sample(
            text =>
            {
                if (PlanImport.Read(PlanText.Of(text), Drafts.Register).Draft is not { } draft)
                {
                    return;
                }

                Assert.All(draft.Paragraphs, paragraph => Assert.NotEmpty(paragraph.Kind));
                var open = draft.Paragraphs.Where(paragraph => paragraph.Kind == "not-understood").Select(paragraph => paragraph.Line);
                Assert.Empty(open.Except(draft.NotUnderstood.Select(gap => gap.Line)));
            },
            iter: 400);

    [Theory]
    [InlineData("一、", 30_000)]
    [InlineData("（", 100_000)]
    [InlineData("县教育局、", 20_000)]
    [InlineData("一、甲\n责任单位：县教育局\n", 4_000)]
    [InlineData("每个村", 30_000)]
    [InlineData("“", 100_000)]
    [InlineData("100%", 25_000)]
    [InlineData("等负责", 30_000)]
    [InlineData("a|b|c|d\n", 12_000)]
    [InlineData("（责任单位：县教育局", 10_000)]
    public void A_long_text_of_one_pattern_ends(string piece, int times)
    {
        var reading = PlanImport.Read(PlanText.Of("一、甲\n" + string.Concat(Enumerable.Repeat(piece, times))), Drafts.Register);

        Assert.True(reading.Draft is not null || reading.Code is not null);
    }

    /// <summary>The title is put together from lines that may have blank ones between them.</summary>
    private static bool Shows(string text, string words) => words.Split('\n').All(part => text.Contains(part, StringComparison.Ordinal));
}
