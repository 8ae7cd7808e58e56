using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Workflows.Web.Http;

namespace Workflows.Web.Parties;

/// <summary>
/// A party's own side as plain pages. The code is posted and never stands in an address, so it is in no history, no log
/// and no bookmark; nothing is kept in the browser, so every form carries the code along.
/// </summary>
internal static class PartyPages
{
    public const string Path = "/party";
    public const string ActPath = "/party/act";
    private const int FormBytesMax = 32 * 1024;
    private const int FieldsMax = 10;
    private const int OnceCharactersMax = 64;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var party = routes.MapGroup(Path).RequireRateLimiting(PartyLimits.Policy).ExcludeFromDescription();
        party.MapGet("", (HttpContext http) => Shown(http, PartyHtml.Enter(null)));
        party.MapPost("", See);
        party.MapPost("/act", Act);
    }

    private static async Task<IResult> See(HttpContext http, PartyDesk desk)
    {
        var (form, refusal) = await Form(http);
        if (form is null)
        {
            return Shown(http, refusal!);
        }

        var (known, shut) = await Open(http, form["code"]);
        return known is null ? Shown(http, shut!) : Shown(http, await Page(http, desk, known, form["code"]!, null));
    }

    private static async Task<IResult> Act(HttpContext http, PartyDesk desk)
    {
        var (form, refusal) = await Form(http);
        if (form is null)
        {
            return Shown(http, refusal!);
        }

        var (known, shut) = await Open(http, form["code"]);
        if (known is null)
        {
            return Shown(http, shut!);
        }

        var act = form["act"].ToString();
        var text = form["text"].ToString().Trim();
        var says = new PartySays(form["choice"].ToString(), text.Length == 0 ? null : text);
        var reply = await desk.Say(known, act, says, CommandId(known, act, form["once"].ToString()), http.RequestAborted);
        var said = reply.Status switch
        {
            StatusCodes.Status200OK => PartySaid.Taken,
            StatusCodes.Status202Accepted => PartySaid.OnItsWay,
            StatusCodes.Status400BadRequest => PartySaid.Incomplete,
            _ => PartySaid.Refused,
        };
        var now = await desk.Find(http, form["code"]) ?? known;
        return Shown(http, await Page(http, desk, now, form["code"]!, said));
    }

    private static async Task<IResult> Page(HttpContext http, PartyDesk desk, PartyCase known, string code, PartySaid? said) =>
        PartyHtml.Case(await desk.View(known, http.RequestAborted), code, said, Guid.CreateVersion7().ToString("N"));

    private static async Task<(PartyCase? Known, IResult? Shut)> Open(HttpContext http, string? code)
    {
        if (http.Get<PartyGate>().ShutFor(http) is { } wait)
        {
            return (null, PartyLimits.TooMany(http, wait));
        }

        return await http.Get<PartyDesk>().Find(http, code) is { } known
            ? (known, null)
            : (null, PartyHtml.Enter("没有找到与此查询码对应的纠纷，请核对后重新输入。"));
    }

    /// <summary>The form, unless it comes from another site or is no form.</summary>
    private static async Task<(IFormCollection? Form, IResult? Refusal)> Form(HttpContext http)
    {
        if (!IsOurs(http.Request))
        {
            return (null, PartyHtml.Message(StatusCodes.Status403Forbidden, "不能提交", "请从本网站的页面提交。"));
        }

        if (http.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
        {
            return (null, PartyHtml.Message(StatusCodes.Status415UnsupportedMediaType, "不能提交", "请从本网站的页面提交。"));
        }

        try
        {
            return (await http.Request.ReadFormAsync(new FormOptions { BufferBodyLengthLimit = FormBytesMax, ValueLengthLimit = FormBytesMax, ValueCountLimit = FieldsMax }, http.RequestAborted), null);
        }
        catch (Exception bad) when (bad is InvalidDataException or BadHttpRequestException)
        {
            return (null, PartyHtml.Message(StatusCodes.Status400BadRequest, "不能提交", "内容过长或不完整，请重新填写。"));
        }
    }

    /// <summary>
    /// Whether a page of this site sent the form: browsers say so by <c>Sec-Fetch-Site</c>, older ones by
    /// <c>Origin</c>. Nothing is kept in the browser that another site could use, and it would need the code; this
    /// stands before that.
    /// </summary>
    private static bool IsOurs(HttpRequest request)
    {
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site))
        {
            return site == "same-origin";
        }

        return !request.Headers.TryGetValue("Origin", out var origin)
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == request.Host.Value);
    }

    /// <summary>A form that is sent twice says one thing once.</summary>
    private static string CommandId(PartyCase known, string act, string once)
    {
        var sent = once.Length is 0 or > OnceCharactersMax ? Guid.CreateVersion7().ToString("N") : once;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"form {known.Record.Id} {known.Party} {act} {sent}"));
        return "w-" + Convert.ToHexStringLower(hash)[..32];
    }

    /// <summary>Lets browsers name this site, and no other, as where a form comes from; <see cref="IsOurs"/> asks for it.</summary>
    private static IResult Shown(HttpContext http, IResult page)
    {
        http.Response.Headers[ResponseHeaders.ReferrerPolicy] = "same-origin";
        return page;
    }
}

/// <summary>What became of what a party said.</summary>
internal enum PartySaid
{
    Taken,
    OnItsWay,
    Incomplete,
    Refused,
}
