using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using static Workflows.Web.Pages.PageHtml;
using static Workflows.Web.Supervision.Pages.SupervisionHtml;

namespace Workflows.Web.Supervision.Pages;

/// <summary>How all open assignments stand, on a page; every number opens its list.</summary>
internal static class BoardPage
{
    public static IResult Of(SupervisionBoardView board)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""
            <p>在办任务<a href="{AssignmentDesk.Path}?open=true">{board.Open}</a>项{(board.More ? "以上" : "")}：{Lights(board.Lights)}。
            {Text(board.Week.TextZh)}<a href="{Text(board.Week.List)}">{board.Week.Count}</a>项。</p>
            <h2>受阻事项</h2><ul>
            """);
        foreach (var stuck in board.Stuck.Where(one => one.Count > 0))
        {
            html.Append(CultureInfo.InvariantCulture, $"""<li>{Text(stuck.TextZh)}：<a href="{Text(stuck.List)}">{stuck.Count}</a>项</li>""");
        }

        html.Append(board.Stuck.All(one => one.Count == 0) ? """<li class="none">无</li></ul>""" : "</ul>");
        Rows(html, "县直单位", board.Units, row => UnitLink(row.Id, row.Name));
        Rows(html, "乡镇（街道）", board.Townships, row => UnitLink(row.Id, row.Name));
        Rows(html, "任务", board.Tasks, row => $"{Text(row.Id)} {Text(row.Name)}");
        return Page("督办一览", html);
    }

    private static void Rows(StringBuilder html, string title, IReadOnlyList<BoardRow> rows, Func<BoardRow, string> name)
    {
        html.Append(CultureInfo.InvariantCulture, $"""<h2>{title}</h2>""");
        if (rows.Count == 0)
        {
            html.Append("""<p class="none">没有在办任务。</p>""");
            return;
        }

        html.Append("""<div class="wide"><table><tr><th>名称</th><th>灯色</th><th class="number">本周到期</th><th class="number">受阻</th><th>清单</th></tr>""");
        foreach (var row in rows)
        {
            html.Append(CultureInfo.InvariantCulture, $"""<tr><td>{name(row)}</td><td>{Lights(row.Lights)}</td><td class="number">{row.Due}</td><td class="number">{row.Stuck}</td><td><a href="{Text(row.List)}">查看</a></td></tr>""");
        }

        html.Append("</table></div>");
    }
}
