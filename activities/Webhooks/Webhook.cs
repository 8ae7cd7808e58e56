namespace Workflows.Activities.Webhooks;

/// <summary>Another system that hears of steps of cases.</summary>
/// <param name="Id">For life.</param>
/// <param name="Url">Where each step is posted to.</param>
/// <param name="Kinds">Of which cases; see <see cref="WebhookKinds"/>.</param>
/// <param name="By">The unit that asked for it.</param>
/// <param name="At">UTC.</param>
/// <param name="Failures">Tries that failed since the last one that did not.</param>
/// <param name="FailingSince">UTC; null while it answers.</param>
/// <param name="NextTry">UTC; nothing is posted before.</param>
/// <param name="LastError">Why the last try failed, English, without anything of the answer's content.</param>
/// <param name="StoppedAt">UTC; nothing is posted and nothing kept for it any more until somebody lets it go on.</param>
public sealed record Webhook(
    string Id,
    string Url,
    IReadOnlyList<string> Kinds,
    string By,
    DateTimeOffset At,
    int Failures = 0,
    DateTimeOffset? FailingSince = null,
    DateTimeOffset? NextTry = null,
    string? LastError = null,
    DateTimeOffset? StoppedAt = null);

/// <summary>The cases whose steps can be heard of.</summary>
public static class WebhookKinds
{
    private static readonly IReadOnlyList<(string Flow, string Kind, string Type)> Known =
    [
        (Orchestrations.Disputes.DisputeEscalation.FlowName, "disputes", "dispute.changed"),
        (Orchestrations.Supervision.TaskSupervision.FlowName, "assignments", "assignment.changed"),
        (Orchestrations.Supervision.Sheets.SupervisionSheet.FlowName, "sheets", "sheet.changed"),
    ];

    /// <summary>As a subscription names them, and as the API's paths do.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Known.Select(known => known.Kind)];

    /// <summary>What the steps of a flow are called; null for flows that are nobody's business outside.</summary>
    internal static (string Kind, string Type)? Of(string flow) =>
        Known.Where(known => known.Flow == flow).Select(known => ((string, string)?)(known.Kind, known.Type)).FirstOrDefault();
}
