using Workflows.Activities.PersonalData;
using Workflows.Orchestrations.Disputes;

namespace Workflows.Web.Disputes;

/// <summary>Parties by name, for papers that are theirs.</summary>
internal static class PartyNames
{
    /// <summary>What stands where personal data has been erased.</summary>
    public const string Erased = "（信息已依法删除）";

    public static string Of(string party, IReadOnlyList<PartyData> people) =>
        people.FirstOrDefault(data => data.PartyId == party)?.Name ?? Erased;

    public static string Role(Party party) => party.Role == PartyRole.Applicant ? "申请人" : "被申请人";

    /// <summary>Name, number, address and telephone, as far as they were given, and who acts for the party in what capacity.</summary>
    public static string Described(Party party, IReadOnlyList<PartyData> people, DisputeProcess process)
    {
        if (people.FirstOrDefault(data => data.PartyId == party.Id) is not { } data)
        {
            return $"{Role(party)}：{Erased}。";
        }

        List<string> words = [data.Name];
        Add(words, "身份证件号码", data.IdentityNumber);
        Add(words, "住址", data.Address);
        Add(words, "联系电话", data.Phone);
        Add(words, process.Representations?.FirstOrDefault(kind => kind.Id == party.RepresentedBy)?.NameZh ?? "", data.RepresentativeName);
        return $"{Role(party)}：{string.Join("，", words)}。";
    }

    /// <summary>Who signs in the party's place; "" when it signs itself.</summary>
    public static string ActedFor(Party party, IReadOnlyList<PartyData> people, DisputeProcess process) =>
        people.FirstOrDefault(data => data.PartyId == party.Id) is { RepresentativeName: { } name }
            ? $"由{process.Representations?.FirstOrDefault(kind => kind.Id == party.RepresentedBy)?.NameZh ?? ""}{name}"
            : "";

    private static void Add(List<string> words, string what, string? value)
    {
        if (value is not null)
        {
            words.Add($"{what}{value}");
        }
    }
}
