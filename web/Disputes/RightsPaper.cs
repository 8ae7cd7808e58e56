using System.Globalization;
using Workflows.Activities.Documents;
using Workflows.Activities.PersonalData;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Disputes;

namespace Workflows.Web.Disputes;

/// <summary>
/// The rights notice as a paper to hand over: mediation has ended without an agreement, and these ways remain
/// (人民调解法 26).
/// </summary>
internal static class RightsPaper
{
    public static Paper Of(Dispute dispute, Outcome outcome, DisputeRules rules, string code, IReadOnlyList<PartyData> people)
    {
        var category = rules.CategoryOf(dispute.Category);
        var handler = rules.Units.Find(dispute.Handler)?.Name ?? dispute.Handler;
        var day = DeadlineText.Zh(rules.Calendar.LocalDate(outcome.At));
        return new Paper(
            "调解终止权利告知书",
            $"编号：{code}",
            [
                new PaperBlock.Address($"{string.Join("、", dispute.Parties.Select(party => PartyNames.Of(party.Id, people)))}："),
                new PaperBlock.Text(
                    $"各方之间的{category.NameZh}（{code}）经{handler}受理，因{Reason(outcome.Reason)}，调解于{day}终止，未达成协议。"),
                new PaperBlock.Text($"依照人民调解法{(dispute.Status == DisputeStatus.Refused ? "第十七条、" : "")}第二十六条，现告知各方可以依法通过下列途径维护自己的权利："),
                .. category.OtherWays.Select((way, index) => new PaperBlock.Text(string.Create(CultureInfo.InvariantCulture, $"{index + 1}. {way}"))),
                new PaperBlock.Text("调解不影响各方依法起诉（人民调解法第三条）。法律对仲裁、诉讼等规定了时效或者期限的，请及时行使权利。"),
                new PaperBlock.Closing($"{handler}\n{day}"),
            ]);
    }

    private static string Reason(string reason) => reason switch
    {
        "refused" => "一方当事人明确拒绝调解",
        "withdrawn" => "申请人撤回申请",
        "no-consent" => "未在期限内取得当事人对移送上级的同意",
        "total-over" => "总期限届满",
        "term-over" => "县级调处期限届满",
        _ => "调解不成",
    };
}
