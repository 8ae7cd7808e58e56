using System.Text.Json;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Units;

namespace Workflows.Web.Disputes.Pages;

/// <summary>The words of disputes on pages for units.</summary>
internal static class DisputeText
{
    /// <param name="status">As lists have it, such as <c>awaitingConsent</c>.</param>
    public static string Status(string status) => status switch
    {
        "registered" => "已登记",
        "offered" => "待签收",
        "mediating" => "调处中",
        "awaitingConsent" => "征询移送意见",
        "settled" => "达成协议",
        "refused" => "当事人拒绝",
        "withdrawn" => "撤回",
        "failed" => "调解不成",
        "merged" => "并入他案",
        _ => status,
    };

    public static string Status(DisputeStatus status) => Status(JsonNamingPolicy.CamelCase.ConvertName(status.ToString()));

    /// <param name="reason">As an outcome has it, such as <c>no-consent</c>.</param>
    public static string EndReason(string reason) => reason switch
    {
        "settled" => "达成协议",
        "refused" => "当事人拒绝调解",
        "withdrawn" => "申请人撤回",
        "no-consent" => "未取得移送同意",
        "no-agreement" => "经调解未能达成协议",
        "term-over" => "县级调处期限届满",
        "total-over" => "总期限届满",
        "merged" => "并入他案",
        _ => reason,
    };

    public static string Of(Level level) => level switch
    {
        Level.Village => "村级",
        Level.Township => "镇级",
        Level.County => "县级",
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };

    public static string Light(string light) => light switch
    {
        "red" => "红",
        "yellow" => "黄",
        _ => "绿",
    };

    /// <summary>Why a case stands on the board.</summary>
    public static string Cause(string cause) => cause switch
    {
        "nobody-there" => "应办层级无人可办，已交上级",
        "not-signed-for" => "未按期签收",
        "duty-box" => "由县值班信箱承办",
        "return-silent" => "退回申请未按期答复",
        "provisional-date" => "期限落在尚无日历的年份",
        "session-unrecorded" => "约定的调解没有记录",
        "session-to-move" => "中止期间约定的调解须改期",
        "merge-unanswered" => "并案申请尚未答复",
        _ => cause,
    };

    public static string Of(Consent consent) => consent switch
    {
        Consent.Yes => "同意",
        Consent.No => "不同意",
        Consent.NotAsked => "未征询",
        _ => throw new ArgumentOutOfRangeException(nameof(consent)),
    };

    public static string Of(ConsentToGoUp consent) => consent switch
    {
        ConsentToGoUp.Blanket => "一次性同意逐级移送",
        ConsentToGoUp.Once => "同意移送上一级",
        ConsentToGoUp.No => "不同意",
        ConsentToGoUp.NotAsked => "未征询",
        _ => throw new ArgumentOutOfRangeException(nameof(consent)),
    };

    public static string Of(PartyRole role) => role == PartyRole.Applicant ? "申请人" : "被申请人";

    public static string Of(SessionForm form) => form == SessionForm.Online ? "线上" : "现场";
}
