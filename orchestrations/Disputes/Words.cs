using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Disputes;

/// <summary>The room's words in Chinese.</summary>
internal static class Words
{
    public static string Zh(Level level) => level switch
    {
        Level.Village => "村级",
        Level.Township => "镇级",
        Level.County => "县级",
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };

    public static string En(Level level) => level switch
    {
        Level.Village => "village",
        Level.Township => "township",
        Level.County => "county",
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };

    public static string Zh(RecordMeans means) => means switch
    {
        RecordMeans.Oral => "口头",
        RecordMeans.Written => "书面",
        RecordMeans.Phone => "电话",
        RecordMeans.Online => "网上",
        _ => throw new ArgumentOutOfRangeException(nameof(means)),
    };

    public static string Zh(AgreementForm form) => form == AgreementForm.Oral ? "口头协议" : "书面协议";

    public static string Zh(GoingUpReason reason) => reason switch
    {
        GoingUpReason.TermOver => "本级调处期限届满",
        GoingUpReason.NotSignedFor => "未按期签收",
        GoingUpReason.Asked => "承办单位提请",
        GoingUpReason.Returned => "承办单位退回",
        GoingUpReason.ReturnSilent => "上级未按期答复退回",
        GoingUpReason.Danger => "出现危险迹象",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    public static string En(GoingUpReason reason) => reason switch
    {
        GoingUpReason.TermOver => "the level's term is over",
        GoingUpReason.NotSignedFor => "nobody signed for it in time",
        GoingUpReason.Asked => "the handler asks the next level",
        GoingUpReason.Returned => "the handler gave it back",
        GoingUpReason.ReturnSilent => "nobody decided on its return in time",
        GoingUpReason.Danger => "danger was reported",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
