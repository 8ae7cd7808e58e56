using System.Text.RegularExpressions;

namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>Over what a target is counted: once in the county, in every village, for every person.</summary>
internal static partial class Scopes
{
    public const string County = "county";

    private const string VillageWords = @"城乡社区|村\(社区\)|社区\(村\)|行政村\(社区\)|村\(居\)|村居|村社区?|村、社区|村和社区|建制村|行政村|自然村|村庄|村";
    private const string TownshipWords = @"乡镇\(街道\)|乡\(镇、街道\)|镇\(街道?\)|乡\(镇\)|镇\(乡\)|街道\(镇\)|镇\(乡、街道\)|乡镇街道|镇街道?|乡镇|街道|镇";

    /// <summary>每个村（社区）, 单个机构, 各乡镇 at this place.</summary>
    public static (string Scope, int Length)? Each(string text, int at)
    {
        var match = EachForm().Match(text, at);
        if (!match.Success)
        {
            return null;
        }

        var group = match.Groups.Cast<Group>().Skip(1).First(part => part.Success);
        return ("per-" + group.Name.Replace('_', '-'), match.Length);
    }

    /// <summary>Whether the subject of a share is one kind of place, such as 城市社区; null when it is the county as a whole.</summary>
    public static string? OfShare(ReadOnlySpan<char> subject)
    {
        var (urban, rural) = (subject.Contains("城市社区", StringComparison.Ordinal), subject.Contains("农村社区", StringComparison.Ordinal));
        return urban != rural ? urban ? "urban-communities" : "rural-communities"
            : DemoSites().IsMatch(subject) ? "demo-sites"
            : TownshipsInShare().IsMatch(subject) ? "townships"
            : subject.Contains("农村应急", StringComparison.Ordinal) || subject.Contains("全县农村", StringComparison.Ordinal) ? "rural"
            : null;
    }

    /// <summary>The kind of place in 一村一…; null when it is no such formula.</summary>
    public static string OfFormula(string place, bool isUrban, bool ofPolice) => place switch
    {
        "村" or "村(社区)" or "村(居)" => "per-village",
        "社区" => "per-community",
        "镇" or "街" or "乡镇" or "街道" => "per-township",
        "网格" or "格" => "per-grid",
        "校" => "per-school",
        "企" => "per-enterprise",
        "户" => "per-household",
        "园" => "per-park",
        "站" => "per-station",
        "区" when ofPolice => isUrban ? "per-urban-police-zone" : "per-police-zone",
        "区" => "per-zone",
        _ => County,
    };

    /// <summary>The kind of thing that is built to a standard: 党群服务站 is a station.</summary>
    public static string OfThing(ReadOnlySpan<char> thing) =>
        thing.Contains('站') ? "per-station"
        : thing.Contains("中心", StringComparison.Ordinal) || thing.Contains("场所", StringComparison.Ordinal) ? "per-venue"
        : thing.Contains('村') ? "per-village"
        : thing.Contains("社区", StringComparison.Ordinal) ? "per-community"
        : thing.Contains("学校", StringComparison.Ordinal) ? "per-school"
        : County;

    public static bool NamesVillage(ReadOnlySpan<char> words) => VillageForm().IsMatch(words);

    public static bool NamesTownship(ReadOnlySpan<char> words) => TownshipForm().IsMatch(words);

    [GeneratedRegex(@"\G(?:每一?个?|单个|各个?|所有|每座|每家|每所|每处|每条|每支|每类|单体?)(?:(?<village>" + VillageWords + @")|(?<community>城市社区|社区)|(?<township>" + TownshipWords
        + @")|(?<grid>网格)|(?<household>户|家庭)|(?<person>人(?!民|社|大|才|员))|(?<school>学校|校|幼儿园|中小学)|(?<institution>机构|养老机构|托育机构|医疗机构)|(?<enterprise>企业)|(?<unit>单位|部门)"
        + @"|(?<station>站点|站|工作站|服务站)|(?<estate>小区)|(?<park>园区)|(?<project>项目)|(?<police_zone>警区)|(?<hospital>医院|卫生院)|(?<team>队伍|支队伍)|(?<demo_site>示范点|试点)|(?<venue>场所|窗口|中心|点位|点))")]
    private static partial Regex EachForm();

    [GeneratedRegex("示范点")]
    private static partial Regex DemoSites();

    [GeneratedRegex(@"^(?:在|全县|全市|全区|各|所有)*(?:" + TownshipWords + ")")]
    private static partial Regex TownshipsInShare();

    [GeneratedRegex(VillageWords)]
    private static partial Regex VillageForm();

    [GeneratedRegex(TownshipWords)]
    private static partial Regex TownshipForm();
}
