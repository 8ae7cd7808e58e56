using System.IO.Compression;
using System.Text;
using Workflows.Activities.Supervision.Import;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Supervision;

/// <summary>Files that are no plan, and texts in every encoding.</summary>
public sealed class PlanFileTests
{
    private const string Sample = "一、重点工作\n（一）新建公园５个。\n责任单位：县住建局\n";

    public static TheoryData<string, byte[]> Encoded => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(Sample) },
        { "UTF-8 with mark", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Sample)] },
        { "UTF-16 with mark", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Sample)] },
        { "big-endian UTF-16 with mark", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Sample)] },
        { "UTF-16 without mark", Encoding.Unicode.GetBytes(Sample) },
        { "GB18030", CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(Sample) },
    };

    [Theory]
    [MemberData(nameof(Encoded))]
    public void A_text_is_read_in_every_encoding(string encoding, byte[] bytes)
    {
        Assert.NotEmpty(encoding);
        Assert.Equal(Sample, PlanFile.Read(bytes).Text);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("20202020", "empty")]
    [InlineData("D0CF11E0A1B11AE100000000", "old-doc")]
    [InlineData("255044462D312E37", "not-text")]
    [InlineData("7B5C727466315C616E7369", "not-text")]
    [InlineData("89504E470D0A1A0A0000000D49484452", "not-text")]
    [InlineData("504B0304AAAAAAAA", "damaged")]
    [InlineData("FF00FE01FA02", "not-text")]
    public void A_file_that_is_no_text_is_refused_with_its_reason(string hex, string code) =>
        Assert.Equal(code, Assert.Throws<PlanFileException>(() => PlanFile.Read(Convert.FromHexString(hex))).Code);

    [Fact]
    public void An_encrypted_document_is_told_from_an_old_one()
    {
        byte[] container = [.. Convert.FromHexString("D0CF11E0A1B11AE1"), .. new byte[600], .. Encoding.Unicode.GetBytes("EncryptedPackage")];

        var refused = Assert.Throws<PlanFileException>(() => PlanFile.Read(container));

        Assert.Equal(("encrypted", "The document is encrypted; save it without a password."), (refused.Code, refused.Message));
    }

    [Fact]
    public async Task A_file_over_the_limit_is_refused_before_it_is_read()
    {
        using var folder = new TempFolder();
        await using (var file = File.Create(folder.File("large.txt")))
        {
            file.SetLength(100L * 1024 * 1024);
        }

        var refused = await Assert.ThrowsAsync<PlanFileException>(() => PlanFile.Read(folder.File("large.txt"), TestContext.Current.CancellationToken));

        Assert.Equal(("too-large", "The file has 104857600 bytes; at most 20971520 are read."), (refused.Code, refused.Message));
    }

    [Fact]
    public async Task A_file_that_does_not_exist_is_named()
    {
        var refused = await Assert.ThrowsAsync<PlanFileException>(() => PlanFile.Read("no-such.txt", TestContext.Current.CancellationToken));

        Assert.Equal("There is no file no-such.txt.", refused.Message);
    }

    [Fact]
    public void A_package_without_a_document_is_no_plan() =>
        Assert.Equal("not-text", Assert.Throws<PlanFileException>(() => PlanFile.Read(Package(("readme.txt", "hello")))).Code);

    [Theory]
    [InlineData("<w:document", "damaged")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>", "damaged")]
    [InlineData("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p/></w:body></w:document>", "empty")]
    public void A_damaged_or_empty_document_is_refused(string document, string code) =>
        Assert.Equal(code, Assert.Throws<PlanFileException>(() => PlanFile.Read(Package(("word/document.xml", document)))).Code);

    [Fact]
    public void A_document_that_unpacks_to_too_much_is_stopped_while_it_is_unpacked()
    {
        var bomb = Package(("word/document.xml", "<a>" + new string(' ', 60 * 1024 * 1024)));

        Assert.InRange(bomb.Length, 0, 1024 * 1024);
        Assert.Equal("unpacks-too-large", Assert.Throws<PlanFileException>(() => PlanFile.Read(bomb)).Code);
    }

    [Fact]
    public void A_document_of_too_many_parts_is_refused()
    {
        var many = Package([.. Enumerable.Range(0, 2_001).Select(index => ($"{index}.xml", ""))]);

        Assert.Equal("too-many-parts", Assert.Throws<PlanFileException>(() => PlanFile.Read(many)).Code);
    }

    private static byte[] Package(params (string Name, string Text)[] parts)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create))
        {
            foreach (var (name, text) in parts)
            {
                using var writer = new StreamWriter(archive.CreateEntry(name).Open());
                writer.Write(text);
            }
        }

        return file.ToArray();
    }
}
