using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Workflows.Activities.Documents;

/// <summary>
/// A paper as a Word document. The parts are put into the archive here and not by the library, which writes the time of
/// day and random ids: the same paper must give the same bytes.
/// </summary>
public static class PaperDocx
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private const string Kinds = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>The first moment that a zip archive can carry.</summary>
    private static readonly DateTimeOffset Moment = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly (string Id, string Name, string Kind)[] Parts =
    [
        ("rId1", "styles", "styles"), ("rId2", "settings", "settings"), ("rId3", "fontTable", "fontTable"),
        (DocxStyles.OddFooter, "footer1", "footer"), (DocxStyles.EvenFooter, "footer2", "footer"),
    ];

    public static byte[] Write(Paper paper)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Put(archive, "[Content_Types].xml", ContentTypes());
            Put(archive, "_rels/.rels", Relationships([("rId1", "word/document.xml", "officeDocument")]));
            Put(archive, "word/document.xml", Xml(Body(paper)));
            Put(archive, "word/_rels/document.xml.rels", Relationships(Parts.Select(part => (part.Id, $"{part.Name}.xml", part.Kind))));
            Put(archive, "word/styles.xml", Xml(DocxStyles.Styles()));
            Put(archive, "word/settings.xml", Xml(new Settings(new EvenAndOddHeaders())));
            Put(archive, "word/fontTable.xml", Xml(DocxStyles.FontTable()));
            Put(archive, "word/footer1.xml", Xml(DocxStyles.Footer(JustificationValues.Right)));
            Put(archive, "word/footer2.xml", Xml(DocxStyles.Footer(JustificationValues.Left)));
        }

        return bytes.ToArray();
    }

    private static Document Body(Paper paper)
    {
        var body = new Body();
        if (paper.Header is { } header)
        {
            body.Append(Line(DocxStyles.Header, header), Line(DocxStyles.RuledNumber, paper.Number), Line(DocxStyles.LetterTitle, paper.Title));
        }
        else
        {
            body.Append(Line(DocxStyles.Title, paper.Title), Line(DocxStyles.Number, paper.Number));
        }

        foreach (var block in paper.Blocks)
        {
            body.Append(Of(block));
        }

        body.Append(DocxStyles.Page());
        return new Document(body);
    }

    private static IEnumerable<Paragraph> Of(PaperBlock block) => block switch
    {
        PaperBlock.Heading heading => [Line(DocxStyles.Heading, heading.Words)],
        PaperBlock.Text text => PaperLines.Of(text.Words).Select(line => Line(DocxStyles.Text, line)),
        PaperBlock.Address address => PaperLines.Of(address.Words).Select(line => Line(DocxStyles.Address, line)),
        PaperBlock.Signature signature => [Line(DocxStyles.Signature, signature.Who, signature.Day)],
        PaperBlock.Closing closing => PaperLines.Of(closing.Words).Select(line => Line(DocxStyles.Closing, line)),
        PaperBlock.Imprint imprint =>
        [
            .. imprint.Copies is { } copies ? (Paragraph[])[Line(DocxStyles.Copies, copies)] : [],
            Line(imprint.Copies is null ? DocxStyles.OnlyPrinted : DocxStyles.Printed, imprint.Printed),
        ],
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Paragraph Line(string style, string text, string? afterTab = null)
    {
        var run = new Run(Text(text));
        if (afterTab is not null)
        {
            run.Append(new TabChar(), Text(afterTab));
        }

        return new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = style }), run);
    }

    private static Text Text(string text) => new(PaperLines.Clean(text)) { Space = SpaceProcessingModeValues.Preserve };

    private static string ContentTypes()
    {
        var parts = Parts.Select(part => $"<Override PartName=\"/word/{part.Name}.xml\" ContentType=\"{Kinds}.{part.Kind}+xml\"/>");
        return "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + $"<Override PartName=\"/word/document.xml\" ContentType=\"{Kinds}.document.main+xml\"/>{string.Concat(parts)}</Types>";
    }

    private static string Relationships(IEnumerable<(string Id, string Target, string Kind)> relations) =>
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + string.Concat(relations.Select(to => $"<Relationship Id=\"{to.Id}\" Type=\"{Relations}/{to.Kind}\" Target=\"{to.Target}\"/>"))
        + "</Relationships>";

    private static string Xml(OpenXmlElement root) => root.OuterXml;

    private static void Put(ZipArchive archive, string name, string xml)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = Moment;
        using var stream = entry.Open();
        stream.Write(Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + xml));
    }
}
