using System.Globalization;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>
/// A large side speaks by the few it has named, in matters of procedure that the rules list (民事诉讼法 56). Mediation is
/// voluntary, so whether to be mediated, to go up, to end it and what to agree to stays each party's own word (人民调解法 3, 17).
/// </summary>
public static class DisputeGroups
{
    /// <summary>Choosing the mediator.</summary>
    public const string MediatorChoice = "mediator-choice";

    /// <summary>Agreeing to more time.</summary>
    public const string MoreTime = "more-time";

    /// <summary>Every matter in which a side may be spoken for, kebab-case.</summary>
    public static IReadOnlyList<string> Matters { get; } = [MediatorChoice, MoreTime];

    /// <summary>Who speaks in a matter: of a side with representatives those, of any other side everybody.</summary>
    public static IReadOnlyList<Party> Speaking(Dispute dispute, DisputeProcess process, string matter) =>
        [.. dispute.Parties.Where(party => SpokenForBy(dispute, process, matter, party) is null)];

    /// <summary>Who speaks for a party in a matter; null when it does so itself.</summary>
    public static IReadOnlyList<Party>? SpokenForBy(Dispute dispute, DisputeProcess process, string matter, Party party) =>
        party.Represents != true && process.Group?.SpeakFor?.Contains(matter) == true && Of(dispute.Parties, party.Role) is { Count: > 0 } representatives
            ? representatives
            : null;

    /// <summary>Whether all who speak have chosen the same mediator.</summary>
    public static bool HaveChosen(Dispute dispute, DisputeProcess process, IReadOnlyList<MediatorChoice> choices, string mediator) =>
        Speaking(dispute, process, MediatorChoice).All(party => choices.Contains(new MediatorChoice(party.Id, mediator)));

    /// <summary>
    /// The parties of a case and those of another that it takes in. Nobody loses his word to those of the other case: where one
    /// had named representatives of a side and the other none, everybody of that other goes on to speak for himself.
    /// </summary>
    public static IReadOnlyList<Party> Joined(IReadOnlyList<Party> own, IReadOnlyList<Party> added) =>
        [.. own.Select(party => Beside(party, own, added)), .. added.Select(party => Beside(party, added, own))];

    /// <summary>A side names its representatives, or others than before.</summary>
    internal static Step<Dispute, DisputeFact> Name(DisputeDraft draft, DisputeFact.RepresentativesNamed named)
    {
        if (Speakers.HandlerOrAbove(draft) is { } refusal)
        {
            return refusal;
        }

        if (draft.Rules.Process.Group is not { } group)
        {
            return draft.NotInTheseRules("groups");
        }

        if (Wrong(draft, group, named) is { } wrong)
        {
            return wrong;
        }

        var dispute = draft.State;
        var side = dispute.Parties.Where(party => party.Role == named.Role).Select(party => party.Id).ToList();
        // Whoever speaks for the side from now on chooses anew.
        var choices = group.SpeakFor?.Contains(MediatorChoice) == true
            ? (dispute.MediatorChoices ?? []).Where(choice => !side.Contains(choice.Party)).ToList()
            : dispute.MediatorChoices;
        var dropped = (dispute.MediatorChoices?.Count ?? 0) > (choices?.Count ?? 0);
        draft.State = dispute with
        {
            Parties = [.. dispute.Parties.Select(party => party.Role == named.Role ? party with { Represents = named.Parties.Contains(party.Id) ? true : null } : party)],
            MediatorChoices = choices is { Count: > 0 } ? choices : null,
        };
        var representatives = side.Where(named.Parties.Contains).ToList();
        draft.Line(
            "RepresentativesNamed",
            $"The {En(named.Role)}s are represented by {string.Join(", ", representatives)} ({group.Sources}).{(dropped ? " What that side has chosen for a mediator counts no more." : "")}",
            $"{Zh(named.Role)}一方推选{string.Join("、", representatives)}为代表人（{group.Sources}）。{(dropped ? "该方此前对调解员的选择不再计入。" : "")}");
        return draft.Done();
    }

    /// <summary>The refusal of what a party says in a matter in which it is spoken for.</summary>
    internal static Step<Dispute, DisputeFact>? Represented(DisputeDraft draft, string matter, string partyId)
    {
        var party = draft.State.Parties.First(known => known.Id == partyId);
        return SpokenForBy(draft.State, draft.Rules.Process, matter, party) is { } speakers
            ? draft.Refuse("represented", $"{party.Id} is spoken for by {Ids(speakers)} ({draft.Rules.Process.Group!.SpeakForSource}).")
            : null;
    }

    /// <summary>The representatives of a side.</summary>
    private static List<Party> Of(IReadOnlyList<Party> parties, PartyRole role) => [.. parties.Where(party => party.Role == role && party.Represents == true)];

    private static Party Beside(Party party, IReadOnlyList<Party> these, IReadOnlyList<Party> others) =>
        Of(these, party.Role).Count == 0 && Of(others, party.Role).Count > 0 ? party with { Represents = true } : party;

    private static Step<Dispute, DisputeFact>? Wrong(DisputeDraft draft, GroupRule group, DisputeFact.RepresentativesNamed named)
    {
        var side = draft.State.Parties.Where(party => party.Role == named.Role).ToList();
        var before = side.Where(party => party.Represents == true).Select(party => party.Id).ToHashSet(StringComparer.Ordinal);
        var isLarge = side.Count >= group.PartiesFrom;
        if (!isLarge && before.Count == 0)
        {
            return draft.Refuse(
                "side-too-small", $"A side of {Number(group.PartiesFrom)} parties or more names representatives; the {En(named.Role)}s are {Number(side.Count)} and speak for themselves ({group.Source}).");
        }

        foreach (var id in named.Parties)
        {
            if (draft.State.Parties.FirstOrDefault(party => party.Id == id) is not { } party)
            {
                return draft.Refuse("unknown-party", $"The dispute has no party {id}.");
            }

            if (party.Role != named.Role)
            {
                return draft.Refuse("other-side", $"{id} is not one of the {En(named.Role)}s; a side is represented by its own.");
            }
        }

        // A side that has become small may have everybody speak for himself again.
        var max = isLarge ? group.RepresentativesMax : side.Count;
        var distinct = named.Parties.Distinct(StringComparer.Ordinal).Count();
        return distinct < 1 || distinct > max || distinct < named.Parties.Count
                ? draft.Refuse("representative-count", $"1 to {Number(max)} representatives of a side are named, each once ({group.Source}).")
            : before.SetEquals(named.Parties)
                ? draft.Refuse("already-named", $"The {En(named.Role)}s are represented by {string.Join(", ", named.Parties)} already.")
            : null;
    }

    private static string Ids(IEnumerable<Party> parties) => string.Join(", ", parties.Select(party => party.Id));

    private static string En(PartyRole role) => role == PartyRole.Applicant ? "applicant" : "respondent";

    private static string Zh(PartyRole role) => role == PartyRole.Applicant ? "申请人" : "被申请人";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
