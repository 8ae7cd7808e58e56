using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Workflows.Orchestrations.Supervision.Scores;
using Workflows.Web.Supervision.Scores;

namespace Workflows.Web.Supervision.Pages;

/// <summary>The frame of the pages of supervision: no script, no picture, nothing from elsewhere.</summary>
internal static class SupervisionHtml
{
    private const string Style = """
        body { font-family: "Noto Sans CJK SC", "WenQuanYi Zen Hei", "Microsoft YaHei", sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fff; }
        h1 { font-size: 1.4rem; border-bottom: 2px solid #b00; padding-bottom: .5rem; }
        h2 { font-size: 1.1rem; margin-top: 1.8rem; }
        a { color: #0b57a4; } nav a { margin-right: 1rem; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; }
        caption { text-align: left; color: #444; padding: .3rem 0; }
        th, td { text-align: left; padding: .35rem .5rem; border-bottom: 1px solid #ddd; vertical-align: top; }
        th { white-space: nowrap; }
        td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .green { color: #187a2f; } .yellow { color: #946200; } .red { color: #b00020; }
        summary { cursor: pointer; color: #0b57a4; } details ul { margin: .3rem 0; padding-left: 1.2rem; }
        .rule { background: #f6f6f6; border-left: .3rem solid #888; padding: .6rem 1rem; font-size: .9rem; line-height: 1.6; }
        .rule ul { margin: .3rem 0; padding-left: 1.2rem; } .none { color: #666; }
        svg { min-width: 34rem; max-width: 100%; height: auto; } svg text { font-size: 12px; fill: #444; } svg .value { font-weight: bold; fill: #222; }
        :focus-visible { outline: 3px solid #f0a000; outline-offset: 2px; }
        """;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static IResult Page(string title, StringBuilder content) => Results.Text(
        $"""
        <!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Text(title)}</title><style>{Style}</style></head><body>
        <nav aria-label="导航"><a href="/">首页</a><a href="{SupervisionPages.Path}">督办一览</a><a href="{SupervisionPages.RankingPath}">单位排名</a></nav>
        <main><h1>{Text(title)}</h1>
        {content}
        </main></body></html>
        """,
        "text/html",
        Encoding.UTF8);

    public static string Text(string text) => Encoder.Encode(text);

    /// <summary>A part of an address.</summary>
    public static string Link(string id) => Text(Uri.EscapeDataString(id));

    public static string UnitLink(string id, string name) => $"""<a href="{SupervisionPages.UnitsPath}/{Link(id)}">{Text(name)}</a>""";

    public static string Month(DateOnly month) => string.Create(CultureInfo.InvariantCulture, $"{month.Year}年{month.Month}月");

    /// <summary>How many there are of each light.</summary>
    public static string Lights(LightCounts lights) => string.Create(
        CultureInfo.InvariantCulture,
        $"""<span class="red">红 {lights.Red}</span> · <span class="yellow">黄 {lights.Yellow}</span> · <span class="green">绿 {lights.Green}</span>""");

    /// <summary>Tasks by class, as far as there are any.</summary>
    public static string Progress(ProgressCounts progress) => string.Join("，", Enum.GetValues<ProgressClass>()
        .Where(one => progress[one] > 0)
        .Select(one => string.Create(CultureInfo.InvariantCulture, $"{ScoreText.ProgressZh(one)}{progress[one]}")));

    /// <summary>The points with the records behind them, folded.</summary>
    public static string Points(MonthScoreView month) => month.Deductions.Count + month.Additions.Count == 0
        ? "—"
        : $"""<details><summary>扣{Sum(month.Deductions)}分，加{Sum(month.Additions)}分</summary><ul>{Records("扣", month.Deductions)}{Records("加", month.Additions)}</ul></details>""";

    /// <summary>The rule, printed below every table that comes of it.</summary>
    public static void Rule(StringBuilder html, IReadOnlyList<string> rule, string version) => html
        .Append(CultureInfo.InvariantCulture, $"""<h2>计分规则</h2><div class="rule"><p>{Text(rule[0])}</p><ul>""")
        .AppendJoin("", rule.Skip(1).Select(line => $"<li>{Text(line)}</li>"))
        .Append(CultureInfo.InvariantCulture, $"</ul><p>规则版本：{Text(version)}</p></div>");

    private static string Records(string verb, IReadOnlyList<ScorePointsView> points) => string.Concat(points.Select(one =>
        $"""<li>{one.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} {verb}{ScoreText.Number(one.Points)}分：{Text(one.TextZh)}，<a href="{Text(one.Journal)}">{Text(one.Title)}</a>（{Text(one.Case)}，第{one.Entry}条）</li>"""));

    private static string Sum(IReadOnlyList<ScorePointsView> points) => ScoreText.Number(points.Sum(one => one.Points));
}
