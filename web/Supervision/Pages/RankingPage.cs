using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Supervision.Scores;
using Workflows.Web.Supervision.Scores;
using static Workflows.Web.Pages.PageHtml;
using static Workflows.Web.Supervision.Pages.SupervisionHtml;

namespace Workflows.Web.Supervision.Pages;

/// <summary>The ranking of a month with its rule below.</summary>
internal static class RankingPage
{
    public static IResult Of(RankingView ranking, DateOnly today)
    {
        var html = new StringBuilder();
        var (before, next) = (ranking.Month.AddMonths(-1), ranking.Month.AddMonths(1));
        html.Append(CultureInfo.InvariantCulture, $"""<p>统计至{DeadlineText.Zh(ranking.Until)}。<a href="{SupervisionPages.RankingPath}/{before:yyyy-MM}">上一月</a> """);
        if (next <= today)
        {
            html.Append(CultureInfo.InvariantCulture, $"""<a href="{SupervisionPages.RankingPath}/{next:yyyy-MM}">下一月</a> """);
        }

        html.Append(CultureInfo.InvariantCulture, $"""<a href="/api/supervision/ranking.csv?month={ranking.Month:yyyy-MM}">下载表格（CSV）</a> <a href="/api/supervision/ranking.xlsx?month={ranking.Month:yyyy-MM}">（XLSX）</a></p>""");
        foreach (var group in ranking.Groups)
        {
            html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(group.NameZh)}</h2>");
            if (group.Units.Count == 0)
            {
                html.Append("""<p class="none">本月没有参加排名的单位。</p>""");
                continue;
            }

            html.Append("""<div class="wide"><table><tr><th class="number">名次</th><th>单位</th><th class="number">得分</th><th>等次</th><th class="number">任务</th><th>任务分类</th><th>扣分和加分的记录</th></tr>""");
            foreach (var unit in group.Units)
            {
                html.Append(CultureInfo.InvariantCulture, $"""
                    <tr><td class="number">{unit.Rank}</td><td>{UnitLink(unit.Unit.Id, unit.Unit.Name)}</td><td class="number">{ScoreText.Number(unit.Month.Score)}</td>
                    <td>{Text(unit.Month.ClassZh)}</td><td class="number">{unit.Month.Progress.All}</td><td>{Progress(unit.Month.Progress)}</td><td>{Points(unit.Month)}</td></tr>
                    """);
            }

            html.Append("</table></div>");
        }

        if (ranking.Unranked.Count > 0)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p>有任务而不参加排名的单位：{string.Join("、", ranking.Unranked.Select(unit => UnitLink(unit.Id, unit.Name)))}。</p>");
        }

        Rule(html, ranking.Rule, ranking.Version);
        return Page($"{Month(ranking.Month)}单位督办排名", html);
    }
}
