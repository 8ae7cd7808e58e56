using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Workflows.Activities.Documents;

/// <summary>A paper as one page of HTML, printed on A4 as the .docx would be.</summary>
public static class PaperHtml
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Write(Paper paper)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $$"""
            <!doctype html>
            <html lang="zh-CN"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{{Text(paper.Title)}} {{Text(paper.Number)}}</title>
            <style>
            @page { size: A4; margin: 37mm 26mm 35mm 28mm; }
            body { font: 16pt/28.95pt {{PaperFont.Body.Css("serif")}}; max-width: 156mm; margin: 2rem auto; padding: 0 1rem; color: #000; }
            h1 { font: normal 22pt/1.4 {{PaperFont.Title.Css("serif")}}; text-align: center; margin: 0 0 .5em; }
            h2 { font: normal 16pt/28.95pt {{PaperFont.Heading.Css("sans-serif")}}; text-indent: 2em; margin: 0; }
            p { margin: 0; }
            .number { text-align: center; margin-bottom: 1em; } .text { text-indent: 2em; } .closing { text-align: right; }
            .header { font: normal 36pt/1.3 {{PaperFont.Title.Css("serif")}}; color: #c00; text-align: center; letter-spacing: .05em; margin: 0 0 2rem; }
            .ruled { text-align: center; border-bottom: 1.5pt solid #c00; padding-bottom: 4mm; margin-bottom: 2rem; }
            .imprint { font-size: 14pt; border-top: 1pt solid; border-bottom: 1pt solid; margin-top: 2rem; } .imprint p + p { border-top: .7pt solid; }
            .sign { display: flex; justify-content: space-between; gap: 1em; margin-top: 28.95pt; break-inside: avoid; } .sign span + span { white-space: nowrap; }
            </style></head><body>
            {{Head(paper)}}

            """);
        foreach (var block in paper.Blocks)
        {
            Append(html, block);
        }

        return html.Append("</body></html>\n").ToString();
    }

    private static void Append(StringBuilder html, PaperBlock block)
    {
        switch (block)
        {
            case PaperBlock.Heading heading:
                html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(heading.Words)}</h2>\n");
                break;
            case PaperBlock.Text text:
                Paragraphs(html, "text", text.Words);
                break;
            case PaperBlock.Address address:
                Paragraphs(html, "address", address.Words);
                break;
            case PaperBlock.Signature signature:
                html.Append(CultureInfo.InvariantCulture, $"<p class=\"sign\"><span>{Text(signature.Who)}</span><span>{Text(signature.Day)}</span></p>\n");
                break;
            case PaperBlock.Closing closing:
                Paragraphs(html, "closing", closing.Words);
                break;
            case PaperBlock.Imprint imprint:
                html.Append("<div class=\"imprint\">");
                Paragraphs(html, "copies", imprint.Copies ?? "");
                Paragraphs(html, "printed", imprint.Printed);
                html.Append("</div>\n");
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static void Paragraphs(StringBuilder html, string kind, string words)
    {
        foreach (var line in PaperLines.Of(words))
        {
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"{kind}\">{Text(line)}</p>\n");
        }
    }

    private static string Head(Paper paper) => paper.Header is { } header
        ? $"<p class=\"header\">{Text(header)}</p>\n<p class=\"ruled\">{Text(paper.Number)}</p>\n<h1>{Text(paper.Title)}</h1>"
        : $"<h1>{Text(paper.Title)}</h1>\n<p class=\"number\">{Text(paper.Number)}</p>";

    private static string Text(string text) => Encoder.Encode(text);
}
