using System.Text.Json;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Units;

namespace Workflows.Web.Parties;

/// <summary>
/// A case in words for those it is about. Nothing here comes from what units write to each other: a line of the journal
/// is told in a sentence of its own, or not at all.
/// </summary>
internal static class PartyWords
{
    private static readonly Dictionary<DisputeStatus, string> Statuses = new()
    {
        [DisputeStatus.Registered] = "已登记",
        [DisputeStatus.Offered] = "已登记，等待调解组织接手",
        [DisputeStatus.Mediating] = "正在调解",
        [DisputeStatus.AwaitingConsent] = "等待各方答复：是否同意由上一级继续调解",
        [DisputeStatus.Settled] = "已达成调解协议",
        [DisputeStatus.Refused] = "有一方不愿意调解，调解已终止",
        [DisputeStatus.Withdrawn] = "申请已撤回，调解已终止",
        [DisputeStatus.Merged] = "已并入另一起纠纷继续调解",
        [DisputeStatus.Failed] = "未能达成协议，调解已终止",
    };

    /// <summary>What a line of the journal means to a party; a line that is not here is not told.</summary>
    private static readonly Dictionary<string, string> Lines = new(StringComparer.Ordinal)
    {
        ["Registered"] = "纠纷已登记受理。",
        ["Offered"] = "已交调解组织办理。",
        ["SignedFor"] = "调解组织已接手。",
        ["MediationConsent"] = "有一方答复了是否同意调解。",
        ["ConsentAnswered"] = "有一方答复了是否同意由上一级继续调解。",
        ["RepresentativesNamed"] = "有一方推选了代表人。",
        ["SessionHeld"] = "进行了一次调解。",
        ["SessionPlanned"] = "约定了一次调解。",
        ["SessionMoved"] = "约定的调解改期。",
        ["SessionCancelled"] = "约定的调解取消。",
        ["SessionsCancelled"] = "本级调解结束，约定的调解取消。",
        ["MediatorsNamed"] = "调解组织指定了调解员。",
        ["MediatorAgreed"] = "各方共同选定了调解员。",
        ["AvoidanceAsked"] = "有人申请调解员回避，等待决定。",
        ["AvoidanceAccepted"] = "决定：调解员回避。",
        ["AvoidanceRefused"] = "决定：调解员不回避。",
        ["ConflictDeclared"] = "一名调解员主动回避。",
        ["Joined"] = "另一起相关纠纷并入本案。",
        ["Merged"] = "本案并入另一起纠纷，在该案中继续调解。",
        ["SplitOff"] = "部分当事人的纠纷分出，另案继续调解。",
        ["Suspended"] = "调解暂时中止，期限相应顺延。",
        ["Resumed"] = "调解恢复进行。",
        ["Extended"] = "调解期限已延长。",
        ["ConsentAsked"] = "征询各方是否同意由上一级继续调解。",
        ["Transferred"] = "经各方同意，已移送上一级调解组织。",
        ["Settled"] = "达成调解协议。",
        ["Refused"] = "有一方不愿意调解，调解终止。",
        ["Withdrawn"] = "申请人撤回申请，调解终止。",
        ["Failed"] = "未能达成协议，调解终止。",
        ["TookEffect"] = "调解协议已生效。",
        ["ConfirmationApplied"] = "各方已共同申请司法确认。",
        ["Confirmed"] = "法院已确认调解协议。",
        ["ConfirmationRejected"] = "法院未确认调解协议。",
        ["ConfirmationLapsed"] = "逾期未共同申请司法确认。",
        ["ClausePerformed"] = "协议条款已履行。",
        ["ClauseNotPerformed"] = "有协议条款没有履行。",
        ["CalledBack"] = "调解组织进行了回访。",
        ["Rated"] = "有一方作了评价。",
        ["MendTold"] = "责任单位反馈了对评价的处理情况。",
        ["ReviewAsked"] = "有一方申请了复查。",
        ["ReviewAnswered"] = "复查申请已答复。",
        ["Reopened"] = "应一方申请，重新调解，须其他各方再次同意。",
        ["Closed"] = "后续事项结束，已归档。",
    };

    /// <summary>What a follow-up's end means to a party; what is not here is for the units only.</summary>
    private static readonly Dictionary<FollowUpKind, string> FollowUps = new()
    {
        [FollowUpKind.Signatures] = "补齐签名盖章的期限",
        [FollowUpKind.Confirmation] = "共同申请司法确认的期限",
        [FollowUpKind.Performance] = "协议条款履行的期限",
        [FollowUpKind.Mend] = "责任单位向您反馈的期限",
        [FollowUpKind.Review] = "答复您复查申请的期限",
        [FollowUpKind.Rating] = "您可以评价，至",
        [FollowUpKind.ReviewAsking] = "您可以申请复查，至",
        [FollowUpKind.Reopening] = "您可以申请重新调解，至",
    };

    /// <summary>In what representatives speak for their side.</summary>
    private static readonly Dictionary<string, string> Matters = new(StringComparer.Ordinal)
    {
        [DisputeGroups.MediatorChoice] = "选择调解员",
        [DisputeGroups.MoreTime] = "同意延长期限",
    };

    /// <summary>Who speaks for the party's side, without a name; null when everybody does so himself, and after the end.</summary>
    public static string? Group(Dispute dispute, Party party, DisputeProcess process)
    {
        var representatives = dispute.Parties.Count(other => other.Role == party.Role && other.Represents == true);
        return representatives == 0 || dispute.Outcome is not null || process.Group?.SpeakFor is not { } matters ? null
            : $"{(party.Represents == true ? "您是您方的代表人，代表您方" : $"您方已推选{representatives}名代表人，由其代表您方")}{string.Join("、", matters.Select(matter => Matters[matter]))}。"
                + "是否同意调解、是否移送上级、是否达成协议，由每位当事人自己决定。";
    }

    /// <summary>Where the case stands; its dates are those of the day on which it was halted until it goes on.</summary>
    public static string Status(Dispute dispute) =>
        dispute.Suspension is null ? Status(dispute.Status) : "调解暂时中止，恢复后各项期限相应顺延";

    public static string Status(DisputeStatus status) =>
        Statuses.GetValueOrDefault(status) ?? JsonNamingPolicy.CamelCase.ConvertName(status.ToString());

    public static string Level(Level level) => level switch
    {
        Orchestrations.Units.Level.Village => "村（社区）调解",
        Orchestrations.Units.Level.Township => "镇（街道）调解",
        Orchestrations.Units.Level.County => "县级调解",
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };

    public static IReadOnlyList<PartyEvent> History(IEnumerable<JournalEntry> journal, CountyCalendar calendar) =>
    [
        .. journal
            .Where(entry => Lines.ContainsKey(entry.Line.What))
            .Select(entry => new PartyEvent(calendar.LocalDate(entry.At), Lines[entry.Line.What])),
    ];

    /// <summary>The terms that run, the nearest first.</summary>
    /// <param name="dispute">The case.</param>
    /// <param name="party">Who looks; what is owed to another party is not shown.</param>
    public static IReadOnlyList<PartyDate> Dates(Dispute dispute, string party) =>
    [
        .. new (string Title, Clock? Clock)[]
            {
                ("调解组织接手的期限", dispute.SignFor),
                ("本级调解的期限", dispute.Term),
                ("您答复的期限", HasAnswered(dispute, party) ? null : dispute.ConsentTerm),
                ("整个调解的期限", dispute.Total),
            }
            .Where(term => term.Clock is not null)
            .Select(term => (term.Title, Deadline: term.Clock!.Deadline))
            .Concat((dispute.Aftercare?.Open ?? [])
                .Where(item => FollowUps.ContainsKey(item.Kind) && IsOf(item, party))
                .Select(item => (Title: FollowUps[item.Kind] + (item.Kind == FollowUpKind.Performance ? $"（第{item.About}条）" : ""), item.Clock.Deadline)))
            .OrderBy(term => term.Deadline.Date)
            .Select(term => new PartyDate(term.Title, term.Deadline.Date, [.. term.Deadline.Why.Select(step => step.TextZh)])),
    ];

    private static bool HasAnswered(Dispute dispute, string party) =>
        dispute.Parties.First(known => known.Id == party).GoUp != ConsentToGoUp.NotAsked;

    private static bool IsOf(FollowUp item, string party) => item.Kind is not (FollowUpKind.Mend or FollowUpKind.Review) || item.About == party;
}
