using CsCheck;
using Workflows.Activities.PersonalData;

namespace Workflows.Activities.Tests.PersonalData;

public sealed class PartyCodeTests
{
    private static readonly Gen<string> Codes = Gen.Int.Select(_ => PartyCode.Draw());

    [Fact]
    public void A_code_has_at_least_45_random_bits_and_no_characters_that_are_taken_for_others()
    {
        Assert.True(Math.Log2(PartyCode.Alphabet.Length) * (PartyCode.Length - 1) >= 45);
        Assert.Equal(PartyCode.Alphabet.Length, PartyCode.Alphabet.Distinct().Count());
        Assert.DoesNotContain(PartyCode.Alphabet, letter => "01ILO".Contains(letter));
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => PartyCode.Draw()).Distinct().Count());
    }

    [Fact]
    public void A_drawn_code_is_read_however_it_is_typed() => Codes.Sample(code =>
    {
        var printed = PartyCode.Print(code);
        Assert.Matches("^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{3}$", printed);
        Assert.Equal(code, PartyCode.Read(printed));
        Assert.Equal(code, PartyCode.Read($"  {printed.ToLowerInvariant()}\n"));
        Assert.Equal(code, PartyCode.Read(string.Join(' ', code.AsEnumerable())));
        Assert.Equal(code, PartyCode.Read(Wide(printed)));
    });

    [Fact]
    public void One_wrong_character_is_always_found() => Codes.Sample(code =>
    {
        for (var at = 0; at < code.Length; at++)
        {
            foreach (var wrong in PartyCode.Alphabet.Where(letter => letter != code[at]))
            {
                Assert.Null(PartyCode.Read($"{code[..at]}{wrong}{code[(at + 1)..]}"));
            }
        }
    }, iter: 50);

    [Fact]
    public void Two_different_characters_exchanged_are_always_found_wherever_they_stand() => Codes.Sample(code =>
    {
        for (var first = 0; first < code.Length; first++)
        {
            for (var second = first + 1; second < code.Length; second++)
            {
                var swapped = code.ToCharArray();
                (swapped[first], swapped[second]) = (swapped[second], swapped[first]);
                if (code[first] != code[second])
                {
                    Assert.Null(PartyCode.Read(new string(swapped)));
                }
            }
        }
    }, iter: 200);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2222-2222-22")]
    [InlineData("2222-2222-2222")]
    [InlineData("0000-0000-000")]
    [InlineData("\ud800\ud800\ud800")]
    [InlineData("一二三四五六七八九十一")]
    public void What_cannot_be_a_code_is_none(string? typed) => Assert.Null(PartyCode.Read(typed));

    [Fact]
    public void Any_text_is_read_or_refused_and_never_a_fault() => Gen.String.Sample(text =>
    {
        var read = PartyCode.Read(text);
        Assert.True(read is null || read.Length == PartyCode.Length);
    });

    /// <summary>As an input method for Chinese writes Latin letters.</summary>
    private static string Wide(string text) => string.Concat(text.Select(letter => (char)(letter + 0xFEE0)));
}
