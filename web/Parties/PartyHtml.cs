using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Workflows.Orchestrations.Calendar;

namespace Workflows.Web.Parties;

/// <summary>The party's pages as HTML that needs nothing but itself: no script, no cookie, no picture.</summary>
internal static class PartyHtml
{
    private const string Style = """
        body { font-family: "Noto Sans CJK SC", "WenQuanYi Zen Hei", "Microsoft YaHei", sans-serif; font-size: 1.05rem; line-height: 1.6; max-width: 40rem; margin: 0 auto; padding: 1rem; color: #222; background: #fff; }
        h1 { font-size: 1.35rem; border-bottom: 2px solid #b00; padding-bottom: .4rem; }
        h2 { font-size: 1.15rem; margin: 1.6rem 0 .4rem; }
        .status { font-size: 1.2rem; font-weight: bold; padding: .7rem .9rem; background: #f3f6fb; border-left: .3rem solid #245; }
        .said { padding: .6rem .9rem; background: #eef7ee; border-left: .3rem solid #187a2f; }
        .not { padding: .6rem .9rem; background: #fdf1f1; border-left: .3rem solid #b00020; }
        .told { white-space: pre-wrap; padding: .6rem .9rem; background: #f6f6f6; }
        .warning { color: #7a1020; }
        dl { display: grid; grid-template-columns: 6.5em 1fr; gap: .15rem .6rem; } dt { color: #555; } dd { margin: 0; }
        ol, ul { padding-left: 1.3rem; } time { white-space: nowrap; }
        details { color: #444; } summary { cursor: pointer; padding: .3rem 0; }
        fieldset { border: 1px solid #bbb; border-radius: .3rem; margin: 0 0 1rem; padding: .6rem .9rem .9rem; }
        legend { font-weight: bold; padding: 0 .3rem; }
        label { display: block; padding: .35rem 0; }
        input[type=text], textarea { font: inherit; width: 100%; box-sizing: border-box; padding: .55rem; border: 1px solid #666; border-radius: .25rem; }
        button { font: inherit; min-height: 2.75rem; padding: .5rem 1.4rem; color: #fff; background: #245; border: 0; border-radius: .25rem; }
        :focus-visible { outline: 3px solid #f0a000; outline-offset: 2px; }
        footer { margin-top: 2rem; color: #555; font-size: .9rem; }
        """;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Where a code is typed.</summary>
    /// <param name="trouble">What was wrong with the last one.</param>
    public static IResult Enter(string? trouble)
    {
        var html = new StringBuilder();
        if (trouble is not null)
        {
            html.Append(CultureInfo.InvariantCulture, $"""<p class="not" role="alert" id="trouble">{Text(trouble)}</p>""");
        }

        html.Append(CultureInfo.InvariantCulture, $"""
            <p>请输入登记时告知您的查询码，共十一位字母和数字，不分大小写，短横可以不填。</p>
            <form method="post" action="{PartyPages.Path}" autocomplete="off">
            <label for="code">查询码</label>
            <input type="text" id="code" name="code" required maxlength="40" autocapitalize="characters" spellcheck="false"
              placeholder="XXXX-XXXX-XXX"{(trouble is null ? "" : " aria-invalid=\"true\" aria-describedby=\"trouble\"")}>
            <p><button type="submit">查询</button></p>
            </form>
            <p>忘记查询码的，请到登记的窗口或者承办的调解组织查询。</p>
            """);
        return Page(trouble is null ? StatusCodes.Status200OK : StatusCodes.Status404NotFound, "纠纷进展查询", html);
    }

    public static IResult Message(int status, string title, string text) => Page(
        status,
        title,
        new StringBuilder().Append(CultureInfo.InvariantCulture, $"""<p class="not" role="alert">{Text(text)}</p><p><a href="{PartyPages.Path}">返回查询</a></p>"""));

    /// <summary>The case of a code.</summary>
    /// <param name="view">What the party sees.</param>
    /// <param name="code">As it was typed; goes along with every form.</param>
    /// <param name="said">What became of what the party said last.</param>
    /// <param name="once">Tells one showing of the forms from another.</param>
    public static IResult Case(PartyCaseView view, string code, PartySaid? said, string once)
    {
        var html = new StringBuilder();
        html.Append(Said(said));
        html.Append(CultureInfo.InvariantCulture, $"""
            {(view.Note is { } note ? $"<p class=\"said\">{Text(note)}</p>" : "")}
            <p class="status">{Text(view.StatusText)}</p>
            <dl><dt>编号</dt><dd>{Text(view.Code)}</dd><dt>您是</dt><dd>{(view.You.Role == Orchestrations.Disputes.PartyRole.Applicant ? "申请人" : "被申请人")}{Text(view.You.Name ?? "")}</dd>
            <dt>类别</dt><dd>{Text(view.Category)}</dd><dt>登记日期</dt><dd>{Date(view.OpenedOn)}</dd>
            <dt>承办</dt><dd>{Text(view.Handler)}（{Text(view.Level)}）</dd>{(view.Mediators.Count > 0 ? $"<dt>调解员</dt><dd>{Text(string.Join("、", view.Mediators))}</dd>" : "")}</dl>
            """);
        if (view.Group is { } group)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p>{Text(group)}</p>");
        }

        if (view.NextSession is { } session)
        {
            html.Append(CultureInfo.InvariantCulture, $"""<h2>下一次调解</h2><p><strong>{Date(session.On)} {session.From:HH\:mm}至{session.To:HH\:mm}</strong>（{Text(session.Form)}）<br>{Text(session.Place)}</p>""");
        }

        Dates(html, view.Dates);
        Acts(html, view, code, once);
        foreach (var told in view.Told)
        {
            html.Append(CultureInfo.InvariantCulture, $"""<h2>{Text(told.Title)}</h2><p class="told">{Text(told.Text)}</p>""");
        }

        if (view.OtherWays.Count > 0)
        {
            html.Append("<h2>您还可以</h2><ul>").AppendJoin("", view.OtherWays.Select(way => $"<li>{Text(way)}</li>")).Append("</ul>");
        }

        html.Append("<h2>办理经过</h2><ol>")
            .AppendJoin("", view.History.Select(line => $"<li><time datetime=\"{line.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}\">{Date(line.Date)}</time> {Text(line.Text)}</li>"))
            .Append("</ol><footer>请勿把查询码告诉他人。用完请关闭本页。</footer>");
        return Page(StatusCodes.Status200OK, "您的纠纷", html);
    }

    private static string Said(PartySaid? said) => said switch
    {
        PartySaid.Taken => """<p class="said" role="status">已收到您的意见。</p>""",
        PartySaid.OnItsWay => """<p class="said" role="status">已收到您的意见，正在处理，请稍后再查询。</p>""",
        PartySaid.Incomplete => """<p class="not" role="alert">没有提交：请选择一项，并填写必须填写的内容。</p>""",
        PartySaid.Refused => """<p class="not" role="alert">没有提交：纠纷的状态已经变化，现在不能这样办理。</p>""",
        null => "",
        _ => throw new ArgumentOutOfRangeException(nameof(said)),
    };

    private static void Dates(StringBuilder html, IReadOnlyList<PartyDate> dates)
    {
        if (dates.Count > 0)
        {
            html.Append("<h2>期限</h2><ul>");
        }

        foreach (var date in dates)
        {
            html.Append(CultureInfo.InvariantCulture, $"<li>{Text(date.Title)}：<strong>{Date(date.Date)}</strong><details><summary>为什么是这一天</summary><ol>")
                .AppendJoin("", date.Why.Select(step => $"<li>{Text(step)}</li>"))
                .Append("</ol></details></li>");
        }

        if (dates.Count > 0)
        {
            html.Append("</ul>");
        }
    }

    private static void Acts(StringBuilder html, PartyCaseView view, string code, string once)
    {
        if (view.Can.Count > 0)
        {
            html.Append("<h2>您现在可以</h2>");
        }

        foreach (var act in view.Can)
        {
            html.Append(CultureInfo.InvariantCulture, $"""
                <form method="post" action="{PartyPages.ActPath}" autocomplete="off">
                <input type="hidden" name="code" value="{Text(code)}"><input type="hidden" name="act" value="{Text(act.Act)}"><input type="hidden" name="once" value="{Text(once)}">
                <fieldset><legend>{Text(act.Title)}</legend>
                """);
            foreach (var choice in act.Choices)
            {
                html.Append(CultureInfo.InvariantCulture, $"""
                    <label><input type="{(act.Choices.Count > 1 ? "radio" : "checkbox")}" name="choice" value="{Text(choice.Choice)}" required> {Text(choice.Title)}</label>
                    """);
            }

            if (act.Text is { } text)
            {
                html.Append(CultureInfo.InvariantCulture, $"""
                    <label for="text-{Text(act.Act)}">{Text(text)}{(act.TextIsRequired ? "（必填）" : "（可不填）")}</label>
                    <textarea id="text-{Text(act.Act)}" name="text" rows="4" maxlength="{PartyText.CharactersMax}"{(act.TextIsRequired ? " required" : "")}></textarea>
                    """);
            }

            if (act.Warning is { } warning)
            {
                html.Append(CultureInfo.InvariantCulture, $"""<p class="warning">{Text(warning)}</p>""");
            }

            html.Append("""<button type="submit">提交</button></fieldset></form>""");
        }
    }

    private static IResult Page(int status, string title, StringBuilder content) => Results.Text(
        $"""
        <!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
        <title>{Text(title)}</title><style>{Style}</style></head><body><main><h1>{Text(title)}</h1>
        {content}
        </main></body></html>
        """,
        "text/html",
        Encoding.UTF8,
        status);

    private static string Text(string text) => Encoder.Encode(text);

    private static string Date(DateOnly date) => DeadlineText.Zh(date);
}
