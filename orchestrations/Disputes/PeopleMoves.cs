using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>
/// Names follow their parties into another case. The state says what is still to be moved until it is, so neither a crash
/// nor a store that is down for a day leaves a party without its name.
/// </summary>
internal static class PeopleMoves
{
    public static Dispute Begin(DisputeDraft draft, MovePeople request) => draft.State with
    {
        PeopleToMove = [.. draft.State.PeopleToMove ?? [], new PeopleToMove(request, draft.Occasion.At + DisputeTies.Patience)],
    };

    public static PeopleToMove? Due(DisputeDraft draft) => draft.State.PeopleToMove?.FirstOrDefault(move => move.TryAgain <= draft.Occasion.At);

    public static Step<Dispute, DisputeFact> Again(DisputeDraft draft, PeopleToMove due)
    {
        draft.State = draft.State with
        {
            PeopleToMove = [.. draft.State.PeopleToMove!.Select(move => move == due ? move with { TryAgain = draft.Occasion.At + DisputeTies.Patience } : move)],
        };
        draft.Line("PeopleMoving", $"The names of parties go from {due.Request.From} to {due.Request.To} once more.", "当事人信息再次转移。");
        return DisputeTies.With(draft.Done(), perform: due.Request);
    }

    public static Step<Dispute, DisputeFact> Done(DisputeDraft draft, string to)
    {
        if (draft.State.PeopleToMove?.FirstOrDefault(move => move.Request.To == to) is not { } done)
        {
            return new Step<Dispute, DisputeFact>.Nothing();
        }

        draft.State = draft.State with { PeopleToMove = draft.State.PeopleToMove.Where(move => move != done).ToList() is { Count: > 0 } left ? left : null };
        draft.Line("PeopleMoved", $"The names of parties have gone from {done.Request.From} to {to}.", "当事人信息已转移。");
        return draft.Done();
    }

    /// <summary>The next date tries again.</summary>
    public static Step<Dispute, DisputeFact> Failed(DisputeDraft draft)
    {
        draft.Line("PeopleNotMoved", "The names of parties could not be moved; it is tried again.", "当事人信息转移未成功，将再次转移。");
        return draft.Done();
    }
}
