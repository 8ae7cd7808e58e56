using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Workflows.Web.Http;

/// <summary>Reads a JSON body strictly: an unknown, doubled or mistyped member is named, never skipped.</summary>
public static class RequestBody
{
    public const int BytesMax = 256 * 1024;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
    };

    /// <summary>Also what routing answers when it finds no endpoint for the content type.</summary>
    public static Reply NotJson => Reply.Of(
        StatusCodes.Status415UnsupportedMediaType, "not-json", "Unsupported media type.", "The body must be sent as application/json.");

    private static Reply TooLarge => Reply.Of(
        StatusCodes.Status413PayloadTooLarge, "too-large", "The body is too large.", $"The body must be at most {BytesMax} bytes.");

    /// <summary>The bytes, or the answer that refuses them.</summary>
    public static async Task<(byte[] Bytes, Reply? Refusal)> Bytes(HttpRequest request)
    {
        if (!request.HasJsonContentType())
        {
            return ([], NotJson);
        }

        if (request.ContentLength > BytesMax)
        {
            return ([], TooLarge);
        }

        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > BytesMax)
            {
                return ([], TooLarge);
            }
        }

        return (body.ToArray(), null);
    }

    /// <summary>The request, or the answer that names the bad field.</summary>
    public static (T? Request, Reply? Refusal) Parse<T>(byte[] bytes)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(bytes, Strict) is { } request
                ? (request, null)
                : (null, Reply.Invalid("body", "must be an object, not null"));
        }
        catch (JsonException e)
        {
            return (null, Reply.Invalid(FieldOf(e), RuleOf(e)));
        }
    }

    /// <summary>The reader's path, <c>$.parties[0].role</c> or <c>$['an odd name']</c>, as the caller would write it.</summary>
    private static string FieldOf(JsonException e)
    {
        var path = e.Path is { Length: > 0 } known ? known[1..] : "";
        var quoted = path.IndexOf("['", StringComparison.Ordinal);
        if (quoted >= 0 && path.EndsWith("']", StringComparison.Ordinal))
        {
            path = $"{path[..quoted]}.{path[(quoted + 2)..^2]}";
        }

        path = path.TrimStart('.');
        return path.Length > 0 ? path : "body";
    }

    private static string RuleOf(JsonException e)
    {
        if (e.Message.Contains("could not be mapped", StringComparison.Ordinal))
        {
            return "is not a field of this request";
        }

        if (e.Message.Contains("uplicate", StringComparison.Ordinal))
        {
            return "is given twice";
        }

        return e.Message.Contains("could not be converted", StringComparison.Ordinal)
            ? "has the wrong type"
            : $"is not valid JSON (line {(e.LineNumber ?? 0) + 1}, byte {(e.BytePositionInLine ?? 0) + 1})";
    }
}
