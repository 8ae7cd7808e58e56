using CsCheck;
using Workflows.Orchestrations.Disputes;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>Whatever is said to two cases of which one asks to be taken into the other, and whenever each of them reads it.</summary>
public sealed class MergeWordsProperties
{
    private const string One = TwoCases.One;
    private const string Two = TwoCases.Two;

    private static readonly DisputeFact[] Words =
    [
        new DisputeFact.MergeAsked(One),
        new DisputeFact.MergeAsked(One, [new SameParty("p1", "p1")]),
        new DisputeFact.Refused("p2"),
        new DisputeFact.MediationConsent("p1", Consent.No, RecordMeans.Online),
        new DisputeFact.MediationConsent("p2", Consent.Yes, RecordMeans.Online),
        new DisputeFact.Withdrawn("p1"),
        new DisputeFact.Reopened("p1"),
        new DisputeFact.ConsentAnswered("p1", ConsentToGoUp.Blanket, RecordMeans.Online),
        new DisputeFact.ConsentAnswered("p2", ConsentToGoUp.No, RecordMeans.Online),
        new DisputeFact.DangerReported(["weapons"]),
        new DisputeFact.EscalationAsked(),
        new DisputeFact.SignedFor(),
        new DisputeFact.Suspended("appraisal"),
        new DisputeFact.Resumed(),
        new DisputeFact.Settled(AgreementForm.Oral, Day("2025-10-09")),
    ];

    private static readonly Gen<(int What, DisputeFact Word, int Minutes)> GenAct = Gen.Select(Gen.Int[0, 5], Gen.Int[0, Words.Length - 1].Select(index => Words[index]), Gen.Int[0, 90]);

    [Fact]
    public void Nobody_is_lost_or_doubled_and_nobody_is_mediated_who_has_ended_it() => Gen.Select(Gen.Enum<ConsentToGoUp>(), GenAct.Array[2, 14]).Sample(
        (goUp, acts) =>
        {
            var cases = new TwoCases(goUp);
            cases.Say(Two, new DisputeFact.MergeAsked(One));
            foreach (var (what, word, minutes) in acts)
            {
                switch (what)
                {
                    case 0:
                        cases.Read(One, most: 1);
                        break;
                    case 1:
                        cases.Read(Two, most: 1);
                        break;
                    case 2:
                        cases.Now = cases.Now.AddMinutes(minutes);
                        cases.Reach(One);
                        cases.Reach(Two);
                        break;
                    case 3 when word is not DisputeFact.MergeAsked:
                        cases.Send(One, word);
                        break;
                    default:
                        cases.Send(Two, word);
                        break;
                }
            }

            cases.Settle();

            var (one, two) = (cases[One], cases[Two]);
            var joined = one.Joined?.SingleOrDefault(known => known.Case == Two);
            Assert.Equal(one.Parties.Count, one.Parties.Select(party => party.Id).Distinct().Count());
            Assert.Null(one.PeopleToMove);
            if (two.Status == DisputeStatus.Merged)
            {
                Assert.Null(joined!.Unconfirmed);
                Assert.Equal(["p1", "p2"], two.MovedParties!.TakeLast(2).Select(moved => moved.Party));
                Assert.All(two.MovedParties!.TakeLast(2), moved => Assert.Contains(one.Parties, party => party.Id == moved.As));
                // What was withdrawn may be taken up again, with every consent asked anew.
                Assert.True(
                    one.Outcome is not null || one.Reopenings > 0 || !cases.Taken.Any(said => said is (Two, DisputeFact.Refused or DisputeFact.Withdrawn or DisputeFact.MediationConsent { Answer: Consent.No }, DisputeStatus.Merged)),
                    "A party has ended mediation and is mediated.");
            }
            else if (two.Merge is null)
            {
                Assert.True(joined is null, "The second goes on by itself and its parties are in the first.");
            }
        },
        iter: 1000);
}
