using System.IO.Compression;
using System.Text;
using CsCheck;
using Workflows.Web.Tables;

namespace Workflows.Web.Tests.Tables;

/// <summary>What a workbook's first sheet holds, whatever a spreadsheet wrote around it.</summary>
public sealed class SheetTests
{
    private const string Space = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string PackageSpace = "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"";
    private const string Head = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>一</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>二</t></is></c></row>";

    [Fact]
    public void A_sheet_that_was_formatted_to_its_last_cell_costs_what_its_cells_cost_and_no_row_is_lost_far_down()
    {
        var table = ImportTable.Read(Book($"<dimension ref=\"A1:XFD1048576\"/><sheetData>{Head}<row r=\"3\"><c r=\"B3\"><v>1</v></c><c r=\"XFD3\" s=\"1\"/></row>"
            + "<row r=\"4\"/><row r=\"1048576\"><c r=\"A1048576\"><v>2</v></c></row></sheetData>"));

        Assert.Equal(["一", "二"], table.Headings);
        Assert.Equal(["3:|1", "1048576:2|"], Rows(table));
    }

    [Theory]
    [InlineData("<c r=\"A2\"><v>2.0</v></c>", "2")]
    [InlineData("<c r=\"A2\"><v>1.3812340001E10</v></c>", "13812340001")]
    [InlineData("<c r=\"A2\" t=\"str\"><f>1+1</f><v>乙</v></c>", "乙")]
    [InlineData("<c r=\"A2\" t=\"b\"><v>1</v></c>", "true")]
    [InlineData("<c r=\"A2\" t=\"s\"><v>1</v></c>", "长 沙")]
    [InlineData("<c r=\"A2\" t=\"inlineStr\"><is><r><t>甲</t></r><r><t>&lt;某</t></r><rPh sb=\"0\" eb=\"1\"><t>jia</t></rPh></is></c>", "甲<某")]
    [InlineData("<c><v>5</v></c>", "5")]
    // A day in a format of the file or a built-in one; what only looks like one is a number.
    [InlineData("<c r=\"A2\" s=\"1\"><v>45915</v></c>", "2025-09-15")]
    [InlineData("<c r=\"A2\" s=\"2\"><v>45915.75</v></c>", "2025-09-15")]
    [InlineData("<c r=\"A2\" s=\"3\"><v>45915</v></c>", "45915")]
    [InlineData("<c r=\"A2\" s=\"1\"><v>99999999999</v></c>", "99999999999")]
    [InlineData("<c r=\"A2\" s=\"77\"><v>45915</v></c>", "45915")]
    // A spreadsheet keeps 15 digits: what is left of an identity number is none, and must not look like one.
    [InlineData("<c r=\"A2\"><v>1.10105194912312E+17</v></c>", "1.101052E+017")]
    public void A_cell_is_what_a_spreadsheet_shows(string cell, string text) =>
        Assert.Equal([$"2:{text}|"], Rows(ImportTable.Read(Book($"<sheetData>{Head}<row r=\"2\">{cell}</row></sheetData>"))));

    [Theory]
    [InlineData("<c r=\"A2\" t=\"e\"><v>#REF!</v></c>", "row 2 has a formula that failed in the place of a value")]
    [InlineData("<c r=\"A2\" t=\"s\"><v>2</v></c>", "is a damaged .xlsx file")]
    [InlineData("<c r=\"A2\" t=\"s\"><v>x</v></c>", "is a damaged .xlsx file")]
    [InlineData("<c r=\"XFD2\"><v>1</v></c>", "row 2 has a cell beyond column 1000")]
    [InlineData("<c r=\"C2\"><v>1</v></c>", "row 2 has more cells than there are headings")]
    [InlineData("<c r=\"A2\"><v>1", "is a damaged .xlsx file")]
    public void A_cell_that_is_nothing_refuses_the_file(string cell, string rule) =>
        Assert.Equal(rule, Assert.Throws<InvalidDataException>(() => ImportTable.Read(Book($"<sheetData>{Head}<row r=\"2\">{cell}</row></sheetData>"))).Message);

    [Fact]
    public void A_sheet_that_reaches_outside_is_damaged() =>
        Assert.Equal("is a damaged .xlsx file", Assert.Throws<InvalidDataException>(() => ImportTable.Read(Book(
            "<sheetData><row><c t=\"inlineStr\"><is><t>&e;</t></is></c></row></sheetData>", "<!DOCTYPE w [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>"))).Message);

    [Fact]
    public void Days_of_an_old_spreadsheet_are_counted_from_1904() => Assert.Equal(
        ["2:2025-09-15|"],
        Rows(ImportTable.Read(Book($"<sheetData>{Head}<row r=\"2\"><c r=\"A2\" s=\"1\"><v>44453</v></c></row></sheetData>", of1904: true))));

    /// <summary>Damage in the archive, and in the XML of each part, which an archive that is whole carries on.</summary>
    [Fact]
    public void However_a_workbook_is_damaged_it_is_read_or_refused_by_a_rule()
    {
        const string Rows = "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"B2\" s=\"2\"><v>45915</v></c></row>";
        var whole = Book($"<sheetData>{Head}{Rows}</sheetData>");
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Bool).Array[1, 4].Sample(
            flips =>
            {
                var bytes = whole.ToArray();
                foreach (var (at, value, isCut) in flips)
                {
                    bytes = isCut ? bytes[..Math.Min(at, bytes.Length)] : [.. bytes.Select((known, index) => index == at ? value : known)];
                }

                IsReadOrRefused(bytes);
            },
            iter: 300);
        Gen.Select(Gen.Int[0, 2000], Gen.OneOf('<', '>', '"', '/', ' ', 'r', '9', '\0'), Gen.Int[0, 6]).Sample(
            damage => IsReadOrRefused(Book($"<sheetData>{Head}{Rows}</sheetData>", damage: (name, xml) => name.Length % 7 == damage.Item3 && damage.Item1 < xml.Length
                ? string.Concat(xml.AsSpan(0, damage.Item1), damage.Item2.ToString(), xml.AsSpan(damage.Item1 + 1))
                : xml)),
            iter: 300);

        static void IsReadOrRefused(byte[] file)
        {
            try
            {
                ImportTable.Read(file);
            }
            catch (InvalidDataException)
            {
                // A rule.
            }
        }
    }

    private static readonly (string Name, string Type)[] Parts =
        [("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"), ("worksheets/sheet2", "worksheet"), ("sharedStrings", "sharedStrings"), ("styles", "styles")];

    private static IEnumerable<string> Rows(ImportTable table) => table.Rows.Select(row => $"{row.Number}:{string.Join('|', row.Cells)}");

    private static byte[] Book(string sheet, string before = "", bool of1904 = false, Func<string, string, string>? damage = null)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Put(string name, string xml)
            {
                using var stream = archive.CreateEntry(name).Open();
                stream.Write(Encoding.UTF8.GetBytes(damage?.Invoke(name, xml) ?? xml));
            }

            Put("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                + string.Concat(Parts.Select(part => $"<Override PartName=\"/xl/{part.Name}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.{part.Type}+xml\"/>")) + "</Types>");
            Put("_rels/.rels", $"<Relationships {PackageSpace}><Relationship Id=\"rId1\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
            Put("xl/workbook.xml", $"<workbook {Space} xmlns:r=\"{Relations}\">{(of1904 ? "<workbookPr date1904=\"1\"/>" : "")}<sheets><sheet name=\"a\" sheetId=\"2\" r:id=\"rId9\"/><sheet name=\"b\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
            Put("xl/_rels/workbook.xml.rels", $"<Relationships {PackageSpace}><Relationship Id=\"rId1\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                + $"<Relationship Id=\"rId9\" Type=\"{Relations}/worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/>"
                + $"<Relationship Id=\"rId2\" Type=\"{Relations}/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"rId3\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/></Relationships>");
            Put("xl/sharedStrings.xml", $"<sst {Space}><si><t>甲</t></si><si><r><t>长</t></r><r><t xml:space=\"preserve\"> 沙</t></r></si></sst>");
            Put("xl/styles.xml", $"<styleSheet {Space}><numFmts><numFmt numFmtId=\"176\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/><numFmt numFmtId=\"177\" formatCode=\"0&quot;day&quot;[Red]\"/></numFmts>"
                + "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"176\"><alignment/></xf><xf numFmtId=\"177\"/></cellXfs></styleSheet>");
            Put("xl/worksheets/sheet1.xml", $"<worksheet {Space}><sheetData/></worksheet>");
            Put("xl/worksheets/sheet2.xml", $"{before}<worksheet {Space}>{sheet}</worksheet>");
        }

        return bytes.ToArray();
    }
}
