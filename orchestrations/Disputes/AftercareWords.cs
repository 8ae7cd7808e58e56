using System.Diagnostics;

namespace Workflows.Orchestrations.Disputes;

/// <summary>What each follow-up is called: in lists and templates, in the journal, and for people.</summary>
public static class AftercareWords
{
    /// <summary>Kebab-case; the end of a list's name and the middle of a template's.</summary>
    public static string Id(FollowUpKind kind) => kind switch
    {
        FollowUpKind.Signatures => "signatures",
        FollowUpKind.Confirmation => "confirmation",
        FollowUpKind.Court => "court",
        FollowUpKind.Performance => "performance",
        FollowUpKind.CallBack => "call-back",
        FollowUpKind.Mend => "mend",
        FollowUpKind.Review => "review",
        FollowUpKind.Rating => "rating",
        FollowUpKind.ReviewAsking => "review-asking",
        FollowUpKind.Reopening => "reopening",
        _ => throw new UnreachableException(),
    };

    public static string En(FollowUpKind kind) => kind switch
    {
        FollowUpKind.Signatures => "collecting signatures",
        FollowUpKind.Confirmation => "joint judicial confirmation",
        FollowUpKind.Court => "the court's decision",
        FollowUpKind.Performance => "performance of clause",
        FollowUpKind.CallBack => "calling the parties back",
        FollowUpKind.Mend => "mending and telling",
        FollowUpKind.Review => "answering the review",
        FollowUpKind.Rating => "rating",
        FollowUpKind.ReviewAsking => "asking for a review",
        FollowUpKind.Reopening => "taking the case up again",
        _ => throw new UnreachableException(),
    };

    public static string Zh(FollowUpKind kind) => kind switch
    {
        FollowUpKind.Signatures => "补齐签名盖章",
        FollowUpKind.Confirmation => "共同申请司法确认",
        FollowUpKind.Court => "法院作出确认决定",
        FollowUpKind.Performance => "协议条款履行",
        FollowUpKind.CallBack => "回访当事人",
        FollowUpKind.Mend => "差评核实整改反馈",
        FollowUpKind.Review => "答复复查申请",
        FollowUpKind.Rating => "评价",
        FollowUpKind.ReviewAsking => "申请复查",
        FollowUpKind.Reopening => "申请重启",
        _ => throw new UnreachableException(),
    };

    /// <summary>With the clause or party it is about.</summary>
    public static string En(FollowUp item) => item.About is null ? En(item.Kind) : $"{En(item.Kind)} ({item.About})";

    public static string Zh(FollowUp item) => item.About is null ? Zh(item.Kind) : $"{Zh(item.Kind)}（{About(item)}）";

    public static string About(FollowUp item) => item.Kind == FollowUpKind.Performance ? $"第{item.About}条" : $"当事人{item.About}";

    public static string Zh(CallBackResult result) => result switch
    {
        CallBackResult.Satisfied => "满意",
        CallBackResult.Unsatisfied => "不满意",
        CallBackResult.Unreachable => "未接通",
        _ => throw new UnreachableException(),
    };

    /// <summary>The list an ended case stands in as long as its flow lives, also when nothing but a window is open.</summary>
    public const string Followed = "disputes.followed";

    /// <summary>The lists an ended case stands in: one for each thing that is followed or was left undone.</summary>
    public static IEnumerable<string> Lists(Dispute dispute)
    {
        if (!dispute.Ended)
        {
            yield return Followed;
        }

        var waiting = dispute.Aftercare is { } aftercare
            ? aftercare.Open.Where(item => !item.IsWindow).Select(item => item.Kind).Concat(aftercare.Left ?? [])
            : [];
        foreach (var kind in waiting.Distinct())
        {
            yield return List(kind);
        }
    }

    private static string List(FollowUpKind kind) => $"disputes.aftercare.{Id(kind)}";
}
