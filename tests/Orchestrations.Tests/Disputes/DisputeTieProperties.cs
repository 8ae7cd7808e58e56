using CsCheck;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>Whatever is split off and taken in, in whatever order: nobody is lost and nobody is doubled.</summary>
public sealed class DisputeTieProperties
{
    private const int CasesMax = 6;

    private static readonly Gen<(bool IsMerge, int From, int Into, int Mask, int Same)> GenAct =
        Gen.Select(Gen.Bool, Gen.Int[1, CasesMax], Gen.Int[1, CasesMax], Gen.Int[1, 63], Gen.Int[0, 2]);

    [Fact]
    public void Every_party_is_in_one_open_case_or_was_named_to_be_in_more() => Gen.Select(Gen.Int[2, 5], Gen.Int[2, 5], GenAct.Array[1, 8]).Sample(
        (first, second, acts) =>
        {
            var county = new InMemoryCounty(Opened);
            county.Open(Case(1, first));
            county.Open(Case(2, second));
            county.Tell(Local("2025-09-28 10:00"), Case(1, first), Village, new DisputeFact.SignedFor());
            county.Tell(Local("2025-09-28 10:00"), Case(2, second), Village, new DisputeFact.SignedFor());
            var next = 3;
            // Where each person stands: the cases and the id there. A person who was said to be the same as another is that one.
            var people = Enumerable.Range(1, 2).SelectMany(number => State(county, number)!.Parties.Select(party => (Id(number), party.Id))).Distinct().ToList();
            foreach (var (isMerge, from, into, mask, same) in acts)
            {
                if (State(county, from) is not { Outcome: null } source || (isMerge && State(county, into) is not { Outcome: null }))
                {
                    continue;
                }

                if (isMerge)
                {
                    var target = State(county, into)!;
                    var pairs = source.Parties.Zip(target.Parties).Take(same).Select(pair => new SameParty(pair.First.Id, pair.Second.Id)).ToList();
                    county.Tell(Local("2025-10-09 09:00"), source, Village, new DisputeFact.MergeAsked(Id(into), pairs));
                }
                else if (next <= CasesMax)
                {
                    List<string> gone = [.. source.Parties.Where((_, index) => (mask >> index & 1) == 1).Select(party => party.Id)];
                    List<string> also = [.. source.Parties.Where(party => !gone.Contains(party.Id)).Take(same).Select(party => party.Id)];
                    county.Tell(Local("2025-10-09 09:00"), source, Village, new DisputeFact.SplitAsked(Id(next), gone, gone.Count + also.Count, also));
                    next += State(county, next) is null ? 0 : 1;
                }
            }

            Assert.All(people, person => Assert.NotEmpty(Find(county, person)));
            foreach (var state in Enumerable.Range(1, CasesMax).Select(number => State(county, number)).OfType<Dispute>())
            {
                Assert.Equal(state.Parties.Count, state.Parties.Select(party => party.Id).Distinct().Count());
                Assert.Null(state.PeopleToMove);
                Assert.Null(state.Merge);
                if (state.Outcome is null)
                {
                    Assert.Equal(2, state.Parties.Select(party => party.Role).Distinct().Count());
                    // Everybody of an open case came from somewhere, and from one place only.
                    Assert.All(state.Parties, party => Assert.Contains(people, person => Find(county, person).Contains((state.Id, party.Id))));
                }
                else
                {
                    // The merge moved everybody who was left; what stands before may have gone to the same case by a split.
                    var last = state.MovedParties!.TakeLast(state.Parties.Count).ToList();
                    Assert.All(last, moved => Assert.Equal(state.Outcome.Case, moved.Case));
                    Assert.Equal(state.Parties.Select(party => party.Id).Order(), last.Select(moved => moved.Party).Order());
                }
            }

            county.Flows.ReplayAll();
        },
        iter: 300);

    /// <summary>Whenever a case asks and whenever it is answered, if ever: it says what it would have said, an hour later at most.</summary>
    [Fact]
    public void No_date_of_a_case_that_waits_for_another_passes_in_silence() => Gen.Select(Gen.Int[0, 60 * 24 * 40], Gen.Int[1, 60 * 24 * 60], Gen.Bool, Gen.Bool).Sample(
        (asked, waited, taken, agreed) =>
        {
            var dispute = agreed ? Case(2, 2).WithConsent() : Case(2, 2);
            var (asking, plain) = (MediatingByPlan(dispute), MediatingByPlan(dispute));
            var (from, until) = (Local("2025-09-28 10:00").AddMinutes(asked), Local("2025-09-28 10:00").AddMinutes(asked + waited));
            asking.RunUntil(from);
            if (asking.Tell(from, asking.State.Handler, new DisputeFact.MergeAsked(Id(1))) is not Step<Dispute, DisputeFact>.Taken)
            {
                return;
            }

            asking.RunUntil(until);
            plain.RunUntil(until);
            List<string> said = [.. asking.Notices.Select(notice => notice.Key).Where(key => !key.Contains("unanswered", StringComparison.Ordinal))];
            Assert.Equal(plain.Notices.Select(notice => notice.Key).Take(said.Count), said);
            Assert.All(plain.Notices.Skip(said.Count), notice => Assert.InRange(notice.DecidedAt, until.AddHours(-1), until));

            asking.Tell(until, Village, taken ? new DisputeFact.JoinAnswered(Id(1), [new("p1", Id(1), "p3"), new("p2", Id(1), "p4")]) : new DisputeFact.JoinAnswered(Id(1), Code: "suspended", Reason: "It stands still."), DisputeTies.Via);
            asking.RunOut();
            plain.RunOut();
            Assert.True(asking.Ended);
            if (asking.State.Status != DisputeStatus.Merged)
            {
                Assert.Equal(plain.State.Outcome!.Reason, asking.State.Outcome!.Reason);
                Assert.Equal(plain.Notices.Select(notice => notice.Key), asking.Notices.Select(notice => notice.Key).Where(key => !key.Contains("dispute-merge-", StringComparison.Ordinal)));
            }
        },
        iter: 300);

    /// <summary>The open cases a person is found in, following every move; who stayed and was moved back is met twice.</summary>
    private static HashSet<(string Case, string Party)> Find(InMemoryCounty county, (string Case, string Party) person)
    {
        HashSet<(string Case, string Party)> met = [person];
        HashSet<(string Case, string Party)> found = [];
        Queue<(string Case, string Party)> open = new([person]);
        while (open.TryDequeue(out var next))
        {
            var state = county.Record<Dispute>(next.Case).State;
            foreach (var moved in (state.MovedParties ?? []).Where(moved => moved.Party == next.Party && met.Add((moved.Case, moved.As))))
            {
                open.Enqueue((moved.Case, moved.As));
            }

            if (state.Outcome is null && state.Parties.Any(party => party.Id == next.Party))
            {
                found.Add(next);
            }
        }

        return found;
    }

    private static Dispute? State(InMemoryCounty county, int number) =>
        county.Saved.Any(save => save.Id == Id(number)) ? county.Record<Dispute>(Id(number)).State : null;

    private static string Id(int number) => DisputeCode.IdOf(2025, number);

    private static Dispute Case(int number, int parties) => Neighbours with
    {
        Id = Id(number),
        People = parties,
        Parties = [.. Enumerable.Range(1, parties).Select(party => new Party($"p{party}", party % 2 == 1 ? PartyRole.Applicant : PartyRole.Respondent, Consent.Yes))],
    };
}
