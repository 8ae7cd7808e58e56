using Workflows.Activities.PersonalData;

namespace Workflows.Activities.Tests.PersonalData;

public sealed class MaskTests
{
    [Theory]
    [InlineData("张三", "张**")]
    [InlineData("欧阳大山", "欧**")]
    [InlineData("张", "**")]
    [InlineData("𠮷野某", "𠮷**")]
    [InlineData("A", "**")]
    public void A_name_shows_its_first_character(string name, string masked) => Assert.Equal(masked, Mask.Name(name));

    [Theory]
    [InlineData("13800000000", "138****0000")]
    [InlineData("138 0000 1234", "138****1234")]
    [InlineData("0594-1234567", "059****4567")]
    [InlineData("1234567", "****67")]
    [InlineData("12345", "****45")]
    [InlineData("1234", "****")]
    public void A_telephone_number_shows_three_digits_and_four_or_the_last_two(string phone, string masked) =>
        Assert.Equal(masked, Mask.Phone(phone));

    [Theory]
    [InlineData("35032219800101123X", "350322**********3X")]
    [InlineData("350322", "******************")]
    [InlineData("", "******************")]
    public void An_identity_number_shows_the_first_six_and_the_last_two(string number, string masked) =>
        Assert.Equal(masked, Mask.IdentityNumber(number));

    [Theory]
    [InlineData("仙游县鲤城街道一号", "仙游县鲤城街道**")]
    [InlineData("福建省仙游县榜头镇坝下村12号", "福建省仙游县榜头镇**")]
    [InlineData("西苑乡凤山村", "西苑乡**")]
    [InlineData("镇海路1号", "**")]
    [InlineData("圣山村溪尾街一百二十号", "**")]
    [InlineData("", "**")]
    public void An_address_is_cut_after_the_township(string address, string masked) => Assert.Equal(masked, Mask.Address(address));

    [Fact]
    public void Whoever_acts_for_a_party_is_masked_like_the_party()
    {
        var masked = Mask.Party(new PartyData("p1", "张某", RepresentativeName: "李大川", RepresentativePhone: "13800000000"));

        Assert.Equal(("李**", "138****0000"), (masked.RepresentativeName, masked.RepresentativePhone));
        Assert.Null(Mask.Party(new PartyData("p1", "张某")).RepresentativeName);
    }
}
