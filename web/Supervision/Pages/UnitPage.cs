using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Supervision.Scores;
using Workflows.Web.Supervision.Scores;
using Workflows.Web.Supervision.Sheets;
using static Workflows.Web.Pages.PageHtml;
using static Workflows.Web.Supervision.Pages.SupervisionHtml;

namespace Workflows.Web.Supervision.Pages;

/// <summary>A unit's trend, what is open and the sheets to it.</summary>
internal static class UnitPage
{
    public static IResult Of(UnitScoresView unit, RuleSet rules)
    {
        var html = new StringBuilder();
        if (rules.Supervision.Process.Score is { } rule)
        {
            Trend(html, unit, rule);
        }

        Open(html, unit);
        Sheets(html, unit, rules);
        if (unit.Rule.Count > 0)
        {
            Rule(html, unit.Rule, rules.Version);
        }

        return Page(unit.Unit.Name, html);
    }

    private static void Trend(StringBuilder html, UnitScoresView unit, ScoreRule rule)
    {
        html.Append("<h2>近十二个月得分</h2>");
        if (unit.Months.All(month => month.Score is null))
        {
            html.Append("""<p class="none">近十二个月没有任务，不计分。</p>""");
            return;
        }

        html.Append(CultureInfo.InvariantCulture, $"""<div class="wide">{TrendChart.Svg(unit.Months, rule)}</div>""");
        html.Append("""<div class="wide"><table><tr><th>月份</th><th class="number">得分</th><th>等次</th><th>任务分类</th><th>扣分和加分的记录</th></tr>""");
        foreach (var month in unit.Months.Reverse())
        {
            if (month.Score is { } score)
            {
                html.Append(CultureInfo.InvariantCulture, $"""
                    <tr><td><a href="{SupervisionPages.RankingPath}/{month.Month:yyyy-MM}">{Month(month.Month)}</a></td><td class="number">{ScoreText.Number(score.Score)}</td>
                    <td>{Text(score.ClassZh)}</td><td>{Progress(score.Progress)}</td><td>{Points(score)}</td></tr>
                    """);
            }
        }

        html.Append("</table></div>");
        if (unit.Group is null)
        {
            html.Append("<p>本单位不参加排名。</p>");
        }
    }

    private static void Open(StringBuilder html, UnitScoresView unit)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>在办任务{unit.Open.Count}项</h2>");
        if (unit.Open.Count == 0)
        {
            html.Append("""<p class="none">没有在办任务。</p>""");
            return;
        }

        html.Append(CultureInfo.InvariantCulture, $"""<p>{Lights(unit.Lights)}</p><div class="wide"><table><tr><th>编号</th><th>任务</th><th>灯色</th><th>原因</th><th>完成期限</th></tr>""");
        foreach (var row in unit.Open)
        {
            html.Append(CultureInfo.InvariantCulture, $"""
                <tr><td><a href="{AssignmentDesk.Path}/{Link(row.Id)}">{Text(row.Id)}</a></td><td>{Text(row.Title)}</td><td class="{Text(row.Light)}">{LightZh(row.Light)}</td>
                <td>{Text(row.WhyZh ?? "")}</td><td>{DeadlineText.Zh(row.FinishBy ?? row.Finish)}</td></tr>
                """);
        }

        html.Append("</table></div>");
    }

    private static void Sheets(StringBuilder html, UnitScoresView unit, RuleSet rules)
    {
        html.Append("<h2>督办单</h2>");
        if (unit.Sheets.Count == 0)
        {
            html.Append("""<p class="none">没有督办单。</p>""");
            return;
        }

        html.Append("""<div class="wide"><table><tr><th>文号</th><th>种类</th><th>发出</th><th>事项</th><th>状态</th></tr>""");
        foreach (var sheet in unit.Sheets)
        {
            html.Append(CultureInfo.InvariantCulture, $"""
                <tr><td><a href="/sheets/{Link(sheet.Id)}/sheet.html">{Text(sheet.Number)}</a></td><td>{Text(rules.Supervision.Process.Sheets?.Find(sheet.Color)?.NameZh ?? sheet.Color)}</td>
                <td>{DeadlineText.Zh(rules.Calendar.LocalDate(sheet.IssuedAt))}</td><td>{Text(string.Join("、", sheet.Matters))}</td><td><a href="{SheetDesk.Path}/{Link(sheet.Id)}">{StatusZh(sheet.Status)}</a></td></tr>
                """);
        }

        html.Append("</table></div>");
    }

    private static string LightZh(string light) => light switch
    {
        "green" => "绿",
        "yellow" => "黄",
        "red" => "红",
        _ => Text(light),
    };

    private static string StatusZh(string status) => status switch
    {
        "issued" => "待签收",
        "signedFor" => "已签收",
        "answered" => "已反馈",
        "closed" => "已办结",
        "mended" => "已整改",
        "lapsed" => "期满未办结",
        _ => Text(status),
    };
}
