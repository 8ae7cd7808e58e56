namespace Workflows.Orchestrations.Disputes;

/// <summary>Which matters mediation may not take; asked before anything is written.</summary>
public static class Acceptance
{
    /// <summary>The first rule that keeps the matter out, or null.</summary>
    /// <param name="category">Of the category list.</param>
    /// <param name="matters">Ids of the rules that the registrar says apply.</param>
    /// <param name="process">The rules.</param>
    public static NotAcceptable? Of(string category, IReadOnlyList<string> matters, DisputeProcess process) =>
        (process.NotAcceptable ?? []).FirstOrDefault(rule => matters.Contains(rule.Id) || rule.Categories?.Contains(category) == true);

    /// <summary>One sentence for the API and one for the person at the window.</summary>
    public static string Reason(NotAcceptable rule) =>
        $"{rule.Reason}; the right channel is {rule.Channel} ({rule.Source}). {rule.ReasonZh}，请向{rule.ChannelZh}提出（{rule.Source}）。";
}
