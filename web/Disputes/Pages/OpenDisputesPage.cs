using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Workflows.Activities.Cases;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Units;
using static Workflows.Web.Pages.PageHtml;

namespace Workflows.Web.Disputes.Pages;

/// <summary>How all open disputes stand: by light, by level, what the board shows, and those that need somebody first.</summary>
internal static class OpenDisputesPage
{
    /// <summary>More open disputes than this are not counted.</summary>
    private const int CountMax = 20_000;

    /// <summary>Rows of the table; the API lists all.</summary>
    private const int RowsMax = 200;

    private static readonly string[] Lights = ["red", "yellow", "green"];

    public static async Task<IResult> Of(CaseStore cases, RuleShelf shelf, CancellationToken cancellation)
    {
        var open = new List<DisputeSummary>();
        var isMore = false;
        await foreach (var row in cases.All("disputes.open", cancellation))
        {
            if (open.Count == CountMax)
            {
                isMore = true;
                break;
            }

            open.Add(row.Card.Summary.Deserialize<DisputeSummary>(Wire.Options)!);
        }

        var board = await DisputeBoardCounts.Of(cases, cancellation);
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""
            <p>在办纠纷<a href="{DisputeDesk.Path}?open=true">{open.Count}</a>件{(isMore ? "以上" : "")}：{string.Join(" · ", Lights.Select(light => Light(light, open.Count(row => row.Light == light))))}；
            {string.Join("，", Enum.GetValues<Level>().Select(level => string.Create(CultureInfo.InvariantCulture, $"{DisputeText.Of(level)}{open.Count(row => row.Level == level)}件")))}。</p>
            <h2>需要留意</h2><ul>
            """);
        var stuck = board.Causes.Where(cause => cause.Count > 0).ToList();
        foreach (var cause in stuck)
        {
            html.Append(CultureInfo.InvariantCulture, $"""<li>{DisputeText.Cause(cause.Cause)}：<a href="{Text(cause.Cases)}">{cause.Count}</a>件{(cause.More ? "以上" : "")}</li>""");
        }

        html.Append(stuck.Count == 0 ? """<li class="none">无</li></ul>""" : "</ul>");
        Rows(html, open, shelf);
        return Page("纠纷一览", html);
    }

    private static void Rows(StringBuilder html, List<DisputeSummary> open, RuleShelf shelf)
    {
        html.Append("<h2>在办纠纷</h2>");
        if (open.Count == 0)
        {
            html.Append("""<p class="none">没有在办纠纷。</p>""");
            return;
        }

        var rules = shelf.Current;
        html.Append("""<div class="wide"><table>""");
        if (open.Count > RowsMax)
        {
            html.Append(CultureInfo.InvariantCulture, $"<caption>只列最急的{RowsMax}件。</caption>");
        }

        html.Append("""<tr><th>编号</th><th>灯色</th><th>状态</th><th>层级</th><th>承办单位</th><th>发生地</th><th>类别</th><th class="number">人数</th><th>最近期限</th></tr>""");
        foreach (var row in open.OrderBy(row => Array.IndexOf(Lights, row.Light)).ThenBy(row => row.Due ?? DateTimeOffset.MaxValue).ThenBy(row => row.Id, StringComparer.Ordinal).Take(RowsMax))
        {
            html.Append(CultureInfo.InvariantCulture, $"""
                <tr><td><a href="{DisputePages.Path}/{Link(row.Id)}">{Text(shelf.CodeOf(row.Id))}</a></td><td class="{Text(row.Light)}">{DisputeText.Light(row.Light)}</td><td>{Text(DisputeText.Status(row.Status))}{(row.Danger ? "，有危险" : "")}</td>
                <td>{DisputeText.Of(row.Level)}</td><td>{Text(Name(row.Handler, rules))}</td><td>{Text(Name(row.Place, rules))}</td><td>{Text(Category(row.Category, rules))}</td>
                <td class="number">{row.People}</td><td class="day">{(row.Due is { } due ? Day(LastDay(due, rules)) : "—")}</td></tr>
                """);
        }

        html.Append("</table></div>");
    }

    private static string Light(string light, int count) => string.Create(CultureInfo.InvariantCulture, $"""<span class="{light}">{DisputeText.Light(light)} {count}</span>""");

    private static string Name(string unit, RuleSet rules) => rules.Units.Find(unit)?.Name ?? unit;

    private static string Category(string id, RuleSet rules) => rules.Disputes.Process.Categories.FirstOrDefault(category => category.Id == id)?.NameZh ?? id;

    /// <summary>A term that is over at midnight ends on the day before.</summary>
    private static DateOnly LastDay(DateTimeOffset over, RuleSet rules) => rules.Calendar.LocalDate(over.AddTicks(-1));
}
