using System.Globalization;
using Workflows.Orchestrations.Disputes;

namespace Workflows.Web.Parties;

/// <summary>One of the answers that an act takes.</summary>
/// <param name="Choice">The word for it.</param>
/// <param name="Title">The same in Chinese.</param>
public sealed record PartyChoice(string Choice, string Title);

/// <summary>What a party can say to its case.</summary>
/// <param name="Act">The word for it.</param>
/// <param name="Title">What it does, in Chinese.</param>
/// <param name="Choices">The answers it takes.</param>
/// <param name="Warning">What it means for the case, where that cannot be taken back.</param>
/// <param name="Text">What the party may write along; null when there is nothing to write.</param>
/// <param name="Fact">The fact of a party and what it says.</param>
/// <param name="Said">Choices that are not offered again, since the party has said so or another act says it better.</param>
internal sealed record PartyAct(
    string Act,
    string Title,
    IReadOnlyList<PartyChoice> Choices,
    string? Warning,
    PartyText? Text,
    Func<string, PartySays, DisputeFact> Fact,
    Func<Dispute, Party, IReadOnlyList<string>>? Said = null)
{
    /// <summary>Every act that there is; whether a case takes one now is for its decider to say.</summary>
    public static IReadOnlyList<PartyAct> All { get; } =
    [
        new(
            "consent",
            "是否同意调解",
            [new("yes", "同意调解"), new("no", "不同意调解")],
            "不同意的，调解立即终止，不能恢复。不影响您向人民法院起诉。",
            null,
            (party, says) => new DisputeFact.MediationConsent(party, says.Choice == "yes" ? Consent.Yes : Consent.No, RecordMeans.Online),
            (_, party) => party.Consent == Consent.Yes ? ["yes", "no"] : []),
        new(
            "go-up",
            "是否同意由上一级调解组织继续调解",
            [new("once", "同意，仅此一次"), new("blanket", "同意，以后各级都同意"), new("no", "不同意")],
            "不同意的，本级调解结束后即告终止，不再移送上级；您可以通过诉讼等途径解决。",
            null,
            (party, says) => new DisputeFact.ConsentAnswered(party, says.Choice switch
            {
                "once" => ConsentToGoUp.Once,
                "blanket" => ConsentToGoUp.Blanket,
                _ => ConsentToGoUp.No,
            }, RecordMeans.Online),
            (_, party) => party.GoUp switch
            {
                ConsentToGoUp.Once => ["once"],
                ConsentToGoUp.Blanket => ["blanket"],
                ConsentToGoUp.No => ["no"],
                ConsentToGoUp.NotAsked => [],
                _ => throw new ArgumentOutOfRangeException(nameof(party)),
            }),
        new(
            "refuse",
            "拒绝调解",
            [new("refuse", "我不愿意调解")],
            "提交后调解立即终止，不能恢复。不影响您向人民法院起诉。",
            null,
            (party, _) => new DisputeFact.Refused(party)),
        new(
            "withdraw",
            "撤回申请",
            [new("withdraw", "我撤回调解申请")],
            "提交后调解立即终止。结束后的一段时间内可以申请重新调解，但须其他当事人再次同意。",
            null,
            (party, _) => new DisputeFact.Withdrawn(party)),
        new(
            "rate",
            "评价本次调解",
            [new("5", "非常满意"), new("4", "满意"), new("3", "一般"), new("2", "不满意"), new("1", "非常不满意")],
            null,
            new("您的意见和建议", IsRequired: false),
            (party, says) => new DisputeFact.Rated(party, StarsOf(says.Choice), says.Text is not null),
            (dispute, party) => dispute.Aftercare?.Parties.FirstOrDefault(said => said.Id == party.Id)?.Stars is { } stars ? [ChoiceOf(stars)] : []),
        new(
            "review",
            "申请复查",
            [new("review", "我请求由上一级单位复查")],
            "每次调解结束后只能申请一次复查。不影响您向人民法院起诉。",
            new("您对哪些方面有异议", IsRequired: true),
            (party, _) => new DisputeFact.ReviewAsked(party)),
        new(
            "reopen",
            "申请重新调解",
            [new("reopen", "我请求重新调解")],
            "重新调解需要其他当事人再次同意。",
            new("申请重新调解的理由", IsRequired: true),
            (party, _) => new DisputeFact.Reopened(party)),
    ];

    private static int StarsOf(string? choice) => int.Parse(choice!, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string ChoiceOf(int stars) => stars.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a party may write along.</summary>
/// <param name="Title">Chinese.</param>
/// <param name="IsRequired">Whether it must.</param>
internal sealed record PartyText(string Title, bool IsRequired)
{
    public const int CharactersMax = 2000;
}
