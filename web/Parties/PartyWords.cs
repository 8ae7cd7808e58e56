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
        ["SessionHeld"] = "进行了一次调解。",
        ["Suspended"] = "调解暂时中止，期限相应顺延。",
        ["Resumed"] = "调解恢复进行。",
        ["Extended"] = "调解期限已延长。",
        ["ConsentAsked"] = "征询各方是否同意由上一级继续调解。",
        ["Transferred"] = "经各方同意，已移送上一级调解组织。",
        ["Settled"] = "达成调解协议。",
        ["Refused"] = "有一方不愿意调解，调解终止。",
        ["Withdrawn"] = "申请人撤回申请，调解终止。",
        ["Failed"] = "未能达成协议，调解终止。",
    };

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
    public static IReadOnlyList<PartyDate> Dates(Dispute dispute) =>
    [
        .. new (string Title, Clock? Clock)[]
            {
                ("调解组织接手的期限", dispute.SignFor),
                ("本级调解的期限", dispute.Term),
                ("您答复的期限", dispute.ConsentTerm),
                ("整个调解的期限", dispute.Total),
            }
            .Where(term => term.Clock is not null)
            .OrderBy(term => term.Clock!.Deadline.Date)
            .Select(term => new PartyDate(term.Title, term.Clock!.Deadline.Date, [.. term.Clock.Deadline.Why.Select(step => step.TextZh)])),
    ];
}
