using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace Workflows.Web.Pages;

/// <summary>The frame of the county's pages: no script, no picture, nothing from elsewhere.</summary>
internal static class PageHtml
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
        .wide td a { white-space: nowrap; } dl { display: grid; grid-template-columns: 7em 1fr; gap: .2rem .8rem; } dt { color: #555; } dd { margin: 0; } .ended { color: #666; } td.day { white-space: nowrap; }
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
        <nav aria-label="导航"><a href="/">首页</a><a href="/disputes">纠纷一览</a><a href="/supervision">督办一览</a><a href="/supervision/ranking">单位排名</a></nav>
        <main><h1>{Text(title)}</h1>
        {content}
        </main></body></html>
        """,
        "text/html",
        Encoding.UTF8);

    public static string Text(string text) => Encoder.Encode(text);

    /// <summary>A part of an address.</summary>
    public static string Link(string id) => Text(Uri.EscapeDataString(id));

    public static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
