using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MiniExcelLibs;
using Workflows.Activities.Rules;
using Workflows.Web.Tables;

namespace Workflows.Web.Tests.Disputes;

/// <summary>Disputes as tables, in and out.</summary>
public sealed class TableTests
{
    private const string Head = "地点编码,类别,人数,渠道,登记单位,概况,申请人,申请人电话,被申请人";
    private const string Good = $"{Requests.Village},neighbours,2,window,{Requests.Village},排水沟争执,陈阿明,13800001234,林秀珍";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Good_rows_become_cases_and_wrong_ones_are_named_by_row_field_and_rule()
    {
        await using var county = await ServedCounty.Start();

        var report = await Import(county, $"{Head}\n{Good}\n\n{Good.Replace(",2,", ",1,", StringComparison.Ordinal)}\n{Good.Replace("neighbours", "weather", StringComparison.Ordinal).Replace(",陈阿明", ",", StringComparison.Ordinal)}\n");

        Assert.Equal((3, 1, 2), (report.GetProperty("rows").GetInt32(), report.GetProperty("registered").GetInt32(), report.GetProperty("refused").GetInt32()));
        Assert.Equal(
            ["2 registered D2025-00001", "4 refused people must be from 2 to 1000000", "5 refused category is not known, parties[0].name is required"],
            report.GetProperty("items").EnumerateArray().Select(Line));
        Assert.Equal(["D2025-00001"], (await county.All("/api/disputes")).Select(item => item.GetProperty("id").GetString()));
        Assert.DoesNotContain("陈阿明", report.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(1, (await county.Post("/api/disputes/search", new { phone = "13800001234" })).Is(200).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task The_same_file_again_registers_nothing_twice_and_a_row_that_is_twice_in_it_is_two_cases()
    {
        await using var county = await ServedCounty.Start();
        var first = await Import(county, $"{Head}\n{Good}\n{Good}\n");
        var again = await Import(county, $"{Head}\n{Good}\n{Good}\n");
        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal(2, (await county.All("/api/disputes")).Count);

        Assert.Equal(1, (await Import(county, $"{Head}\n{Good}\n")).GetProperty("registered").GetInt32());
        Assert.Equal(2, (await county.All("/api/disputes")).Count);
    }

    [Fact]
    public async Task A_corrected_file_registers_what_was_wrong_before_and_doubles_nothing()
    {
        await using var county = await ServedCounty.Start();
        var other = Good.Replace("陈阿明", "郑某", StringComparison.Ordinal);
        var wrong = await Import(county, $"{Head}\n{other.Replace("window", "fax", StringComparison.Ordinal)}\n{Good}\n");

        var corrected = await Import(county, $"{Head},危险\n{Good},\n{other},\n");

        Assert.Equal(["2 refused channel must be one of window, grid, hotline, online, police, petitions, court", "3 registered D2025-00001"], wrong.GetProperty("items").EnumerateArray().Select(Line));
        Assert.Equal(["2 registered D2025-00001", "3 registered D2025-00002"], corrected.GetProperty("items").EnumerateArray().Select(Line));
        Assert.Equal(2, (await county.All("/api/disputes")).Count);
    }

    [Fact]
    public async Task An_end_is_told_in_Chinese_as_the_rest_of_the_table_is()
    {
        await using var county = await ServedCounty.Start();
        (await county.Post($"/api/disputes/{await county.Register()}/withdraw", new { by = Requests.Village, party = "p1" })).Is(200);

        Assert.Equal("申请人撤回", (await Book(county, "from=1900-01-01&to=2999-12-31"))[1][15]);
    }

    [Fact]
    public async Task A_dry_run_registers_nothing_and_so_does_all_or_nothing_with_a_wrong_row()
    {
        await using var county = await ServedCounty.Start();
        var bad = Good.Replace("window", "fax", StringComparison.Ordinal);

        var dry = await Import(county, $"{Head}\n{Good}\n", "?dryRun=true");
        var all = await Import(county, $"{Head}\n{Good}\n{bad}\n", "?allOrNothing=true");

        Assert.Equal(["2 valid "], dry.GetProperty("items").EnumerateArray().Select(Line));
        Assert.Equal(["2 valid ", "3 refused channel must be one of window, grid, hotline, online, police, petitions, court"], all.GetProperty("items").EnumerateArray().Select(Line));
        Assert.Empty(await county.All("/api/disputes"));
        Assert.Equal(1, (await Import(county, $"{Head}\n{Good}\n", "?allOrNothing=true")).GetProperty("registered").GetInt32());
    }

    [Fact]
    public async Task Chinese_Excel_files_are_read_as_CSV_and_as_a_workbook()
    {
        await using var county = await ServedCounty.Start();
        var gb = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes($"{Head}\r\n{Good}\r\n");
        var marked = Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes($"{Head}\r\n{Good}\r\n")).ToArray();
        using var book = new MemoryStream();
        await book.SaveAsAsync(new[] { Head.Split(',').Zip(Good.Split(',')).ToDictionary(pair => pair.First, pair => pair.First == "人数" ? 2 : (object)pair.Second) }, cancellationToken: Cancellation);

        foreach (var file in (byte[][])[gb, marked, book.ToArray()])
        {
            var report = (await county.PostBytes("/api/disputes/import?dryRun=true", file, contentType: "application/octet-stream")).Is(200).Json;
            Assert.Equal(["2 valid "], report.GetProperty("items").EnumerateArray().Select(Line));
        }
    }

    [Fact]
    public async Task What_a_clerk_writes_in_Chinese_is_taken_for_the_id_and_a_name_that_two_have_is_not()
    {
        await using var county = await ServedCounty.Start();
        var units = county.Services.GetRequiredService<RuleShelf>().Current.Units;
        var village = units.Find(Requests.Village)!.Name;
        var twice = units.Villages.GroupBy(unit => unit.Name).First(group => group.Count() > 1).Key;
        var written = Good.Replace($",neighbours,2,window,{Requests.Village},", $",噪声、异味等妨害,２,公安,{village},", StringComparison.Ordinal);

        var report = await Import(county, $"{Head}\n{written}\n{written.Replace(village, twice, StringComparison.Ordinal)}\n");

        Assert.Equal(["2 registered D2025-00001", "3 refused by is not a unit of this county"], report.GetProperty("items").EnumerateArray().Select(Line));
        var dispute = (await county.Get("/api/disputes/D2025-00001")).Is(200).Json;
        Assert.Equal(("neighbours-noise", 2), (dispute.GetProperty("category").GetString(), dispute.GetProperty("people").GetInt32()));
    }

    [Fact]
    public async Task Every_field_of_a_registration_is_a_column_by_its_name_in_the_API()
    {
        await using var county = await ServedCounty.Start();
        var file = "place,category,people,danger,channel,by,summary,level,levelReason,parties[0].role,parties[0].name,parties[1].role,parties[1].name,parties[2].role,parties[2].name\n"
            + $"{Requests.Village},neighbours,3,否,window,{Requests.Village},争执,township,人多,respondent,甲某,applicant,乙某,applicant,丙某\n";

        var report = await Import(county, file);

        var dispute = (await county.Get("/api/disputes/" + report.GetProperty("items")[0].GetProperty("id").GetString())).Is(200).Json;
        Assert.Equal("township", dispute.GetProperty("level").GetString());
        Assert.Equal(["respondent", "applicant", "applicant"], dispute.GetProperty("parties").EnumerateArray().Select(party => party.GetProperty("role").GetString()));
    }

    [Fact]
    public async Task A_file_that_is_no_table_of_registrations_is_refused_as_a_whole()
    {
        await using var county = await ServedCounty.Start();
        async Task Refused(byte[] file, string field, string rule) =>
            (await county.PostBytes("/api/disputes/import", file, contentType: "text/csv")).IsInvalid((field, rule));

        await Refused([], "file", "must begin with a row of headings");
        await Refused(Encoding.UTF8.GetBytes("place,colour\n"), "column 2", "has a heading that is no field of a registration");
        await Refused(Encoding.UTF8.GetBytes("place,地点编码\n"), "column 2", "gives place a second time");
        await Refused(Encoding.UTF8.GetBytes("place\n1,2\n"), "file", "row 2 has more cells than there are headings");
        await Refused([0xFF, 0xFF, 0xFF], "file", "must be UTF-8 or GB 18030 text, or an .xlsx file");
        await Refused([.. "PK\u0003\u0004"u8, 1, 2, 3], "file", "is a damaged .xlsx file");
        await Refused(Encoding.UTF8.GetBytes("place\n" + string.Concat(Enumerable.Repeat("1\n", 5001))), "file", "must have at most 5000 rows; import it in parts");
        (await county.PostBytes("/api/disputes/import?dryRun=yes", [], contentType: "text/csv")).IsInvalid(("dryRun", "must be true or false"));
        (await county.PostBytes("/api/disputes/import", new byte[(20 * 1024 * 1024) + 1], contentType: "text/csv")).IsProblem(413, "too-large");
    }

    [Fact]
    public async Task A_table_of_a_time_holds_the_cases_of_its_first_and_last_day_masked_and_with_a_mark_for_Excel()
    {
        await using var county = await ServedCounty.Start();
        var first = await county.Register();
        await county.Until("2025-10-01 09:00");
        var last = await county.Register();
        await county.Until("2025-10-02 09:00");
        await county.Register();

        using var got = await county.Http.GetAsync("/api/disputes/export.csv?from=2025-09-15&to=2025-10-01", Cancellation);
        var bytes = await got.Content.ReadAsByteArrayAsync(Cancellation);

        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        Assert.Equal("attachment; filename=disputes-2025-09-15-2025-10-01.csv", got.Content.Headers.ContentDisposition!.ToString().Replace("\"", "", StringComparison.Ordinal));
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([first, last], lines[1..].Select(line => line.Split(',')[0]));
        Assert.StartsWith("编号,状态,层级,承办单位", lines[0], StringComparison.Ordinal);
        Assert.Contains("陈**,林**,2025-09-15", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("陈阿明", string.Concat(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workbook_holds_the_same_rows_and_an_empty_time_the_headings()
    {
        await using var county = await ServedCounty.Start();
        var id = await county.Register();

        var full = await Book(county, "from=2025-09-15&to=2025-09-15");
        var empty = await Book(county, "from=2024-01-01&to=2024-12-31");

        Assert.Equal(id, full[1][0]);
        Assert.Equal("陈**", full[1][8]);
        Assert.Equal("编号", empty[0][0]);
        Assert.All(empty.Skip(1), row => Assert.All(row, cell => Assert.Equal("", cell)));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+86", "'+86")]
    [InlineData("-x", "'-x")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "'\r=1")]
    [InlineData("1=1", "1=1")]
    [InlineData("", "")]
    public void What_begins_like_a_formula_is_made_text(string cell, string guarded) => Assert.Equal(guarded, ExportTable.Guard(cell));

    [Theory]
    [InlineData("", "from is required|to is required")]
    [InlineData("?from=2025-13-01&to=x", "from must be a date such as 2025-09-26|to must be a date such as 2025-09-26")]
    [InlineData("?from=2025-09-02&to=2025-09-01", "to must not be before from")]
    [InlineData("?from=0001-01-01&to=9999-12-31", "from must be from 1900-01-01 to 2999-12-31|to must be from 1900-01-01 to 2999-12-31")]
    public async Task A_time_that_is_none_is_refused(string query, string rules)
    {
        await using var county = await ServedCounty.Start();
        foreach (var ending in (string[])["csv", "xlsx"])
        {
            var errors = (await county.Get($"/api/disputes/export.{ending}{query}")).IsProblem(400, "invalid-request").Json.GetProperty("errors");
            Assert.Equal(rules, string.Join('|', errors.EnumerateObject().Select(field => $"{field.Name} {field.Value[0].GetString()}")));
        }
    }

    private static async Task<JsonElement> Import(ServedCounty county, string csv, string query = "") =>
        (await county.PostBytes("/api/disputes/import" + query, Encoding.UTF8.GetBytes(csv), contentType: "text/csv")).Is(200).Json;

    private static async Task<List<List<string>>> Book(ServedCounty county, string query)
    {
        using var stream = new MemoryStream(await county.Http.GetByteArrayAsync($"/api/disputes/export.xlsx?{query}", Cancellation));
        return [.. stream.Query().Cast<IDictionary<string, object?>>().Select(row => row.Values.Select(cell => cell?.ToString() ?? "").ToList())];
    }

    private static string Line(JsonElement row)
    {
        var errors = row.GetProperty("errors").EnumerateArray().Select(error =>
            $"{error.GetProperty("field").GetString()} {error.GetProperty("rule").GetString()!.Split(';')[0]}");
        return $"{row.GetProperty("row")} {row.GetProperty("outcome").GetString()} {(row.TryGetProperty("id", out var id) ? id.GetString() : "")}{string.Join(", ", errors)}";
    }
}
