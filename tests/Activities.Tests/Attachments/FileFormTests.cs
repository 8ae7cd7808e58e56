using System.Text;
using CsCheck;
using Workflows.Activities.Attachments;

namespace Workflows.Activities.Tests.Attachments;

public sealed class FileFormTests
{
    private static readonly byte[][] Beginnings = [Samples.Docx, Samples.Mp3, Samples.Box("isom")];

    public static TheoryData<string, byte[]> Taken => new()
    {
        { "pdf", Samples.Pdf },
        { "png", Samples.Png },
        { "jpg", Samples.Jpeg },
        { "docx", Samples.Docx },
        { "xlsx", Samples.Xlsx },
        { "mp3", Samples.Mp3 },
        { "mp3", Encoding.ASCII.GetBytes("ID3\u0004") },
        { "m4a", Samples.Box("M4A ", "mp42") },
        { "m4a", Samples.Box("mp42", "M4A ") },
        { "mp4", Samples.Box("isom", "avc1") },
    };

    public static TheoryData<string, byte[]> Refused => new()
    {
        { "nothing", [] },
        { "text", Encoding.ASCII.GetBytes("hello") },
        { "a page", Encoding.ASCII.GetBytes("<!doctype html>") },
        { "a program", Encoding.ASCII.GetBytes("MZ\0\0\0\0\0\0") },
        { "a script before a PDF", Encoding.ASCII.GetBytes("<script>%PDF-1.7") },
        { "an archive", Samples.Zip("a.txt") },
        { "a document with macros", Samples.Zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin") },
        { "an archive cut in two", Samples.Docx[..20] },
        { "a film of another make", Samples.Box("qt  ") },
        { "a frame without a bit rate", [0xFF, 0xFB, 0xF0, 0x64] },
        { "old office", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] },
    };

    [Theory]
    [MemberData(nameof(Taken))]
    public void A_form_that_is_taken_is_told_by_its_bytes(string form, byte[] content) =>
        Assert.Equal(form, FileForms.OfContent(content)?.Name);

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_none_of_them_is_refused(string what, byte[] content) =>
        Assert.True(FileForms.OfContent(content) is null, what);

    [Theory]
    [InlineData("记录.PDF", "pdf")]
    [InlineData("a.b.jpeg", "jpg")]
    [InlineData("pdf", null)]
    [InlineData("a.exe", null)]
    [InlineData("a.pdf.", null)]
    [InlineData("", null)]
    public void A_name_says_its_form_by_its_ending(string name, string? form) => Assert.Equal(form, FileForms.OfName(name)?.Name);

    [Fact]
    public void Any_bytes_are_told_or_refused_and_never_a_fault() => Gen.Select(Gen.Int[0, 2].Select(one => Beginnings[one]), Gen.Byte.Array[0, 40])
        .Sample((begin, rest) =>
        {
            FileForms.OfContent(rest);
            FileForms.OfContent((byte[])[.. begin.AsSpan(0, begin.Length / 2), .. rest]);
            FileForms.OfContent((byte[])[.. "PK\u0003\u0004"u8, .. rest]);
        });
}
