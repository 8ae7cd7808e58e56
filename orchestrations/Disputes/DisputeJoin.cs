using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Disputes;

/// <summary>
/// A case takes another in: its parties under new ids, how many people it touches, its signs of danger. The earlier of both
/// total terms counts, so nothing is won by it.
/// </summary>
public static class DisputeJoin
{
    /// <summary>Parties of one case.</summary>
    public const int PartiesMax = 50;

    /// <summary>Why the case would not take another in now; null when it would. For the edge, which asks both before it sends.</summary>
    /// <param name="dispute">The case that would take it in.</param>
    /// <param name="other">The case that would be taken in.</param>
    /// <param name="same">Parties that are in both.</param>
    /// <param name="occasion">Who asks, and when.</param>
    /// <param name="rules">Those of the first.</param>
    public static Step<Dispute, DisputeFact>.Refused? Refusal(
        Dispute dispute, Dispute other, IReadOnlyList<SameParty> same, Occasion occasion, DisputeRules rules)
    {
        var draft = new DisputeDraft(dispute, occasion, rules);
        return Wrong(draft, DisputeMerge.Joining(other, same)) as Step<Dispute, DisputeFact>.Refused;
    }

    /// <summary>
    /// Another level is another mediating organisation, and more time is what every party agrees to (人民调解法 3, 17): neither
    /// comes about by a merge.
    /// </summary>
    /// <param name="draft">The step; of either of both cases.</param>
    /// <param name="joining">The case that is taken in, as it is now.</param>
    /// <param name="into">The other.</param>
    /// <param name="level">Where the other is.</param>
    internal static Step<Dispute, DisputeFact>? OverTheirHeads(DisputeDraft draft, JoiningCase joining, string into, Level level)
    {
        if (joining.Level > level)
        {
            return draft.Refuse("lower-level", $"{joining.Case} is at {Words.En(joining.Level.Value)} level and {into} at {Words.En(level)} level; no case goes back down.");
        }

        // Who has only been offered a level has not been mediated there.
        var asked = joining.Level == level || joining.IsMediated != true ? []
            : joining.Parties.Where(party => party.GoUp is not (ConsentToGoUp.Once or ConsentToGoUp.Blanket) && !joining.Same.Any(pair => pair.Party == party.Id)).Select(party => party.Id).ToList();
        return asked.Count > 0
            ? draft.Refuse("consent-missing", $"{into} is at {Words.En(level)} level, to which not every party of {joining.Case} has consented to go up: {string.Join(", ", asked)}.")
            : null;
    }

    internal static Step<Dispute, DisputeFact> Ask(DisputeDraft draft, JoiningCase joining)
    {
        if (draft.Occasion.Via != DisputeTies.Via)
        {
            return draft.Refuse("not-yours", "Only another case says this.");
        }

        if (draft.State.Joined?.FirstOrDefault(known => known.Case == joining.Case) is { } there)
        {
            draft.Line("JoinedAlready", $"{joining.Case} asks once more and was taken in before.", $"{draft.CodeOf(joining.Case)}已并入本案。");
            return Answer(draft, draft.Done(), joining, new DisputeFact.JoinAnswered(draft.State.Id, there.Parties, Level: draft.State.Level));
        }

        if (Wrong(draft, joining) is Step<Dispute, DisputeFact>.Refused refused)
        {
            draft.Line("JoinRefused", $"{joining.Case} is not taken in: {refused.Reason}", $"未并入{draft.CodeOf(joining.Case)}。");
            return Answer(draft, draft.Done(), joining, new DisputeFact.JoinAnswered(draft.State.Id, Code: refused.Code, Reason: refused.Reason));
        }

        return TakeIn(draft, joining);
    }

    private static Step<Dispute, DisputeFact> TakeIn(DisputeDraft draft, JoiningCase joining)
    {
        var dispute = draft.State;
        var (moved, added) = Parties(dispute, joining);
        var text = joining.SummaryText is null ? null : $"{joining.Case}.{joining.SummaryText}";
        var signs = (dispute.DangerSigns ?? []).Concat(joining.DangerSigns ?? []).Distinct(StringComparer.Ordinal).ToList();
        var before = Triage.Of(dispute, draft.Rules.Process);
        draft.State = DisputeTies.Linked(dispute, joining.Case) with
        {
            Parties = draft.Rules.Process.Group?.SpeakFor is null ? [.. dispute.Parties, .. added] : DisputeGroups.Joined(dispute.Parties, added),
            People = dispute.People + joining.People - joining.Same.Count,
            Danger = dispute.Danger || joining.Danger,
            DangerSigns = signs.Count > 0 ? signs : null,
            Total = Earlier(dispute.Total, joining.Total),
            Joined = [.. dispute.Joined ?? [], new JoinedCase(joining.Case, draft.Occasion.At, moved, [.. added.Select(party => party.Id)], joining.People - joining.Same.Count, draft.Occasion.Id, Unconfirmed: joining.Level is null ? null : true)],
        };
        var move = new MovePeople(
            joining.Case,
            dispute.Id,
            [.. moved.Where(party => !joining.Same.Any(pair => pair.Party == party.Party)).Select(party => party with { Stays = true })],
            [
                .. text is null ? [] : new[] { new TextCopy(joining.SummaryText!, text) },
                .. (joining.Avoidances ?? []).Select(wish => new TextCopy(wish.Text, MediatorAvoidance.TextOf(joining.Case, wish))),
            ],
            dispute.Place,
            dispute.Category,
            dispute.OpenedAt);
        draft.State = PeopleMoves.Begin(draft, move);
        draft.Line(
            "Joined",
            $"{joining.Case} is taken in: {string.Join(", ", moved.Select(party => $"{party.Party} is {party.As}"))}; in all by {Why.Iso(draft.State.Total!.Deadline.Date)}.",
            $"{draft.CodeOf(joining.Case)}并入本案，当事人增至{draft.State.Parties.Count}方。",
            draft.State.Total.Deadline,
            text);
        draft.Say("dispute-joined", dispute.Handler, due: draft.State.Total.Deadline, of: joining.Case, more: ("other", draft.CodeOf(joining.Case)));
        MediatorAvoidance.Come(draft, joining);
        if (Triage.Of(draft.State, draft.Rules.Process) is { Alert: true } after && !before.Alert)
        {
            DisputeDanger.Alert(draft, after, $"j{draft.State.Joined!.Count}");
        }

        // Where it is after this step is where the parties are to go on.
        var step = Lifted(draft);
        return Answer(draft, step, joining, new DisputeFact.JoinAnswered(dispute.Id, moved, Level: draft.State.Level), move);
    }

    /// <summary>The other case has ended by it: its parties are here for good.</summary>
    internal static Step<Dispute, DisputeFact> Confirmed(DisputeDraft draft, DisputeFact.JoinConfirmed confirmed)
    {
        if (draft.Occasion.Via != DisputeTies.Via)
        {
            return draft.Refuse("not-yours", "Only another case says this.");
        }

        if (draft.State.Joined?.FirstOrDefault(known => known.Case == confirmed.From && known.Question == confirmed.Question && known.Unconfirmed == true) is not { } joined)
        {
            return new Step<Dispute, DisputeFact>.Nothing();
        }

        draft.State = draft.State with { Joined = [.. draft.State.Joined.Select(known => known == joined ? joined with { Unconfirmed = null } : known)] };
        draft.Line("JoinConfirmed", $"{joined.Case} has ended by being taken in.", $"{draft.CodeOf(joined.Case)}已因并案终结。");
        return draft.Done();
    }

    /// <summary>More people and more danger ask for a level as they do at registration, and for the parties' consent as always.</summary>
    private static Step<Dispute, DisputeFact> Lifted(DisputeDraft draft)
    {
        if (draft.Rules.Process.DangerFollows != true || Triage.Floor(draft.State, draft.Rules.Process) is not { } floor || !DisputeDanger.Want(draft, floor.Level))
        {
            return draft.Done();
        }

        if (DisputeDanger.CanLift(draft.State))
        {
            return DisputeLevels.GoUp(draft, GoingUpReason.Danger);
        }

        DisputeDanger.AskToLift(draft, floor.ReasonZh, $"j{AftercareOwner.Number(draft.State.Joined!.Count)}");
        return draft.Done();
    }

    /// <summary>Each party of the other case with its id here, and those that are new.</summary>
    private static (List<MovedParty> Moved, List<Party> Added) Parties(Dispute dispute, JoiningCase joining)
    {
        List<MovedParty> moved = [];
        List<Party> added = [];
        var number = 0;
        foreach (var party in joining.Parties)
        {
            if (joining.Same.FirstOrDefault(pair => pair.Party == party.Id) is { } same)
            {
                moved.Add(new MovedParty(party.Id, dispute.Id, same.Is));
                continue;
            }

            string id;
            do
            {
                id = $"p{AftercareOwner.Number(++number)}";
            }
            while (dispute.Parties.Any(known => known.Id == id) || dispute.MovedParties?.Any(known => known.Party == id) == true);
            moved.Add(new MovedParty(party.Id, dispute.Id, id));
            // A consent to the other case's next level is none to this one's.
            added.Add(party with { Id = id, GoUp = party.GoUp == ConsentToGoUp.Once ? ConsentToGoUp.NotAsked : party.GoUp, GoUpSaid = party.GoUp == ConsentToGoUp.Once ? null : party.GoUpSaid });
        }

        return (moved, added);
    }

    private static Step<Dispute, DisputeFact>? Wrong(DisputeDraft draft, JoiningCase joining)
    {
        var dispute = draft.State;
        if ((DisputeMerge.NotFit(draft) ?? Speakers.HandlerOrAbove(draft)) is { } refusal)
        {
            return refusal;
        }

        if (!dispute.Place.StartsWith(joining.Place, StringComparison.Ordinal) && !joining.Place.StartsWith(dispute.Place, StringComparison.Ordinal))
        {
            return draft.Refuse("other-place", $"{joining.Case} arose at {joining.Place}, {dispute.Id} at {dispute.Place}; cases of one place become one.");
        }

        if (joining.Same.FirstOrDefault(pair => !dispute.Parties.Any(party => party.Id == pair.Is)) is { } unknown)
        {
            return draft.Refuse("unknown-party", $"{dispute.Id} has no party {unknown.Is}.");
        }

        return dispute.Parties.Count + joining.Parties.Count - joining.Same.Count > PartiesMax
            ? draft.Refuse("too-many-parties", $"A case takes {AftercareOwner.Number(PartiesMax)} parties.")
            : joining.Level is null ? null
            : OverTheirHeads(draft, joining, dispute.Id, dispute.Level)
            ?? (dispute.Extension is null ? null : draft.Refuse("wish-open", $"More time was asked for {dispute.Id} with the agreement of its parties and is not decided yet."));
    }

    private static Step<Dispute, DisputeFact> Answer(
        DisputeDraft draft, Step<Dispute, DisputeFact> step, JoiningCase joining, DisputeFact.JoinAnswered answer, MovePeople? perform = null) =>
        DisputeTies.With(step, DisputeTies.Tell(joining.Case, DisputeTies.CommandId(draft, "joined"), answer with { Question = draft.Occasion.Id }, draft.Occasion.By), perform);

    /// <summary>The earlier date with its own reminders; those that were said before keep their numbers.</summary>
    private static Clock? Earlier(Clock? own, Clock? other) => own is null || other is null || own.Deadline.At <= other.Deadline.At
        ? own ?? other
        : own with
        {
            Deadline = other.Deadline,
            Reminders = [.. own.Reminders.Take(own.RemindersSaid), .. other.Reminders.Skip(other.RemindersSaid)],
            NextOverdue = other.NextOverdue,
        };
}
