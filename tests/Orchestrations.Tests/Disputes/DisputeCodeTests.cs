using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Workflows.Orchestrations.Disputes;
using Workflows.Testing;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>The official code of a case, and how it is found again from what somebody typed.</summary>
public sealed class DisputeCodeTests
{
    private static DisputeProcess Process => ReferenceCounty.Followed.Process;

    [Theory]
    [InlineData("D2026-00012", "仙调〔2026〕12号")]
    [InlineData("D2025-00001", "仙调〔2025〕1号")]
    [InlineData("D2025-123456", "仙调〔2025〕123456号")]
    [InlineData("D2019-00001", "D2019-00001")]
    [InlineData("XY-2025-000001", "XY-2025-000001")]
    [InlineData("D2025-", "D2025-")]
    [InlineData("D2025-00000", "D2025-00000")]
    public void A_case_has_its_code_by_its_id_and_goes_by_the_id_where_there_is_no_word(string id, string code) =>
        Assert.Equal(code, DisputeCode.Of(id, Process));

    [Fact]
    public void A_set_from_before_there_were_words_goes_by_ids() =>
        Assert.Equal("D2026-00012", DisputeCode.Of("D2026-00012", Process with { Codes = null }));

    [Fact]
    public void A_new_word_counts_from_its_year_and_leaves_the_cases_before_as_they_are()
    {
        var process = Process with { Codes = [new(2020, "仙调", "x"), new(2027, "仙解", "x")] };

        Assert.Equal("仙调〔2026〕12号", DisputeCode.Of("D2026-00012", process));
        Assert.Equal("仙解〔2027〕12号", DisputeCode.Of("D2027-00012", process));
    }

    [Theory]
    [InlineData("仙调〔2026〕12号")]
    [InlineData("仙调[2026]12号")]
    [InlineData("仙调［２０２６］１２号")]
    [InlineData("仙调（2026）12号")]
    [InlineData(" 仙 调 【2026】 12　号 ")]
    [InlineData("D2026-00012")]
    [InlineData("d2026-12")]
    public void A_code_is_found_however_its_brackets_and_blanks_are_typed(string typed) =>
        Assert.Equal("D2026-00012", DisputeCode.Find(typed, Process));

    [Theory]
    [InlineData("")]
    [InlineData("号")]
    [InlineData("仙调〔2026〕")]
    [InlineData("仙调〔2026〕12")]
    [InlineData("仙调〔2026〕012号")]
    [InlineData("仙调〔2026〕第12号")]
    [InlineData("闽调〔2026〕12号")]
    [InlineData("仙调〔26〕12号")]
    [InlineData("〔2026〕12号")]
    [InlineData("仙调〔2019〕12号")]
    [InlineData("D2026-00012x")]
    [InlineData("仙调〔2026〕12345678901号")]
    [InlineData("仙调\ud800〔2026〕12号")]
    public void What_is_no_code_of_this_county_is_not_found(string typed) => Assert.Null(DisputeCode.Find(typed, Process));

    [Fact]
    public void Every_id_is_found_again_by_its_code() =>
        Gen.Select(Gen.Int[2020, 2999], Gen.Int[1, 999_999]).Sample((year, number) =>
            DisputeCode.Find(DisputeCode.Of(DisputeCode.IdOf(year, number), Process), Process) == DisputeCode.IdOf(year, number));

    [Fact]
    public void A_notice_names_the_case_by_its_code()
    {
        var run = Samples.Open(Samples.Neighbours with { Id = "D2025-00007" });

        Assert.Equal(("D2025-00007", "仙调〔2025〕7号"), (run.Notices[0].Case, run.Notices[0].Model["case"]));
    }

    [Fact]
    public void Words_are_checked_by_entry()
    {
        Assert.Equal(
            ["$.codes[0].word code-word", "$.codes[1].source blank", "$.codes[1].fromYear code-year"],
            Errors([new(2020, "仙调号", "x"), new(2020, "仙解", "")]));
        Assert.Equal(["$.codes[0].word code-word"], Errors([new(2020, "XT", "x")]));
        Assert.Equal(["$.codes[0].word code-word", "$.codes[0].fromYear code-year"], Errors([new(1948, "", "x")]));
    }

    private static IEnumerable<string> Errors(CodeWord[] words)
    {
        var file = JsonNode.Parse(ReferenceCounty.Seed("disputes.json").Json.Span)!.AsObject();
        file["codes"] = new JsonArray([.. words.Select(word => (JsonNode)new JsonObject { ["fromYear"] = word.FromYear, ["word"] = word.Word, ["source"] = word.Source })]);
        return DisputeData.Parse("disputes.json", Encoding.UTF8.GetBytes(file.ToJsonString()), ReferenceCounty.Policies).Errors
            .Select(error => $"{error.Path} {error.Rule}");
    }
}
