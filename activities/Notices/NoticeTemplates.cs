using System.Globalization;
using System.Text.RegularExpressions;
using Fluid;

namespace Workflows.Activities.Notices;

/// <summary>A template is wrong, missing, or asks for a value that was not given.</summary>
public sealed class NoticeTemplateException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>What the product says, as Liquid files: <c>subject: …</c>, an empty line, then the body.</summary>
public sealed partial class NoticeTemplates
{
    private const string Extension = ".liquid";
    private const string SubjectMark = "subject:";

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
        if (!templates.TryGetValue(template, out var parsed))
        {
            throw new NoticeTemplateException($"There is no template '{template}'; there are {string.Join(", ", Names)}.");
        }

        var context = new TemplateContext(options);
        foreach (var (name, value) in model)
        {
            context.SetValue(name, TemplateValue.Of(value, options));
        }

        try
        {
            var subject = parsed.Subject.Render(context, NullEncoder.Default).Trim().ReplaceLineEndings(" ");
            return (subject, parsed.Body.Render(context, NullEncoder.Default).TrimStart('\n'));
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

        if (lines.Length < 3 || lines[1].Length > 0)
        {
            throw new NoticeTemplateException($"{name}(2): an empty line and a body must follow the subject.");
        }

        // Blank space stands for the head, so that the parser's line numbers are those of the file.
        var subject = new string(' ', SubjectMark.Length) + lines[0][SubjectMark.Length..];
        var body = "\n\n" + string.Join('\n', lines[2..]);
        return new Parsed(Parse(parser, name, subject), Parse(parser, name, body));
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

    private sealed record Parsed(IFluidTemplate Subject, IFluidTemplate Body);
}
