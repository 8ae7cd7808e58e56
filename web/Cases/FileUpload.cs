using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Workflows.Activities.Attachments;
using Workflows.Activities.Rules;
using Workflows.Web.Http;

namespace Workflows.Web.Cases;

/// <summary>A file that came over HTTP and was checked.</summary>
/// <param name="Name">As the person called it.</param>
/// <param name="Kind">What it is to the case, kebab-case, such as <c>session-record</c>.</param>
/// <param name="Form">What its bytes are.</param>
/// <param name="Content">The bytes.</param>
public sealed record UploadedFile(string Name, string Kind, FileForm Form, ReadOnlyMemory<byte> Content);

/// <summary>A file of a case.</summary>
/// <param name="Id">Within its case.</param>
/// <param name="Kind">What it is to the case.</param>
/// <param name="ContentType">MIME type; null when the content has been erased.</param>
/// <param name="Bytes">Its size; null when the content has been erased.</param>
/// <param name="Sha256">Of the content.</param>
/// <param name="At">When the case took it, UTC.</param>
public sealed record FileView(string Id, string Kind, string? ContentType, long? Bytes, string Sha256, DateTimeOffset At);

/// <summary>
/// Reads an upload: a form with one part <c>file</c>, or the bytes as they are with the name in <c>X-File-Name</c>
/// (percent-encoded UTF-8). Name and bytes must agree on a form that is taken.
/// </summary>
internal static partial class FileUpload
{
    public const string NameHeader = "X-File-Name";

    /// <summary>A scanned record or a recording of an hour; below what Kestrel (30 MB) and Functions (100 MB) let through.</summary>
    public const int BytesMax = 20 * 1024 * 1024;

    /// <summary>Uploads in memory at once, since a store takes a whole; others wait.</summary>
    private const int AtOnceMax = 4;

    private const int NameCharactersMax = 200;
    private const int BoundaryCharactersMax = 70;

    private static readonly SemaphoreSlim Turns = new(AtOnceMax);

    /// <summary>Reads, checks and hands over one upload.</summary>
    /// <param name="http">The request.</param>
    /// <param name="add">Takes who gives it, the command's id and the file.</param>
    public static async Task<Reply> Receive(HttpContext http, Func<string, string, UploadedFile, Task<Reply>> add)
    {
        var check = new RequestCheck(http.Get<RuleShelf>().Current.Units);
        var query = QueryOnce.Read(http.Request, check.Errors, "by", "kind");
        var by = check.Unit(query["by"]);
        var kind = Kind(query["kind"], check.Errors);
        if (check.Errors.Any)
        {
            return Reply.Invalid(check.Errors);
        }

        if (http.Request.ContentLength > BytesMax + 64 * 1024)
        {
            return TooLarge;
        }

        await Turns.WaitAsync(http.RequestAborted);
        try
        {
            return await Read(http, by, kind, add);
        }
        finally
        {
            Turns.Release();
        }
    }

    private static async Task<Reply> Read(HttpContext http, string by, string kind, Func<string, string, UploadedFile, Task<Reply>> add)
    {
        var (name, content, refusal) = await Parts(http.Request);
        if (refusal is not null)
        {
            return refusal;
        }

        var errors = new FieldErrors();
        var file = Check(name, content!, kind, errors);
        if (file is null)
        {
            return Reply.Invalid(errors);
        }

        // The boundary of a form differs from try to try; what it holds does not.
        var same = System.Text.Encoding.UTF8.GetBytes($"{file.Name}\n{kind}\n{CaseFiles.Sha256(file.Content.Span)}");
        return await http.Get<Idempotency>().Once(http, same, commandId => add(by, commandId, file));
    }

    private static UploadedFile? Check(string? name, byte[] content, string kind, FieldErrors errors)
    {
        var known = Path.GetFileName(name?.Replace('\\', '/') ?? "").Trim();
        errors.Text("name", known, NameCharactersMax);
        if (known.Any(char.IsControl))
        {
            errors.Add("name", "must not hold control characters");
        }

        if (content.Length == 0)
        {
            errors.Add("file", "must not be empty");
        }

        if (errors.Any)
        {
            return null;
        }

        var said = FileForms.OfName(known);
        var form = FileForms.OfContent(content);
        if (said is null)
        {
            errors.Add("name", $"must end with one of {string.Join(", ", FileForms.All.SelectMany(one => one.Endings))}");
        }
        else if (form is null || form != said)
        {
            errors.Add("file", form is null ? "is no file of a form that is taken" : $"is a {form.Name} file, and its name says {said.Name}");
        }

        return errors.Any ? null : new UploadedFile(known, kind, form!, content);
    }

    private static string Kind(string? kind, FieldErrors errors)
    {
        if (kind is null || !KindForm().IsMatch(kind))
        {
            errors.Add("kind", kind is null ? "is required: what the file is to the case, such as session-record" : "must be lower-case words joined by hyphens, at most 40 characters");
        }

        return kind ?? "";
    }

    private static async Task<(string? Name, byte[]? Content, Reply? Refusal)> Parts(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            var name = request.Headers[NameHeader].ToString();
            return (Uri.UnescapeDataString(name), await Bytes(request.Body, request.HttpContext.RequestAborted)) is var (plain, content) && content is not null
                ? (plain, content, null)
                : (null, null, TooLarge);
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > BoundaryCharactersMax)
        {
            return (null, null, Reply.Invalid("body", "is a form without a boundary"));
        }

        try
        {
            var reader = new MultipartReader(boundary, request.Body);
            while (await reader.ReadNextSectionAsync(request.HttpContext.RequestAborted) is { } section)
            {
                if (section.AsFileSection() is { Name: "file" } file)
                {
                    return await Bytes(file.FileStream!, request.HttpContext.RequestAborted) is { } content
                        ? (file.FileName, content, null)
                        : (null, null, TooLarge);
                }
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            return (null, null, Reply.Invalid("body", "is not a whole form"));
        }

        return (null, null, Reply.Invalid("file", "is required: a part of the form with this name and a file name"));
    }

    /// <summary>Null as soon as there are too many.</summary>
    internal static async Task<byte[]?> Bytes(Stream body, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellation)) > 0)
        {
            if (content.Length + read > BytesMax)
            {
                return null;
            }

            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }

    internal static Reply TooLarge => Reply.Of(
        StatusCodes.Status413PayloadTooLarge,
        "too-large",
        "The file is too large.",
        string.Create(CultureInfo.InvariantCulture, $"A file must be at most {BytesMax} bytes."));

    [GeneratedRegex(@"^(?=.{1,40}\z)[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex KindForm();
}
