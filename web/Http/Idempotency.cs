using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Activities.Storage;

namespace Workflows.Web.Http;

/// <summary>
/// A request that is sent twice with the same <c>Idempotency-Key</c> is carried out once and gets the first answer.
/// The command's id comes from the key, so even a request whose answer was lost in a crash is not carried out again.
/// </summary>
/// <remarks>
/// Source: draft-ietf-httpapi-idempotency-key-header. An answer is kept encrypted, since it may hold the parties' codes.
/// </remarks>
public sealed class Idempotency(ITables tables, IDataProtectionProvider protection)
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";
    public const int KeyCharactersMax = 200;
    private const string Table = "Answers";
    private const string Row = "answer";
    private const string ClaimRow = "request";
    private const string Secret = "Secret";

    private readonly IDataProtector protector = protection.CreateProtector("Workflows.Answers.v1");

    /// <summary>Runs a command once per key.</summary>
    /// <param name="http">The request.</param>
    /// <param name="body">Its body; another body under the same key is refused.</param>
    /// <param name="command">Carries it out under the command id it is given.</param>
    /// <param name="scope">Tells commands apart instead of the route's values, where one of them is a secret.</param>
    public async Task<Reply> Once(HttpContext http, byte[] body, Func<string, Task<Reply>> command, string? scope = null)
    {
        if (!http.Request.Headers.TryGetValue(Header, out var values))
        {
            return await command("c-" + Guid.CreateVersion7().ToString("N"));
        }

        var key = values.ToString();
        if (values.Count != 1 || key.Length is 0 or > KeyCharactersMax || key.Any(letter => letter is < ' ' or > '~'))
        {
            return Reply.Invalid(Header, $"must be one value of 1 to {KeyCharactersMax} printable ASCII characters");
        }

        var commandId = "k-" + Hash($"{scope ?? Command(http)} {key}")[..32];
        var request = Hash(body);
        if (await tables.Get(Table, commandId, Row, http.RequestAborted) is { } kept)
        {
            return Again(http, kept, request);
        }

        if (!await Claim(commandId, request, http.RequestAborted))
        {
            return Reused;
        }

        // From here on what happened to the key is written down even when the caller has gone.
        var reply = await command(commandId);
        if (!IsFinal(reply))
        {
            if (MayBeMended(reply))
            {
                await tables.Submit(Table, commandId, [new TableOperation.Delete(ClaimRow)], CancellationToken.None);
            }

            return reply;
        }

        try
        {
            await tables.Submit(Table, commandId, [new TableOperation.Insert(Row, Properties(reply, request))], CancellationToken.None);
            return reply;
        }
        catch (TableConflictException)
        {
            // The same request came twice at once; both carried out the same command, and the first answer counts.
            var first = await tables.Get(Table, commandId, Row, http.RequestAborted);
            return first is null ? reply : Again(http, first, request);
        }
    }

    private static Reply Reused => Reply.Of(
        StatusCodes.Status422UnprocessableEntity, "key-reused", "The key was used before.", $"{Header} was used with another request body.");

    /// <summary>
    /// Takes the key for this body before anything is carried out: until there is an answer, another body must not
    /// change what this one began.
    /// </summary>
    private async Task<bool> Claim(string commandId, string request, CancellationToken cancellation)
    {
        try
        {
            var claim = new Dictionary<string, object> { ["Request"] = request };
            await tables.Submit(Table, commandId, [new TableOperation.Insert(ClaimRow, claim)], cancellation);
            return true;
        }
        catch (TableConflictException)
        {
            // Sent again before it was answered, or after the answer was lost.
            var claimed = await tables.Get(Table, commandId, ClaimRow, cancellation);
            return claimed is null || claimed.Text("Request") == request;
        }
    }

    /// <summary>An unanswered command may be asked for again.</summary>
    private static bool IsFinal(Reply reply) =>
        reply.Status is StatusCodes.Status200OK or StatusCodes.Status201Created or StatusCodes.Status409Conflict;

    /// <summary>Nothing was carried out, so that another body may come under the same key.</summary>
    private static bool MayBeMended(Reply reply) =>
        reply.Status is StatusCodes.Status400BadRequest or StatusCodes.Status404NotFound;

    /// <summary>The route and its values, and not the path, which can be spelt in many ways.</summary>
    private static string Command(HttpContext http) =>
        $"{http.Request.Method} {(http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? http.Request.Path} {string.Join(' ', http.Request.RouteValues.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => value.Value))}";

    private Reply Again(HttpContext http, Entity kept, string request)
    {
        if (kept.Text("Request") != request)
        {
            return Reused;
        }

        http.Response.Headers[ReplayedHeader] = "true";
        return new Reply((int)kept.Number("Status"), BodyOf(kept), kept.Text("ContentType"), kept.TextOrNull("Location"));
    }

    /// <summary>Answers of an earlier version lie there as they are.</summary>
    private byte[] BodyOf(Entity kept) =>
        kept.Properties.TryGetValue(Secret, out var secret) ? protector.Unprotect((byte[])secret) : (byte[])kept.Properties["Body"];

    private Dictionary<string, object> Properties(Reply reply, string request)
    {
        var properties = new Dictionary<string, object>
        {
            ["Request"] = request,
            ["Status"] = reply.Status,
            [Secret] = protector.Protect(reply.Body),
            ["ContentType"] = reply.ContentType,
        };
        if (reply.Location is not null)
        {
            properties["Location"] = reply.Location;
        }

        return properties;
    }

    private static string Hash(string text) => Hash(Encoding.UTF8.GetBytes(text));

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
