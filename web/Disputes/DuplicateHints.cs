using Workflows.Activities.Cases;
using Workflows.Activities.PersonalData;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;

namespace Workflows.Web.Disputes;

/// <summary>Another case that may be the same matter.</summary>
/// <param name="Id">Its code.</param>
/// <param name="OpenedAt">UTC.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Code">Its official code.</param>
/// <param name="Can">What the handler could do with both now: link, merge (this one into that).</param>
public sealed record DuplicateView(string Id, DateTimeOffset OpenedAt, DisputeStatus Status, string? Code = null, IReadOnlyList<string>? Can = null);

/// <summary>
/// Finds cases that may be the same matter: a party in common, the same place and category, and registered within some
/// days of each other. A hint and never an obstacle: a person says whether it is so.
/// </summary>
/// <remarks>
/// A party is looked for by all that is known of it, and compared by the surest that is known of both: identity number,
/// else telephone, else name. By name alone everybody of that name in the village is meant, which is why it is a hint.
/// </remarks>
public sealed class DuplicateHints(PersonalDataTable personal, CaseStore cases, RuleShelf shelf, IRuleShelf rules, TimeProvider time)
{
    /// <summary>More than anybody looks at.</summary>
    private const int HintsMax = 20;

    private const int PageSize = 1000;

    /// <summary>The hints for a case, newest first.</summary>
    public async Task<IReadOnlyList<DuplicateView>> Of(
        Dispute dispute, IReadOnlyList<PartyData> people, CancellationToken cancellation = default)
    {
        var found = new Dictionary<string, Matter>();
        foreach (var person in people)
        {
            foreach (var (key, value) in PersonalIndex.Known(person))
            {
                string? cursor = null;
                do
                {
                    var page = await personal.Index.Find(key, value, PageSize, cursor, cancellation);
                    foreach (var party in page.Parties.Where(party => IsClose(dispute, party) && !found.ContainsKey(party.Case)))
                    {
                        if (await MayBe(person, key, party, cancellation))
                        {
                            found[party.Case] = party.Matter;
                        }
                    }

                    cursor = page.Next;
                }
                while (cursor is not null);
            }
        }

        var hints = new List<DuplicateView>();
        foreach (var (id, matter) in found.OrderByDescending(other => other.Value.OpenedAt).ThenByDescending(other => other.Key, StringComparer.Ordinal).Take(HintsMax))
        {
            // A registration that died before its case was opened has no case.
            if (await cases.Get<Dispute>(DisputeEscalation.FlowName, id, cancellation) is { } record)
            {
                hints.Add(new DuplicateView(id, matter.OpenedAt, record.State.Status, shelf.CodeOf(id), Can(dispute, record.State)));
            }
        }

        return hints;
    }

    /// <summary>False where something surer is known of both and is not the same.</summary>
    private async Task<bool> MayBe(PartyData person, PersonalKey key, FoundParty found, CancellationToken cancellation)
    {
        var surer = PersonalIndex.Known(person).TakeWhile(known => known.Key != key).ToList();
        if (surer.Count == 0)
        {
            return true;
        }

        var other = (await personal.GetParties(found.Case, cancellation)).FirstOrDefault(known => known.PartyId == found.Party);
        return other is null || surer.All(known => !PersonalIndex.Known(other).Any(
            there => there.Key == known.Key && PersonalIndex.Normal(there.Key, there.Value) != PersonalIndex.Normal(known.Key, known.Value)));
    }

    /// <summary>What both deciders would take from this case's handler.</summary>
    private List<string> Can(Dispute dispute, Dispute other)
    {
        var occasion = new Occasion(time.GetUtcNow(), dispute.Handler, DisputeTies.Via, "asked-only");
        bool Takes(DisputeFact fact) => DisputeDecider.Decide(dispute, fact, occasion, rules.Get<DisputeRules>(dispute.Rules)) is Step<Dispute, DisputeFact>.Taken;
        List<string> can = [];
        if (!other.Ended && Takes(new DisputeFact.LinkAsked(other.Id)))
        {
            can.Add("link");
        }

        if (Takes(new DisputeFact.MergeAsked(other.Id)) && DisputeJoin.Refusal(other, dispute, [], occasion, rules.Get<DisputeRules>(other.Rules)) is null)
        {
            can.Add("merge");
        }

        return can;
    }

    private bool IsClose(Dispute dispute, FoundParty other) =>
        other.Case != dispute.Id
        && other.Matter.Place == dispute.Place
        && other.Matter.Category == dispute.Category
        && Math.Abs(Day(other.Matter.OpenedAt) - Day(dispute.OpenedAt)) <= shelf.Current.Personal.DuplicateDays;

    private int Day(DateTimeOffset at) => shelf.Current.Calendar.LocalDate(at).DayNumber;
}
