using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using static Workflows.Web.Pages.PageHtml;

namespace Workflows.Web.Disputes.Pages;

/// <summary>One dispute: where it stands, who, until when and why, and everything that happened.</summary>
internal static class DisputePage
{
    public static IResult Of(DisputeView dispute, IReadOnlyList<JournalEntry> journal, RuleSet rules)
    {
        var html = new StringBuilder();
        Standing(html, dispute, rules);
        Parties(html, dispute);
        Terms(html, dispute);
        Sessions(html, dispute);
        History(html, journal, rules);
        html.Append(CultureInfo.InvariantCulture, $"""<p><a href="{DisputeDesk.Path}/{Link(dispute.Id)}">接口数据</a> · <a href="{DisputeDesk.Path}/{Link(dispute.Id)}/journal">可验证的记录</a></p>""");
        return Page($"{dispute.Code ?? dispute.Id}", html);
    }

    private static void Standing(StringBuilder html, DisputeView dispute, RuleSet rules)
    {
        html.Append("<dl>");
        Row(html, "状态", Text(DisputeText.Status(dispute.Status)) + (dispute.Suspension is { } standing ? $"，中止至{Day(rules.Calendar.LocalDate(standing.Ends.AddTicks(-1)))}" : ""));
        if (dispute.Outcome is { } outcome)
        {
            Row(html, "结果", $"{Day(rules.Calendar.LocalDate(outcome.At))}，{Text(DisputeText.EndReason(outcome.Reason))}");
        }

        Row(html, "层级", DisputeText.Of(dispute.Level));
        Row(html, "承办单位", Text(dispute.Handler.Name));
        if (dispute.FormerHandlers.Count > 0)
        {
            Row(html, "曾承办", Text(string.Join("、", dispute.FormerHandlers.Select(unit => unit.Name))));
        }

        if (dispute.Mediators is { Count: > 0 } mediators)
        {
            Row(html, "调解员", Text(string.Join("、", mediators.Select(mediator => $"{mediator.Name ?? mediator.Id}{(mediator.Active ? "" : "（已不在名册）")}"))));
        }

        Row(html, "发生地", Text(dispute.Place.Name));
        Row(html, "类别", Text(rules.Disputes.Process.Categories.FirstOrDefault(category => category.Id == dispute.Category)?.NameZh ?? dispute.Category));
        Row(html, "涉及人数", string.Create(CultureInfo.InvariantCulture, $"{dispute.People}人{(dispute.Danger ? "，有危险迹象" : "")}"));
        Row(html, "登记日期", Day(rules.Calendar.LocalDate(dispute.OpenedAt)));
        if (dispute.MergingInto is { } into)
        {
            Row(html, "申请并入", CaseLink(into, into));
        }

        if (dispute.Links is { Count: > 0 } links)
        {
            Row(html, "关联案件", string.Join("、", links.Select(link => CaseLink(link.Id, link.Code))));
        }

        html.Append("</dl>");
    }

    private static void Parties(StringBuilder html, DisputeView dispute)
    {
        html.Append("""<h2>当事人</h2><div class="wide"><table><tr><th>代号</th><th>姓名（已隐去）</th><th>地位</th><th>同意调解</th><th>同意移送上级</th></tr>""");
        foreach (var party in dispute.Parties)
        {
            html.Append(CultureInfo.InvariantCulture, $"""
                <tr><td>{Text(party.Id)}</td><td>{Text(party.Name ?? "—")}{(party.Representative is { } agent ? $"（由{Text(agent)}代理）" : "")}</td><td>{DisputeText.Of(party.Role)}{(party.Represents == true ? "（代表人）" : "")}</td>
                <td>{DisputeText.Of(party.Consent)}</td><td>{DisputeText.Of(party.GoUp)}</td></tr>
                """);
        }

        html.Append("</table></div>");
    }

    private static void Terms(StringBuilder html, DisputeView dispute)
    {
        var terms = dispute.Clocks.Select(clock => (Name: DisputeClocks.Zh(clock.Clock.Split('.')[0]), Clock: clock))
            .Concat((dispute.Aftercare?.Clocks ?? []).Select(item => (Name: AftercareWords.Zh(item.Kind) + About(item), item.Clock)))
            .ToList();
        if (terms.Count == 0)
        {
            return;
        }

        html.Append("""<h2>期限</h2><div class="wide"><table><tr><th>期限</th><th>最后一日</th><th class="number">逾期通知</th><th>为什么是这一天</th></tr>""");
        foreach (var (name, clock) in terms)
        {
            html.Append(CultureInfo.InvariantCulture, $"""
                <tr><td>{Text(name)}</td><td class="{(clock.Overdue > 0 ? "day red" : "day")}">{Day(clock.Due)}</td><td class="number">{clock.Overdue}</td>
                <td><details><summary>自{Day(clock.From)}起算</summary><ul>{string.Concat(clock.Why.Select(step => $"<li>{Text(step.TextZh)}</li>"))}</ul></details></td></tr>
                """);
        }

        html.Append("</table></div>");
    }

    private static string About(FollowUpView item) => item.About is null ? "" : item.Kind == FollowUpKind.Performance ? $"（第{item.About}条）" : $"（当事人{item.About}）";

    private static void Sessions(StringBuilder html, DisputeView dispute)
    {
        if (dispute.SessionPlans is not { Count: > 0 } plans)
        {
            return;
        }

        html.Append("<h2>约定的调解</h2><ul>");
        foreach (var plan in plans)
        {
            html.Append(CultureInfo.InvariantCulture, $"<li>第{plan.Number}次：{Day(plan.On)} {plan.From:HH\\:mm}至{plan.To:HH\\:mm}，{DisputeText.Of(plan.Form)}{(plan.NeedsMoving ? "，须改期" : plan.Unrecorded ? "，没有记录" : "")}</li>");
        }

        html.Append("</ul>");
    }

    private static void History(StringBuilder html, IReadOnlyList<JournalEntry> journal, RuleSet rules)
    {
        html.Append("""<h2>办理经过</h2><div class="wide"><table><tr><th class="number">序号</th><th>日期</th><th>经过</th><th>形成的期限</th></tr>""");
        foreach (var entry in journal)
        {
            html.Append(CultureInfo.InvariantCulture, $"""
                <tr id="entry-{entry.Number}"><td class="number">{entry.Number}</td><td class="day">{Day(rules.Calendar.LocalDate(entry.At))}</td><td>{Text(entry.Line.TextZh)}</td><td class="day">{(entry.Line.Due is { } due ? Day(due) : "")}</td></tr>
                """);
        }

        html.Append("</table></div>");
    }

    private static void Row(StringBuilder html, string term, string value) => html.Append(CultureInfo.InvariantCulture, $"<dt>{term}</dt><dd>{value}</dd>");

    private static string CaseLink(string id, string code) => $"""<a href="{DisputePages.Path}/{Link(id)}">{Text(code)}</a>""";
}
