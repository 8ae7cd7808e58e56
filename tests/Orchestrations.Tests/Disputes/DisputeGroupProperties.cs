using CsCheck;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>Sides of one to seven with any representatives, named and named again, who choose and are joined with others.</summary>
public sealed class DisputeGroupProperties
{
    private static readonly DateTimeOffset Morning = Local("2025-10-09 09:00");
    private static readonly DisputeProcess Process = ReferenceCounty.Followed.Process;
    private static readonly Gen<string> GenId = Gen.OneOf("p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9");
    private static readonly Gen<string> GenMediator = Gen.OneOf($"m-{Village}-1", $"m-{Village}-2");

    /// <summary>One applicant and one respondent at least; the rest on either side.</summary>
    private static readonly Gen<Party[]> GenParties = Gen.Select(Gen.Bool, Gen.Int[0, 3]).Array[2, 9].Select(drawn => drawn.Select((one, index) => new Party(
        $"p{index + 1}", index == 0 || (index > 1 && one.Item1) ? PartyRole.Applicant : PartyRole.Respondent, Consent.Yes, Represents: one.Item2 == 0 ? true : null)).ToArray());

    private static readonly Gen<DisputeFact> GenFact = Gen.Frequency(
        (1, Gen.Select(Gen.Enum<PartyRole>(), GenId.Array[0, 6], (role, parties) => (DisputeFact)new DisputeFact.RepresentativesNamed(role, parties))),
        (8, Gen.Select(GenId, GenMediator, (party, mediator) => (DisputeFact)new DisputeFact.MediatorChosen(party, mediator))));

    [Fact]
    public void Whoever_is_named_and_whatever_is_chosen_a_mediator_leads_when_all_who_speak_want_the_same_and_nobody_else_is_heard() =>
        Gen.Select(GenParties, GenFact.Array[0, 40]).Sample(
            (parties, facts) =>
            {
                var run = MediatingByPlan(Neighbours with { Parties = parties });
                foreach (var fact in facts)
                {
                    var before = run.State;
                    var taken = run.Tell(Morning, Village, fact) is Step<Dispute, DisputeFact>.Taken;
                    switch (fact)
                    {
                        case DisputeFact.MediatorChosen chosen when taken:
                            Assert.Contains(DisputeGroups.Speaking(before, Process, DisputeGroups.MediatorChoice), party => party.Id == chosen.Party);
                            var agreed = DisputeGroups.HaveChosen(before, Process, [.. before.MediatorChoices ?? [], new(chosen.Party, chosen.Mediator)], chosen.Mediator);
                            Assert.Equal(agreed, run.State.MediatorChoices is null && run.State.Mediators![0] == chosen.Mediator);
                            break;
                        case DisputeFact.RepresentativesNamed named when taken:
                            var side = run.State.Parties.Where(party => party.Role == named.Role).ToList();
                            Assert.Equal(named.Parties.Order(StringComparer.Ordinal), side.Where(party => party.Represents == true).Select(party => party.Id));
                            Assert.InRange(named.Parties.Count, 1, Math.Min(side.Count, 5));
                            Assert.Equal(before.Parties.Where(party => party.Role != named.Role), run.State.Parties.Where(party => party.Role != named.Role));
                            break;
                        default:
                            Assert.Same(before, run.State);
                            break;
                    }

                    Assert.DoesNotContain(run.State.MediatorChoices ?? [], choice => !IsHeard(run.State, choice.Party));
                }
            },
            iter: 200);

    [Fact]
    public void Whatever_cases_are_joined_whoever_spoke_for_himself_does_so_and_nobody_loses_his_representatives() =>
        Gen.Select(GenParties, GenParties).Sample(
            (own, added) =>
            {
                added = [.. added.Select(party => party with { Id = $"x{party.Id}" })];
                var joined = Neighbours with { Parties = DisputeGroups.Joined(own, added) };

                Assert.Equal([.. own.Select(party => party.Id), .. added.Select(party => party.Id)], joined.Parties.Select(party => party.Id));
                foreach (var (these, party) in own.Select(party => (own, party)).Concat(added.Select(party => (added, party))))
                {
                    var before = DisputeGroups.SpokenForBy(Neighbours with { Parties = these }, Process, DisputeGroups.MoreTime, party);
                    var after = DisputeGroups.SpokenForBy(joined, Process, DisputeGroups.MoreTime, joined.Parties.First(known => known.Id == party.Id));
                    Assert.Equal(before is null, after is null);
                    Assert.True(before is null || before.All(speaker => after!.Contains(speaker)));
                }
            },
            iter: 300);

    private static bool IsHeard(Dispute dispute, string party) =>
        DisputeGroups.Speaking(dispute, Process, DisputeGroups.MediatorChoice).Any(speaker => speaker.Id == party);
}
