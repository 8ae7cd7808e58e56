using System.Diagnostics;
using Workflows.Orchestrations.Cases;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>
/// What another version of the rules makes of a dispute: its clocks are counted anew. Who has it, at which level and why
/// was decided under the rules of its day and stays.
/// </summary>
public static class DisputeRecount
{
    /// <param name="dispute">Not ended.</param>
    /// <param name="rules">The other version.</param>
    /// <param name="at">When it comes into force for the case.</param>
    public static RulesRecount<Dispute> Of(Dispute dispute, DisputeRules rules, DateTimeOffset at)
    {
        var draft = new RecountDraft(rules, at);
        Needs(dispute, rules, at, draft);
        var after = dispute;
        foreach (var kind in DisputeClocks.All)
        {
            foreach (var running in kind.Of(after).ToList())
            {
                var clock = draft.Of(kind.Name, running.Of, kind.Remind.WhatZh, running.Clock, kind.Policy(after, rules));
                after = kind.Put(after, running.Of, clock);
            }
        }

        return draft.Done(dispute, Followed(after, rules, draft) with { Rules = rules.Version });
    }

    /// <summary>What is followed after the end; the agreement names the last day to ask for confirmation too.</summary>
    private static Dispute Followed(Dispute dispute, DisputeRules rules, RecountDraft draft)
    {
        if (dispute.Aftercare is not { } aftercare)
        {
            return dispute;
        }

        List<FollowUp> open = [.. aftercare.Open.Select(item => item with
        {
            Clock = draft.Of(AftercareWords.Id(item.Kind), item.About ?? "", AftercareWords.Zh(item), item.Clock, PolicyOf(item.Kind, rules.Process)),
        })];
        dispute = dispute with { Aftercare = aftercare with { Open = open } };
        return dispute.Aftercare.Find(FollowUpKind.Confirmation) is { } confirmation && dispute.Outcome?.Agreement is { } agreement
            ? dispute with { Outcome = dispute.Outcome with { Agreement = agreement with { Confirmation = confirmation.Clock.Deadline } } }
            : dispute;
    }

    private static void Needs(Dispute dispute, DisputeRules rules, DateTimeOffset at, RecountDraft draft)
    {
        if (!rules.Process.Categories.Any(category => category.Id == dispute.Category))
        {
            draft.Missing("category-gone", $"There is no category {dispute.Category} any more.", $"纠纷类别{dispute.Category}已不存在");
        }

        draft.Needs(dispute.Handler);
        if (draft.Obstacle is null)
        {
            // Whoever is reminded of a date must be there to be told.
            var step = new DisputeDraft(dispute, new Occasion(at, Occasion.Clock, Occasion.Clock, ""), rules);
            foreach (var kind in DisputeClocks.All)
            {
                foreach (var running in kind.Of(dispute))
                {
                    draft.Needs(kind.Remind.To(step, running));
                }
            }
        }

        foreach (var review in (dispute.Aftercare?.Parties ?? []).Select(party => party.Review).OfType<Review>().Where(review => review.Outcome is null))
        {
            draft.Needs(review.Reviewer);
        }

        if (dispute.Outcome?.Agreement?.Bar is { } bar && rules.Process.Aftercare?.Bars.Any(known => known.Id == bar) != true)
        {
            draft.Missing("bar-gone", $"There is no reason {bar} any more why a court would not confirm.", $"不予司法确认的事由{bar}已不存在");
        }
    }

    private static string? PolicyOf(FollowUpKind kind, DisputeProcess process) => kind switch
    {
        FollowUpKind.Signatures => process.Aftercare?.Signatures,
        FollowUpKind.Confirmation => process.Confirmation,
        FollowUpKind.Court => process.Aftercare?.Court,
        FollowUpKind.Performance => process.Aftercare?.Performance,
        FollowUpKind.CallBack => process.Aftercare?.CallBack,
        FollowUpKind.Mend => process.Aftercare?.Mend,
        FollowUpKind.Review => process.Aftercare?.Review,
        FollowUpKind.Rating => process.Aftercare?.Rating,
        FollowUpKind.ReviewAsking => process.Aftercare?.ReviewAsking,
        FollowUpKind.Reopening => process.Aftercare?.Reopening,
        _ => throw new UnreachableException(),
    };
}
