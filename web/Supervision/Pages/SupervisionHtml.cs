using System.Globalization;
using System.Text;
using Workflows.Orchestrations.Supervision.Scores;
using Workflows.Web.Supervision.Scores;
using static Workflows.Web.Pages.PageHtml;

namespace Workflows.Web.Supervision.Pages;

/// <summary>What the pages of supervision share.</summary>
internal static class SupervisionHtml
{
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
