using System.Globalization;
using System.Text.RegularExpressions;
using Fluid;

namespace Workflows.Activities.Notices;

/// <summary>A template is wrong, missing, or asks for a value that was not given.</summary>
public sealed class NoticeTemplateException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>
/// What the product says, as Liquid files: <c>subject: …</c>, then perhaps <c>digest: …</c> (the same in one line for a
/// daily digest), an empty line, then the body.
/// </summary>
public sealed partial class NoticeTemplates
{
    private const string Extension = ".liquid";
    private const string SubjectMark = "subject:";
    private const string DigestMark = "digest:";

    private readonly Dictionary<string, Parsed> templates;
    private readonly TemplateOptions options = new()
    {
        CultureInfo = CultureInfo.GetCultureInfo("zh-CN"),
        // A mail with a hole in it must not go out.
        StrictVariables = true,
        StrictFilters = true,
        TimeZone = TimeZoneInfo.Utc,
    };

    private NoticeTemplates(Dictionary<string, Parsed> templates) => this.templates = templates;

    /// <summary>The templates' names, in ordinal order.</summary>
    public IReadOnlyList<string> Names => [.. templates.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Reads and parses every <c>*.liquid</c> of the folder.</summary>
    /// <exception cref="NoticeTemplateException">The first fault, with file and line.</exception>
    public static NoticeTemplates Load(string folder)
    {
        var parser = new FluidParser();
        var files = Directory.EnumerateFiles(folder, "*" + Extension).Order(StringComparer.Ordinal);
        return new(files.ToDictionary(
            file => Path.GetFileNameWithoutExtension(file), file => Read(parser, file), StringComparer.Ordinal));
    }

    /// <summary>Fills in the template.</summary>
    /// <param name="template">Its name: the file's without <c>.liquid</c>.</param>
    /// <param name="model">
    /// Text, numbers, dates, lists and dictionaries. A value that may be missing is given as null; one that is not given
    /// at all is an error.
    /// </param>
    public (string Subject, string Body) Render(string template, IReadOnlyDictionary<string, object?> model)
    {
        var parsed = Find(template);
        return Fill(template, model, context =>
            (Line(parsed.Subject, context), parsed.Body.Render(context, NullEncoder.Default).TrimStart('\n')));
    }

    /// <summary>Fills in the template's one line for a digest; its subject where it has none.</summary>
    public string RenderLine(string template, IReadOnlyDictionary<string, object?> model)
    {
        var parsed = Find(template);
        return Fill(template, model, context => Line(parsed.Digest ?? parsed.Subject, context));
    }

    private static string Line(IFluidTemplate line, TemplateContext context) =>
        line.Render(context, NullEncoder.Default).Trim().ReplaceLineEndings(" ");

    private Parsed Find(string template) => templates.TryGetValue(template, out var parsed)
        ? parsed
        : throw new NoticeTemplateException($"There is no template '{template}'; there are {string.Join(", ", Names)}.");

    private T Fill<T>(string template, IReadOnlyDictionary<string, object?> model, Func<TemplateContext, T> fill)
    {
        var context = new TemplateContext(options);
        foreach (var (name, value) in model)
        {
            context.SetValue(name, TemplateValue.Of(value, options));
        }

        try
        {
            return fill(context);
        }
        // Fluid throws several kinds; all mean that this template and this model do not fit.
        catch (Exception e)
        {
            throw new NoticeTemplateException($"Template '{template}' cannot be filled in: {e.Message}", e);
        }
    }

    private static Parsed Read(FluidParser parser, string file)
    {
        var name = Path.GetFileName(file);
        var lines = File.ReadAllText(file).ReplaceLineEndings("\n").Split('\n');
        if (!lines[0].StartsWith(SubjectMark, StringComparison.Ordinal))
        {
            throw new NoticeTemplateException($"{name}(1): the first line is not '{SubjectMark} …'.");
        }

        var digest = lines.Length > 1 && lines[1].StartsWith(DigestMark, StringComparison.Ordinal) ? lines[1] : null;
        var blank = digest is null ? 1 : 2;
        if (lines.Length < blank + 2 || lines[blank].Length > 0)
        {
            throw new NoticeTemplateException($"{name}({blank + 1}): an empty line and a body must follow.");
        }

        // Blank space and empty lines stand for what is cut off, so that the parser's places are those of the file.
        var subject = new string(' ', SubjectMark.Length) + lines[0][SubjectMark.Length..];
        var body = new string('\n', blank + 1) + string.Join('\n', lines[(blank + 1)..]);
        return new Parsed(
            Parse(parser, name, subject),
            digest is null ? null : Parse(parser, name, $"\n{new string(' ', DigestMark.Length)}{digest[DigestMark.Length..]}"),
            Parse(parser, name, body));
    }

    private static IFluidTemplate Parse(FluidParser parser, string name, string text)
    {
        if (parser.TryParse(text, out var template, out var error))
        {
            return template;
        }

        var fault = ErrorForm().Match(error);
        throw new NoticeTemplateException(
            fault.Success ? $"{name}({fault.Groups["line"].Value}): {fault.Groups["what"].Value}" : $"{name}: {error}");
    }

    /// <summary>The parser says "what at (line:column)", and then shows the source.</summary>
    [GeneratedRegex(@"\A(?<what>.*) at \((?<line>\d+):\d+\)", RegexOptions.CultureInvariant)]
    private static partial Regex ErrorForm();

    private sealed record Parsed(IFluidTemplate Subject, IFluidTemplate? Digest, IFluidTemplate Body);
}
