using Workflows.Orchestrations.Cases;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>A running dispute goes over to another version of the rules, and whoever has a date that moves is told.</summary>
internal static class DisputeRulesChange
{
    /// <param name="draft">Decided under the version that it goes over to.</param>
    /// <param name="version">That version.</param>
    public static Step<Dispute, DisputeFact> Take(DisputeDraft draft, string version)
    {
        var dispute = draft.State;
        if (dispute.Rules == version)
        {
            return new Step<Dispute, DisputeFact>.Nothing();
        }

        if (draft.Rules.Version != version)
        {
            return draft.Refuse("other-rules", $"The change to {version} is decided under {version}, not under {draft.Rules.Version}.");
        }

        var recount = DisputeRecount.Of(dispute, draft.Rules, draft.Occasion.At);
        var owners = Owners(draft, recount.Moved);
        draft.State = recount.State;
        draft.Lines(RulesJournal.Lines(dispute.Rules, version, recount.Moved, recount.Keeps));
        foreach (var owner in owners)
        {
            draft.Say("dispute-dates-moved", owner.Key, of: draft.Occasion.Id, more: ("dates", string.Concat(owner.Select(RulesJournal.Zh))));
        }

        return draft.Done();
    }

    /// <summary>Who is reminded of each date; nobody is of a window.</summary>
    private static List<IGrouping<string, MovedDate>> Owners(DisputeDraft draft, IReadOnlyList<MovedDate> moved)
    {
        if (moved.Count == 0)
        {
            return [];
        }

        var dispute = draft.State;
        Dictionary<(string, string), string> owners = [];
        foreach (var kind in DisputeClocks.All)
        {
            foreach (var running in kind.Of(dispute))
            {
                owners[(running.Name, running.Of)] = kind.Remind.To(draft, running);
            }
        }

        foreach (var item in (dispute.Aftercare?.Open ?? []).Where(item => !item.IsWindow))
        {
            owners[(AftercareWords.Id(item.Kind), item.About ?? "")] = AftercareOwner.Of(draft, item);
        }

        return [.. moved.Where(date => owners.ContainsKey((date.Clock, date.Of))).GroupBy(date => owners[(date.Clock, date.Of)])];
    }
}
