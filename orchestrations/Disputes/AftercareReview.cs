using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>The unit above the last handler looks at the case again, on a party's request.</summary>
internal static class AftercareReview
{
    public static Step<Dispute, DisputeFact> Ask(DisputeDraft draft, string id)
    {
        if (Speakers.ForParty(draft, id) is { } refusal)
        {
            return refusal;
        }

        var aftercare = draft.State.Aftercare!;
        if (aftercare.Find(FollowUpKind.ReviewAsking) is null)
        {
            return draft.Refuse("review-window-over", "The time to ask for a review is over.");
        }

        var party = aftercare.Parties.First(known => known.Id == id);
        if (party.Review is not null)
        {
            return draft.Refuse("review-asked", $"{id} has asked for a review already.");
        }

        var reviewer = AftercareOwner.Reviewer(draft);
        draft.State = draft.State with { Aftercare = aftercare.With(party with { Review = new Review(reviewer, draft.Occasion.Id) }) };
        var item = AftercareStart.Follow(draft, FollowUpKind.Review, draft.Rules.Process.Aftercare!.Review, id);
        draft.Line(
            "ReviewAsked",
            $"{id} asks for a review; {reviewer} answers by {Why.Iso(item.Clock.Deadline.Date)}.",
            $"当事人{id}申请复查，由{draft.NameOf(reviewer)}于{DeadlineText.Zh(item.Clock.Deadline.Date)}前答复。",
            item.Clock.Deadline,
            draft.Occasion.Id);
        draft.Say("dispute-review-asked", reviewer, due: item.Clock.Deadline, of: id, more: ("about", AftercareWords.About(item)));
        return draft.Done();
    }

    public static Step<Dispute, DisputeFact> Answer(DisputeDraft draft, DisputeFact.ReviewAnswered answered)
    {
        var aftercare = draft.State.Aftercare!;
        if (aftercare.Parties.FirstOrDefault(known => known.Id == answered.Party) is not { Review: { Outcome: null } review } party)
        {
            return draft.Refuse("no-review", $"No review waits for an answer to {answered.Party}.");
        }

        if (Speakers.Unit(draft, review.Reviewer, "answers the review") is { } refusal)
        {
            return refusal;
        }

        if (answered.Outcome == ReviewOutcome.Reopen && AftercareReopening.Barred(draft) is { } barred)
        {
            return barred;
        }

        aftercare = AftercareFacts.Finish(aftercare, FollowUpKind.Review, party.Id);
        draft.State = draft.State with
        {
            Aftercare = aftercare.With(party with { Review = review with { Outcome = answered.Outcome, AnswerTextId = draft.Occasion.Id } }),
        };
        var upheld = answered.Outcome == ReviewOutcome.Upheld;
        draft.Line(
            "ReviewAnswered",
            $"{review.Reviewer} answers {party.Id}: {(upheld ? "the end stands" : "the case is taken up again")}.",
            $"{draft.NameOf(review.Reviewer)}答复当事人{party.Id}：{(upheld ? "维持" : "重启调处")}。",
            textId: draft.Occasion.Id);
        draft.Say(
            "dispute-review-answered",
            draft.State.Handler,
            of: party.Id,
            more: [("about", $"当事人{party.Id}"), ("answer", upheld ? "维持原处理结果" : "重启调处"), ("reviewer", draft.NameOf(review.Reviewer))]);
        return upheld ? AftercareDates.Done(draft) : AftercareReopening.Again(draft, party.Id);
    }
}
