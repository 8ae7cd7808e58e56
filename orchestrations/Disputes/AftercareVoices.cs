using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>What the parties say after the end, and what it sets going. It never changes the outcome.</summary>
internal static class AftercareVoices
{
    public const int StarsMax = 5;

    public static Step<Dispute, DisputeFact> Called(DisputeDraft draft, DisputeFact.CalledBack called)
    {
        if ((Speakers.HandlerOrAbove(draft) ?? AftercareOwner.NoSuchParty(draft, called.Party)) is { } refusal)
        {
            return refusal;
        }

        var (aftercare, triesMax) = (draft.State.Aftercare!, draft.Rules.Process.Aftercare!.CallBackTriesMax);
        var party = Of(aftercare, called.Party);
        if (!IsCallDue(aftercare, called.Party) || party.IsCalled(triesMax))
        {
            return draft.Refuse("no-call-due", $"No call to {called.Party} is due.");
        }

        party = party with { CallBack = called.Result, Calls = party.Calls + 1 };
        aftercare = aftercare.With(party);
        if (party.IsCalled(triesMax) && aftercare.Find(FollowUpKind.CallBack, party.Id) is not null)
        {
            aftercare = AftercareFacts.Finish(aftercare, FollowUpKind.CallBack, party.Id);
        }

        if (aftercare.Parties.All(known => known.IsCalled(triesMax))
            && (aftercare.Find(FollowUpKind.CallBack) is not null || aftercare.Left?.Contains(FollowUpKind.CallBack) == true))
        {
            aftercare = AftercareFacts.Finish(aftercare, FollowUpKind.CallBack);
        }

        draft.State = draft.State with { Aftercare = aftercare };
        draft.Line(
            "CalledBack",
            $"{party.Id} called, try {AftercareOwner.Number(party.Calls)}: {called.Result}.",
            $"第{AftercareOwner.Number(party.Calls)}次回访当事人{party.Id}：{AftercareWords.Zh(called.Result)}。",
            textId: draft.Occasion.Id);
        return AftercareDates.Done(draft);
    }

    public static Step<Dispute, DisputeFact> Rate(DisputeDraft draft, DisputeFact.Rated rated)
    {
        if (Speakers.ForParty(draft, rated.Party) is { } refusal)
        {
            return refusal;
        }

        if (rated.Stars is < 1 or > StarsMax)
        {
            return draft.Refuse("stars", $"A rating has 1 to {StarsMax} stars.");
        }

        var (aftercare, rules) = (draft.State.Aftercare!, draft.Rules.Process.Aftercare!);
        if (aftercare.Find(FollowUpKind.Rating) is null)
        {
            return draft.Refuse("rating-window-over", "The time to rate is over.");
        }

        var isOwn = rules.OwnStarsStand == true && draft.Occasion.Via == Speakers.PartyVia;
        if (!isOwn && Of(aftercare, rated.Party).RatedItself == true)
        {
            return draft.Refuse("rated-by-itself", $"{rated.Party} has rated with its own code; only the party changes that.");
        }

        var party = Of(aftercare, rated.Party) with
        {
            Stars = rated.Stars,
            RatingTextId = rated.HasText ? draft.Occasion.Id : null,
            RatedItself = isOwn ? true : null,
        };
        draft.State = draft.State with { Aftercare = aftercare.With(party) };
        draft.Line("Rated", $"{party.Id} rates {AftercareOwner.Number(rated.Stars)} of {StarsMax}.", $"当事人{party.Id}评价{AftercareOwner.Number(rated.Stars)}星。", textId: party.RatingTextId);

        // What was mended once is not mended again by the same party's next star; a review is its next way.
        if (rated.Stars <= rules.PoorStarsMax && party.Mended is null)
        {
            StartMending(draft, party, rules);
        }

        return AftercareDates.Done(draft);
    }

    public static Step<Dispute, DisputeFact> Mend(DisputeDraft draft, string id)
    {
        if ((Speakers.HandlerOrAbove(draft) ?? AftercareOwner.NoSuchParty(draft, id)) is { } refusal)
        {
            return refusal;
        }

        var aftercare = draft.State.Aftercare!;
        if (Of(aftercare, id) is not { Mended: false } party)
        {
            return draft.Refuse("nothing-to-mend", $"No poor rating of {id} waits for an answer.");
        }

        aftercare = AftercareFacts.Finish(aftercare, FollowUpKind.Mend, id);
        draft.State = draft.State with { Aftercare = aftercare.With(party with { Mended = true, MendTextId = draft.Occasion.Id }) };
        draft.Line("MendTold", $"{id} was told what came of its rating.", $"已向当事人{id}反馈整改情况。", textId: draft.Occasion.Id);
        return AftercareDates.Done(draft);
    }

    /// <summary>A poor rating is looked into, and its party is called in every case, one that was called before too.</summary>
    private static void StartMending(DisputeDraft draft, PartyAftercare party, AftercareRules rules)
    {
        var responsible = draft.Responsible(draft.State.Handler);
        draft.State = draft.State with { Aftercare = draft.State.Aftercare!.With(party with { Mended = false, CallBack = null, Calls = 0 }) };
        var mend = AftercareStart.Follow(draft, FollowUpKind.Mend, rules.Mend, party.Id);
        if (draft.State.Aftercare!.Find(FollowUpKind.CallBack) is null)
        {
            AftercareStart.Follow(draft, FollowUpKind.CallBack, rules.CallBack, party.Id);
        }

        draft.Line(
            "MendAsked",
            $"A poor rating: {responsible.Id} looks into it, mends, and tells {party.Id} by {Why.Iso(mend.Clock.Deadline.Date)}.",
            $"差评：由{responsible.Name}核实整改，{DeadlineText.Zh(mend.Clock.Deadline.Date)}前向当事人{party.Id}反馈。",
            mend.Clock.Deadline);
        draft.Say(
            "dispute-poor-rating",
            responsible.Id,
            due: mend.Clock.Deadline,
            of: party.Id,
            more: [("about", AftercareWords.About(mend)), ("stars", AftercareOwner.Number(party.Stars!.Value))]);
    }

    private static PartyAftercare Of(Aftercare aftercare, string party) => aftercare.Parties.First(known => known.Id == party);

    private static bool IsCallDue(Aftercare aftercare, string party) =>
        aftercare.Find(FollowUpKind.CallBack) is not null
        || aftercare.Find(FollowUpKind.CallBack, party) is not null
        || aftercare.Left?.Contains(FollowUpKind.CallBack) == true;
}
