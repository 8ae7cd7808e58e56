using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Activities.Cases;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Web.Disputes;
using Workflows.Web.Disputes.Pages;
using Workflows.Web.Pages;
using static Workflows.Web.Pages.PageHtml;

namespace Workflows.Web.Home;

/// <summary>The first page: what is open and by when, and where to look further.</summary>
internal static class HomePage
{
    private const int RowsMax = 50;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/", Show).ExcludeFromDescription();

    private static async Task<IResult> Show(HttpContext http, CaseStore cases, RuleShelf shelf, TimeProvider time)
    {
        var rules = shelf.Current;
        var disputes = await cases.List("disputes", RowsMax, cancellation: http.RequestAborted);
        var assignments = await cases.List("assignments", RowsMax, cancellation: http.RequestAborted);
        var today = rules.Calendar.LocalDate(time.GetUtcNow());
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""
            <p>今天是{today.Year}年{today.Month}月{today.Day}日。
            <a href="/reports/{today:yyyy-MM}">本月月报</a> · <a href="/openapi/v1.json">接口说明</a> · <a href="/api/notices">通知</a> · <a href="/api/flows">流程</a></p>
            <h2>纠纷</h2>
            <div class="wide"><table><tr><th>编号</th><th>状态</th><th>层级</th><th>承办单位</th><th>类别</th><th>登记</th><th>最近期限</th></tr>
            """);
        foreach (var row in disputes.Rows)
        {
            var dispute = row.Card.Summary.Deserialize<DisputeSummary>(Wire.Options)!;
            html.Append(CultureInfo.InvariantCulture, $"""
                <tr><td><a href="{DisputePages.Path}/{Link(dispute.Id)}">{Text(shelf.CodeOf(dispute.Id))}</a></td><td class="{(dispute.EndedAt is null ? Text(dispute.Light) : "ended")}">{Text(DisputeText.Status(dispute.Status))}</td>
                <td>{DisputeText.Of(dispute.Level)}</td><td>{Text(rules.Units.Find(dispute.Handler)?.Name ?? dispute.Handler)}</td>
                <td>{Text(rules.Disputes.Process.Categories.FirstOrDefault(category => category.Id == dispute.Category)?.NameZh ?? dispute.Category)}</td>
                <td class="day">{Day(rules, dispute.OpenedAt)}</td><td class="day">{Due(rules, dispute.Due)}</td></tr>
                """);
        }

        html.Append("""</table></div><h2>督办任务</h2><div class="wide"><table><tr><th>编号</th><th>状态</th><th>任务</th><th>责任单位</th><th>最近期限</th></tr>""");
        foreach (var row in assignments.Rows)
        {
            var assignment = row.Card.Summary.Deserialize<AssignmentSummary>(Wire.Options)!;
            html.Append(CultureInfo.InvariantCulture, $"""
                <tr><td><a href="/api/assignments/{Text(assignment.Id)}">{Text(assignment.Id)}</a></td><td class="{(assignment.StruckOffAt is null ? Text(assignment.Light) : "ended")}">{StatusZh(assignment.Status)}</td>
                <td>{Text(assignment.Title)}</td><td>{Text(rules.Units.Find(assignment.Unit)?.Name ?? assignment.Unit)}</td><td class="day">{Due(rules, assignment.Due)}</td></tr>
                """);
        }

        html.Append("</table></div>");
        return PageHtml.Page($"{rules.County.Name}纠纷化解与任务督办", html);
    }

    private static string Day(RuleSet rules, DateTimeOffset at) => PageHtml.Day(rules.Calendar.LocalDate(at));

    /// <summary>A term that is over at midnight ends on the day before.</summary>
    private static string Due(RuleSet rules, DateTimeOffset? at) => at is { } over ? Day(rules, over.AddTicks(-1)) : "—";

    private static string StatusZh(string status) => status switch
    {
        "issued" => "待签收",
        "active" => "办理中",
        "claimed" => "申请销号",
        "struckOff" => "已销号",
        _ => Text(status),
    };
}
