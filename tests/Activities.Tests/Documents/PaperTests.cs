using System.IO.Compression;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using Workflows.Activities.Documents;

namespace Workflows.Activities.Tests.Documents;

public sealed class PaperTests
{
    private static readonly Paper Sample = new(
        "人民调解协议书",
        "编号：D2025-00001",
        [
            new PaperBlock.Address("甲某、乙某："),
            new PaperBlock.Heading("一、当事人"),
            new PaperBlock.Text("申请人：甲某 <a&b> \"引号\"。\r\n\r\n被申请人：𠮷某。"),
            new PaperBlock.Signature("申请人（签名）：", "2025年10月10日"),
            new PaperBlock.Closing("调解委员会\n2025年10月10日"),
        ]);

    [Fact]
    public void The_Word_document_is_valid_and_holds_the_words_in_order()
    {
        using var document = Open(PaperDocx.Write(Sample));

        var errors = new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(document, TestContext.Current.CancellationToken);

        Assert.Empty(errors.Select(error => $"{error.Part?.Uri} {error.Path?.XPath}: {error.Description}"));
        Assert.Equal(
            [
                "人民调解协议书", "编号：D2025-00001", "甲某、乙某：", "一、当事人", "申请人：甲某 <a&b> \"引号\"。", "被申请人：𠮷某。",
                "申请人（签名）：2025年10月10日", "调解委员会", "2025年10月10日",
            ],
            document.MainDocumentPart!.Document!.Body!.Elements<Paragraph>().Select(paragraph => paragraph.InnerText));
    }

    [Fact]
    public void The_page_is_A4_with_the_standards_margins_and_the_text_its_size_and_fonts()
    {
        using var document = Open(PaperDocx.Write(Sample));
        var main = document.MainDocumentPart!;
        var section = main.Document!.Body!.Elements<SectionProperties>().Single();
        var (page, margin) = (section.GetFirstChild<PageSize>()!, section.GetFirstChild<PageMargin>()!);

        Assert.Equal((11906u, 16838u), (page.Width!.Value, page.Height!.Value));
        Assert.Equal((2098, 1984, 1587u, 1474u), (margin.Top!.Value, margin.Bottom!.Value, margin.Left!.Value, margin.Right!.Value));
        var styles = main.StyleDefinitionsPart!.Styles!;
        Assert.Equal(("仿宋_GB2312", "32", "579"), Look(styles, "PaperText"));
        Assert.Equal(("方正小标宋简体", "44", "700"), Look(styles, "PaperTitle"));
        Assert.Equal(("黑体", "32", "579"), Look(styles, "PaperHeading"));
        // A free line to sign in, to press a finger or a seal.
        Assert.Equal("579", styles.Elements<Style>().Single(style => style.StyleId == "PaperSignature").StyleParagraphProperties!.SpacingBetweenLines!.Before!.Value);
        Assert.Equal(
            ["方正小标宋简体 or 方正小标宋_GBK", "仿宋_GB2312 or 仿宋", "黑体 or SimHei", "宋体 or SimSun"],
            main.FontTablePart!.Fonts!.Elements<Font>().Select(font => $"{font.Name} or {font.AltName!.Val}"));
        Assert.Equal(2, main.FooterParts.Count());
    }

    [Fact]
    public void The_same_paper_gives_the_same_bytes_with_one_fixed_time()
    {
        var bytes = PaperDocx.Write(Sample);

        Assert.Equal(bytes, PaperDocx.Write(Sample with { }));
        using var archive = new ZipArchive(new MemoryStream(bytes));
        Assert.All(archive.Entries, entry => Assert.Equal(new DateTime(1980, 1, 1), entry.LastWriteTime.DateTime));
        Assert.Equal("[Content_Types].xml", archive.Entries[0].FullName);
    }

    [Fact]
    public void Characters_that_no_document_can_hold_are_left_out_and_the_rest_stays()
    {
        var odd = new Paper("题\u0000目", "号", [new PaperBlock.Text("前\u0007后\ud800\uffff尾")]);

        using var document = Open(PaperDocx.Write(odd));

        Assert.Empty(new OpenXmlValidator().Validate(document, TestContext.Current.CancellationToken));
        Assert.Equal(["题目", "号", "前后尾"], document.MainDocumentPart!.Document!.Body!.Elements<Paragraph>().Select(paragraph => paragraph.InnerText));
    }

    [Fact]
    public void The_page_says_the_same_words_encoded_and_names_the_same_fonts()
    {
        var html = PaperHtml.Write(Sample);

        Assert.Contains("<h1>人民调解协议书</h1>", html, StringComparison.Ordinal);
        Assert.Contains("<h2>一、当事人</h2>", html, StringComparison.Ordinal);
        Assert.Contains("<p class=\"text\">申请人：甲某 &lt;a&amp;b&gt; &quot;引号&quot;。</p>\n<p class=\"text\">被申请人：", html, StringComparison.Ordinal);
        Assert.Contains("<p class=\"sign\"><span>申请人（签名）：</span><span>2025年10月10日</span></p>", html, StringComparison.Ordinal);
        Assert.Contains("\"仿宋_GB2312\", \"仿宋\", \"FangSong\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<a&", html, StringComparison.Ordinal);
        Assert.Equal(html, PaperHtml.Write(Sample));
    }

    private static WordprocessingDocument Open(byte[] bytes) => WordprocessingDocument.Open(new MemoryStream(bytes), isEditable: false);

    private static (string Font, string Size, string Line) Look(Styles styles, string id)
    {
        var style = styles.Elements<Style>().Single(known => known.StyleId == id);
        var run = style.StyleRunProperties!;
        return (run.RunFonts!.EastAsia!.Value!, run.FontSize!.Val!.Value!, style.StyleParagraphProperties!.SpacingBetweenLines!.Line!.Value!);
    }
}
