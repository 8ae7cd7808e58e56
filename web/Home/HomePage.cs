using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Activities.Cases;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;

namespace Workflows.Web.Home;

/// <summary>The first page: what is open and by when, and where to look further.</summary>
internal static class HomePage
{
    private const int RowsMax = 50;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/", Page).ExcludeFromDescription();

    private static async Task<IResult> Page(HttpContext http, CaseStore cases, RuleShelf shelf, TimeProvider time)
    {
        var rules = shelf.Current;
        var disputes = await cases.List("disputes", RowsMax, cancellation: http.RequestAborted);
        var assignments = await cases.List("assignments", RowsMax, cancellation: http.RequestAborted);
        var today = rules.Calendar.LocalDate(time.GetUtcNow());
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Text(rules.County.Name)}纠纷化解与任务督办</title>
            <style>
            body {"{"} font-family: "Noto Sans CJK SC", "WenQuanYi Zen Hei", "Microsoft YaHei", sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #222; {"}"}
            h1 {"{"} font-size: 1.4rem; border-bottom: 2px solid #b00; padding-bottom: .5rem; {"}"}
            h2 {"{"} font-size: 1.1rem; margin-top: 1.5rem; {"}"}
            table {"{"} border-collapse: collapse; width: 100%; font-size: .9rem; {"}"}
            th, td {"{"} text-align: left; padding: .3rem .5rem; border-bottom: 1px solid #ddd; {"}"}
            .green {"{"} color: #187a2f; {"}"} .yellow {"{"} color: #946200; {"}"} .red {"{"} color: #b00020; {"}"} .ended {"{"} color: #666; {"}"}
            </style></head><body>
            <h1>{Text(rules.County.Name)}纠纷化解与任务督办</h1>
            <p>今天是{today.Year}年{today.Month}月{today.Day}日。
            <a href="/reports/{today:yyyy-MM}">本月月报</a> · <a href="/supervision">督办一览</a> · <a href="/supervision/ranking">单位排名</a> · <a href="/openapi/v1.json">接口说明</a> ·
            <a href="/api/notices">通知</a> · <a href="/api/flows">流程</a></p>
            <h2>纠纷</h2>
            <table><tr><th>编号</th><th>状态</th><th>层级</th><th>承办单位</th><th>类别</th><th>登记</th><th>最近期限</th></tr>
            """);
        foreach (var row in disputes.Rows)
        {
            var dispute = row.Card.Summary.Deserialize<DisputeSummary>(Wire.Options)!;
            html.Append(CultureInfo.InvariantCulture, $"""
                <tr><td><a href="/api/disputes/{Text(dispute.Id)}">{Text(DisputeCode.Of(dispute.Id, rules.Disputes.Process))}</a></td><td class="{(dispute.EndedAt is null ? Text(dispute.Light) : "ended")}">{StatusZh(dispute.Status)}</td>
                <td>{LevelZh(dispute.Level.ToString())}</td><td>{Text(rules.Units.Find(dispute.Handler)?.Name ?? dispute.Handler)}</td>
                <td>{Text(rules.Disputes.Process.Categories.FirstOrDefault(category => category.Id == dispute.Category)?.NameZh ?? dispute.Category)}</td>
                <td>{Day(rules, dispute.OpenedAt)}</td><td>{Due(rules, dispute.Due)}</td></tr>
                """);
        }

        html.Append("</table><h2>督办任务</h2><table><tr><th>编号</th><th>状态</th><th>任务</th><th>责任单位</th><th>最近期限</th></tr>");
        foreach (var row in assignments.Rows)
        {
            var assignment = row.Card.Summary.Deserialize<AssignmentSummary>(Wire.Options)!;
            html.Append(CultureInfo.InvariantCulture, $"""
                <tr><td><a href="/api/assignments/{Text(assignment.Id)}">{Text(assignment.Id)}</a></td><td class="{(assignment.StruckOffAt is null ? Text(assignment.Light) : "ended")}">{StatusZh(assignment.Status)}</td>
                <td>{Text(assignment.Title)}</td><td>{Text(rules.Units.Find(assignment.Unit)?.Name ?? assignment.Unit)}</td><td>{Due(rules, assignment.Due)}</td></tr>
                """);
        }

        html.Append("</table></body></html>");
        return Results.Text(html.ToString(), "text/html", Encoding.UTF8);
    }

    private static string Text(string text) => Encoder.Encode(text);

    private static string Day(RuleSet rules, DateTimeOffset at) => rules.Calendar.LocalDate(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A term that is over at midnight ends on the day before.</summary>
    private static string Due(RuleSet rules, DateTimeOffset? at) => at is { } over ? Day(rules, over.AddTicks(-1)) : "—";

    private static string LevelZh(string level) => level switch
    {
        "Village" => "村级",
        "Township" => "镇级",
        _ => "县级",
    };

    private static string StatusZh(string status) => status switch
    {
        "offered" => "待签收",
        "mediating" => "调处中",
        "awaitingConsent" => "征询移送意见",
        "settled" => "达成协议",
        "refused" => "当事人拒绝",
        "withdrawn" => "撤回",
        "failed" => "调解不成",
        "merged" => "并入他案",
        "issued" => "待签收",
        "active" => "办理中",
        "claimed" => "申请销号",
        "struckOff" => "已销号",
        _ => Text(status),
    };
}
