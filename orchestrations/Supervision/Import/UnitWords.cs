using System.Text.RegularExpressions;

namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>How names of units look, whoever they are.</summary>
internal static partial class UnitWords
{
    public static bool LooksLikeUnit(string word) =>
        word.Length is >= 2 and <= 26 && Ending().IsMatch(word) && !NoName().IsMatch(word);

    /// <summary>县直有关单位, 其他部门: the list stays open.</summary>
    public static bool IsOpenGroup(string word) => OpenGroup().IsMatch(word);

    /// <summary>各乡镇人民政府 and its like: all townships, or their villages, for which they answer.</summary>
    public static bool IsEveryTownship(string word) => EveryTownship().IsMatch(word) || EveryVillage().IsMatch(word);

    /// <summary>政府 or 办事处 alone goes on with the townships before it: 各乡镇党委、政府.</summary>
    public static bool GoesOnWithTownships(string word) => word is "政府" or "人民政府" or "街道办事处" or "街道" or "办事处" or "街道党工委" or "党工委" or "各街道" or "管委会";

    public static bool LooksLikeTownship(string word) => OneTownship().IsMatch(word);

    /// <summary>A guess by the ending, for a unit that no register knows.</summary>
    public static string KindOf(string name) =>
        LooksLikeTownship(name) ? "township"
        : PartyWord().IsMatch(name) ? "party"
        : MassWord().IsMatch(name) ? "mass-organisation"
        : EnterpriseWord().IsMatch(name) ? "enterprise"
        : InstitutionWord().IsMatch(name) ? "institution"
        : "government";

    /// <summary>What stands before the unit's own name: 县, 县委, 市, …; empty when nothing does.</summary>
    public static string PrefixOf(string word)
    {
        var match = Prefix().Match(word);
        return match.Success ? match.Value : "";
    }

    /// <summary>Whether the left-out prefix is that of the party committee: 宣传部 after 县委组织部.</summary>
    public static bool TakesParty(string word) => PartyBody().IsMatch(word);

    /// <summary>大队, 公司 and the like are named without 县.</summary>
    public static bool TakesPrefix(string word) => PrefixedEnding().IsMatch(word) && !StandsAlone().IsMatch(word);

    /// <summary>The part of a name by which two spellings are compared.</summary>
    public static string Stem(string name, IReadOnlyList<string> places)
    {
        var bare = Brackets().Replace(name, "");
        foreach (var place in places.Where(place => place.Length > 1))
        {
            bare = bare.Replace(place, "", StringComparison.Ordinal);
        }

        var prefix = PrefixOf(bare);
        bare = bare[prefix.Length..];
        return Tail().Replace(bare, "");
    }

    /// <summary>One stem is the other with characters left out, as 发改 of 发展改革.</summary>
    public static bool AreAlike(string one, string other)
    {
        var (shorter, longer) = one.Length <= other.Length ? (one, other) : (other, one);
        if (shorter.Length < 2 || shorter[0] != longer[0])
        {
            return false;
        }

        var at = 0;
        foreach (var letter in longer)
        {
            at += at < shorter.Length && shorter[at] == letter ? 1 : 0;
        }

        return at == shorter.Length;
    }

    [GeneratedRegex(@"(?:局|委|办|部|中心|会|院|署|站|队|社|公司|政府|街道|联|协|馆|银行|支行|分行|集团|所|处|校|台|人大|政协|室|镇|乡|大学|专班|组|厂|园区|开发区|农场|林场|农商行|邮政|移动|电信|联通|铁塔|供电|机关|库|人行|工会)(?:\([^()]{1,24}\))?\z")]
    private static partial Regex Ending();

    [GeneratedRegex(@"[。,;:0-9!?“”《》]|^(?:以|对|在|按|为|把|将|推|加|开|建|完|实|的)|工作\z|开展|进社")]
    private static partial Regex NoName();

    [GeneratedRegex(@"^(?:县直|市直|区直|县级|市级|区级|其他|其它|全县|全市|全区|县|市|驻[\u4e00-\u9fff]{1,2}|各级|各|有关|相关|责任|成员|职能|行业|主管|业务|涉农|牵头|配合|参与|所在|属地|和|及|等|直属|机关|企事业|直|级)*(?:单位|部门|企业|机构|科室|站所|运营商|高校|学校|行业协会|商会|社会组织|金融机构)\z")]
    private static partial Regex OpenGroup();

    [GeneratedRegex(@"^(?:全县|全市|全区|县|其他|各级|各有关|各|有关|相关|所有|[0-9]{1,2}个|[一二三四五六七八九十]{1,3}个)*(?:各)?(?:乡镇\(街道\)|乡\(镇、街道\)|乡镇\(街\)|镇\(街道?\)|镇\(乡\)|乡\(镇\)|街道\(镇\)|镇\(乡、街道\)|乡\(镇\)、?街道|乡镇、街道|乡镇(?:街道)?|镇街道?|街镇|镇乡|(?<=各|全县|个|有关)(?:镇|乡|街道)|街道乡镇|乡镇场|镇街场)(?:\([^()]{1,12}\))?(?:党委|党\(工\)委|党工委|人民政府|政府|党政|街道办事处|办事处|办|管委会|场|、|和|及|\(办事处\)|园区|开发区)*\z")]
    private static partial Regex EveryTownship();

    [GeneratedRegex(@"^(?:各|全县各?|所有)(?:行政)?(?:村|社区|村\(社区\)|村\(居\)|村居|村社区)(?:党组织|委员会|委会|居委会|村委会|“?两委”?)*\z")]
    private static partial Regex EveryVillage();

    [GeneratedRegex(@"^[\u4e00-\u9fff]{1,4}(?:(?:镇|乡|街道)(?:人民政府|政府|党委|党工委|办事处|街道办事处|党委政府)|(?<!乡|各)镇|乡|街道)\z")]
    private static partial Regex OneTownship();

    [GeneratedRegex(@"^(?:县|市|区|州|旗|省)委(?!员)|纪委|^(?:县|市|区)直机关|党工委|党校|政法委|编办|网信办|监委")]
    private static partial Regex PartyWord();

    [GeneratedRegex("妇联|残联|科协|团(?:县|市|区)?委|总工会|工会|工商联|文联|侨联|红十字会|关工委|作协|社科联|计生协|老年协会|协会|商会")]
    private static partial Regex MassWord();

    [GeneratedRegex("公司|集团|银行|支行|分行|电信|联通|移动|铁塔|供电|农商行|联社|厂\\z|邮政\\z")]
    private static partial Regex EnterpriseWord();

    [GeneratedRegex("中心|医院|学校|学院|大学|供销社|气象|馆\\z|站\\z|电视台|融媒体|林场|农场|档案")]
    private static partial Regex InstitutionWord();

    [GeneratedRegex(@"^(?:团(?=县|市|区))?(?:县|市(?!场|政|容|民|域)|区(?!域)|州|旗|省)(?:委(?!员))?")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"^(?:组织部|宣传部|统战部|政法委|社会工作部|社工部|编办|机构编制|党校|巡察办|网信办|台办|台港澳办|老干部?局|直属机关工委|机关工委|两新工委|政研室|党史|改革办|国安办|统战部\()")]
    private static partial Regex PartyBody();

    [GeneratedRegex(@"(?:局|委|办|部|联|协|会|社|中心|院|工会|室|馆|台|校|站|署|所)(?:\([^()]{1,24}\))?\z")]
    private static partial Regex PrefixedEnding();

    [GeneratedRegex("分局|派出所|邮政管理局|烟草|海事|^人行|^国网|^中国|^团")]
    private static partial Regex StandsAlone();

    [GeneratedRegex(@"\([^()]*\)")]
    private static partial Regex Brackets();

    [GeneratedRegex(@"(?:管理委员会|委员会|监督管理局|管理局|事务局|办公室|服务中心|中心|分局|大队|支队|局|委|办|部|会|社|联|协)\z")]
    private static partial Regex Tail();
}
