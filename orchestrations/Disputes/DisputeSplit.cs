using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>
/// The matter of some parties goes on in a case of its own: same handler, same level, same clocks, so a split wins no time.
/// A party to both matters stays here and is a party there too.
/// </summary>
internal static class DisputeSplit
{
    /// <summary>The text that tells the new case's matter.</summary>
    public const string SummaryText = "summary";

    private const int PartiesMin = 3;

    public static Step<Dispute, DisputeFact> Ask(DisputeDraft draft, DisputeFact.SplitAsked asked)
    {
        var dispute = draft.State;
        var category = asked.Category ?? dispute.Category;
        if ((Speakers.Handler(draft) ?? DisputeMerge.NotFit(draft) ?? Wrong(draft, asked, category)) is { } refusal)
        {
            return refusal;
        }

        IReadOnlyList<string> also = asked.Also ?? [];
        var gone = dispute.Parties.Where(party => asked.Parties.Contains(party.Id)).ToList();
        var there = dispute.Parties.Where(party => asked.Parties.Contains(party.Id) || also.Contains(party.Id)).ToList();
        List<MovedParty> moved = [.. there.Select((party, index) => new MovedParty(party.Id, asked.Case, $"p{AftercareOwner.Number(index + 1)}", also.Contains(party.Id)))];
        var split = New(draft, asked, category, [.. there.Zip(moved).Select(pair => pair.First with { Id = pair.Second.As })]);
        var move = new MovePeople(
            dispute.Id, asked.Case, moved, [new TextCopy(draft.Occasion.Id, SummaryText)], dispute.Place, category, draft.Occasion.At);

        draft.State = DisputeTies.Linked(dispute, asked.Case) with
        {
            Parties = [.. dispute.Parties.Except(gone)],
            People = Math.Max(dispute.Parties.Count - gone.Count, dispute.People - asked.People + also.Count),
            MovedParties = [.. dispute.MovedParties ?? [], .. moved],
            MediatorChoices = dispute.MediatorChoices?.Where(choice => !asked.Parties.Contains(choice.Party)).ToList() is { Count: > 0 } choices ? choices : null,
        };
        draft.State = PeopleMoves.Begin(draft, move);
        draft.Line(
            "SplitOff",
            $"{string.Join(", ", gone.Select(party => party.Id))} go on in {asked.Case}{(also.Count > 0 ? $", to which {string.Join(", ", also)} are parties too" : "")}.",
            $"部分当事人的纠纷分出，另立{draft.CodeOf(asked.Case)}继续办理。",
            textId: draft.Occasion.Id);
        draft.Say("dispute-split", dispute.Handler, of: asked.Case, more: ("other", draft.CodeOf(asked.Case)));
        return DisputeTies.With(
            draft.Done(),
            perform: move,
            start: StartFlow.Of(DisputeEscalation.FlowName, DisputeTies.FlowOf(asked.Case), CaseRecord.Fresh(asked.Case, split)));
    }

    /// <summary>The first step of a case that was split off: it is mediated already, by the clocks it brings along.</summary>
    public static Step<Dispute, DisputeFact> Open(DisputeDraft draft, SplitOrigin origin)
    {
        var dispute = draft.State;
        draft.State = dispute with { Status = DisputeStatus.Mediating, Offers = 1 };
        draft.Line(
            "Registered",
            $"Split off from {origin.Case}: {draft.Rules.CategoryOf(dispute.Category).Name}, {dispute.People} people; to be settled in all by {Why.Iso(dispute.Total!.Deadline.Date)}, as there.",
            $"自{draft.CodeOf(origin.Case)}分案：{draft.NameOf(dispute.Place)}，{draft.Rules.CategoryOf(dispute.Category).NameZh}，涉及{dispute.People}人，期限不重新起算。",
            dispute.Total.Deadline,
            dispute.SummaryText);
        DisputeDanger.AskAnew(draft);
        return draft.Done();
    }

    private static Dispute New(DisputeDraft draft, DisputeFact.SplitAsked asked, string category, IReadOnlyList<Party> parties)
    {
        var dispute = draft.State;
        return new Dispute(
            asked.Case,
            dispute.Rules,
            dispute.Place,
            category,
            asked.People,
            dispute.Danger,
            parties,
            draft.Occasion.By,
            "split",
            draft.Occasion.At,
            SummaryText,
            Level: dispute.Level,
            Handler: dispute.Handler,
            FormerHandlers: dispute.FormerHandlers,
            Term: dispute.Term,
            Total: dispute.Total,
            DangerSigns: dispute.DangerSigns,
            Suspensions: dispute.Suspensions,
            Extensions: dispute.Extensions,
            Mediators: dispute.Mediators,
            Avoidances: dispute.Avoidances is null ? null : [.. dispute.Avoidances.Where(wish => wish.Accepted == true)],
            Links: [dispute.Id],
            LiftTo: draft.Rules.Process.DangerFollows == true ? dispute.LiftTo : null,
            SplitFrom: new SplitOrigin(dispute.Id, dispute.SplitFrom?.OpenedAt ?? dispute.OpenedAt));
    }

    private static Step<Dispute, DisputeFact>? Wrong(DisputeDraft draft, DisputeFact.SplitAsked asked, string category)
    {
        var dispute = draft.State;
        IReadOnlyList<string> also = asked.Also ?? [];
        IReadOnlyList<string> named = [.. asked.Parties, .. also];
        if (dispute.Status != DisputeStatus.Mediating)
        {
            return draft.Refuse("not-mediating", $"The dispute is not being mediated; it is {dispute.Status}.");
        }

        if (DisputeMerge.NotSettledYet(draft) is { } unsettled)
        {
            return unsettled;
        }

        if (dispute.Parties.Count < PartiesMin)
        {
            return draft.Refuse("too-few-parties", $"Only a case of {AftercareOwner.Number(PartiesMin)} parties or more is split.");
        }

        if (named.FirstOrDefault(id => !dispute.Parties.Any(party => party.Id == id)) is { } unknown)
        {
            return draft.Refuse("unknown-party", $"The dispute has no party {unknown}.");
        }

        if (asked.Parties.Count == 0 || named.Distinct(StringComparer.Ordinal).Count() < named.Count)
        {
            return draft.Refuse("split-parties", "At least one party goes, and each is named once.");
        }

        if (!HasBothSides(dispute.Parties.Where(party => !asked.Parties.Contains(party.Id))) || !HasBothSides(dispute.Parties.Where(party => named.Contains(party.Id))))
        {
            return draft.Refuse("one-sided", "Both cases need an applicant and a respondent.");
        }

        if (!draft.Rules.Process.Categories.Any(known => known.Id == category))
        {
            return draft.Refuse("unknown-category", $"The rules of this case know no category {category}.");
        }

        return asked.People < named.Count || asked.People > dispute.People
            ? draft.Refuse("split-people", $"The new case touches {AftercareOwner.Number(named.Count)} to {AftercareOwner.Number(dispute.People)} people, not {AftercareOwner.Number(asked.People)}.")
            : null;
    }

    private static bool HasBothSides(IEnumerable<Party> parties) => parties.Select(party => party.Role).Distinct().Count() == 2;
}
