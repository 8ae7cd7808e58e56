using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Units;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Functions.Tests.Conformance;

/// <summary>The twenty disputes that tell most of what the product does, under the county's rules as shipped.</summary>
/// <remarks>
/// All begin on Friday 2025-09-26; the Sunday after it is worked, and the National Day holiday is 10-01 to 10-08. What
/// each becomes, day by day, is kept in <c>Golden/disputes.txt</c>.
/// </remarks>
internal static class DisputeTales
{
    private const string Neighbour = "350322001003";

    private static readonly Dispute Plain = Neighbours with { Rules = ReferenceCounty.FollowedVersion };

    private static readonly Dispute Willing = Plain.WithConsent();

    public static IReadOnlyList<DisputeTale> All { get; } =
    [
        new(
            "The village settles it by word of mouth and it is kept",
            Plain,
            [
                new("2025-09-26 15:00", Village, new DisputeFact.SignedFor()),
                new("2025-09-28 09:00", Village, new DisputeFact.SessionHeld(Day("2025-09-28"))),
                new("2025-09-28 11:00", Village, new DisputeFact.Settled(AgreementForm.Oral, Day("2025-09-28"))),
                new("2025-09-29 09:00", Village, new DisputeFact.ClausePerformed(1)),
                new("2025-10-09 09:00", Village, new DisputeFact.CalledBack("a", CallBackResult.Satisfied)),
                new("2025-10-09 09:30", Village, new DisputeFact.CalledBack("b", CallBackResult.Satisfied)),
            ],
            "Settled Village settled 2025-10-29"),
        new(
            "The village does not sign, and the township takes over and settles",
            Willing,
            [
                new("2025-09-30 10:00", Township, new DisputeFact.SignedFor()),
                new("2025-10-09 16:00", Township, new DisputeFact.Settled(AgreementForm.Oral, Day("2025-10-09"))),
            ],
            "Settled Township settled 2025-11-11"),
        new(
            "Three levels try in their own terms and none succeeds",
            Willing,
            [
                new("2025-09-26 10:00", Village, new DisputeFact.SignedFor()),
                new("2025-10-20 10:00", Township, new DisputeFact.SignedFor()),
                new("2025-11-11 10:00", Centre, new DisputeFact.SignedFor()),
            ],
            "Failed County term-over 2026-01-13"),
        new(
            "One party does not want the township, and the case ends with the other ways",
            Plain,
            [
                new("2025-09-28 10:00", Village, new DisputeFact.SignedFor()),
                new("2025-10-20 09:00", Village, new DisputeFact.ConsentAnswered("a", ConsentToGoUp.Once, RecordMeans.Phone)),
                new("2025-10-20 15:00", Village, new DisputeFact.ConsentAnswered("b", ConsentToGoUp.No, RecordMeans.Phone)),
            ],
            "Refused Village refused 2025-11-20"),
        new(
            "Nobody answers whether it may go up, and it is not pushed on",
            Plain,
            [new("2025-09-28 10:00", Village, new DisputeFact.SignedFor())],
            "Failed Village no-consent 2025-11-25"),
        new(
            "A party refuses, and mediation ends at once",
            Plain,
            [
                new("2025-09-28 10:00", Village, new DisputeFact.SignedFor()),
                new("2025-09-29 10:00", Village, new DisputeFact.Refused("b")),
                new("2025-09-29 11:00", Village, new DisputeFact.SessionHeld(Day("2025-09-29"))),
            ],
            "Refused Village refused 2025-10-30"),
        new(
            "A party takes its yes back, and mediation ends as by a refusal",
            Plain with { Parties = [Plain.Parties[0], Plain.Parties[1] with { Consent = Consent.NotAsked }] },
            [
                new("2025-09-28 10:00", Village, new DisputeFact.SignedFor()),
                new("2025-09-28 11:00", Village, new DisputeFact.SessionHeld(Day("2025-09-28"))),
                new("2025-09-29 09:00", Village, new DisputeFact.MediationConsent("b", Consent.Yes, RecordMeans.Oral)),
                new("2025-09-29 10:00", Village, new DisputeFact.SessionHeld(Day("2025-09-29"))),
                new("2025-10-09 10:00", Village, new DisputeFact.MediationConsent("b", Consent.No, RecordMeans.Phone)),
            ],
            "Refused Village refused 2025-11-11"),
        new(
            "Danger on a holiday night is told to police and leaders at once",
            Plain with { Danger = true, OpenedAt = Local("2025-10-01 22:00") },
            [
                new("2025-10-09 09:00", Township, new DisputeFact.SignedFor()),
                new("2025-10-09 16:00", Township, new DisputeFact.Settled(AgreementForm.Oral, Day("2025-10-09"))),
            ],
            "Settled Township settled 2025-11-11"),
        new(
            "Danger shows at the village, and the county takes it with the parties' word",
            Plain,
            [
                new("2025-09-26 10:00", Village, new DisputeFact.SignedFor()),
                new("2025-09-29 20:00", Village, new DisputeFact.DangerReported(["weapons"])),
                new("2025-09-30 09:00", Village, new DisputeFact.ConsentAnswered("a", ConsentToGoUp.Once, RecordMeans.Oral)),
                new("2025-09-30 09:10", Village, new DisputeFact.ConsentAnswered("b", ConsentToGoUp.Once, RecordMeans.Oral)),
                new("2025-09-30 10:00", Centre, new DisputeFact.SignedFor()),
                new("2025-10-09 16:00", Centre, new DisputeFact.Settled(AgreementForm.Oral, Day("2025-10-09"))),
            ],
            "Settled County settled 2025-11-11"),
        new(
            "The village has no address, so the township is asked and nothing is skipped",
            Plain with { Place = VillageWithoutMail },
            [
                new("2025-09-29 09:00", Township, new DisputeFact.SignedFor()),
                new("2025-09-30 09:00", Township, new DisputeFact.Settled(AgreementForm.Oral, Day("2025-09-30"))),
            ],
            "Settled Township settled 2025-11-04"),
        new(
            "The centre does not sign, and the duty box is told until it does",
            Plain with { Category = "medical" },
            [
                new("2025-10-15 09:00", DutyBox, new DisputeFact.SignedFor()),
                new("2025-10-16 09:00", DutyBox, new DisputeFact.Settled(AgreementForm.Oral, Day("2025-10-16"))),
            ],
            "Settled County settled 2025-11-18"),
        new(
            "The village is not competent, and the township names another committee",
            Plain,
            [
                new("2025-09-26 10:00", Village, new DisputeFact.ReturnAsked()),
                new("2025-09-26 15:00", Township, new DisputeFact.ReturnDecided(true, Neighbour)),
                new("2025-09-28 09:00", Neighbour, new DisputeFact.SignedFor()),
                new("2025-09-30 09:00", Neighbour, new DisputeFact.Settled(AgreementForm.Oral, Day("2025-09-30"))),
            ],
            "Settled Village settled 2025-11-04"),
        new(
            "The township says no to the return, and the village signs anew",
            Plain,
            [
                new("2025-09-26 10:00", Village, new DisputeFact.ReturnAsked()),
                new("2025-09-28 15:00", Township, new DisputeFact.ReturnDecided(false)),
                new("2025-09-28 16:00", Village, new DisputeFact.ReturnAsked()),
                new("2025-09-29 09:00", Village, new DisputeFact.SignedFor()),
                new("2025-09-30 09:00", Village, new DisputeFact.Settled(AgreementForm.Oral, Day("2025-09-30"))),
            ],
            "Settled Village settled 2025-11-04"),
        new(
            "The township stays silent on the return, and has the case itself",
            Willing,
            [
                new("2025-09-26 10:00", Village, new DisputeFact.ReturnAsked()),
                new("2025-10-09 09:00", Township, new DisputeFact.SignedFor()),
                new("2025-10-10 09:00", Township, new DisputeFact.Settled(AgreementForm.Oral, Day("2025-10-10"))),
            ],
            "Settled Township settled 2025-11-11"),
        new(
            "An appraisal stops both clocks, and they move by the days it really took",
            Willing,
            [
                new("2025-09-28 10:00", Village, new DisputeFact.SignedFor()),
                new("2025-10-10 09:00", Village, new DisputeFact.Suspended("appraisal")),
                new("2025-10-11 09:00", Village, new DisputeFact.SessionHeld(Day("2025-10-11"))),
                new("2025-10-30 09:00", Village, new DisputeFact.Resumed()),
                new("2025-11-07 09:00", Village, new DisputeFact.Settled(AgreementForm.Oral, Day("2025-11-07"))),
            ],
            "Settled Village settled 2025-12-09"),
        new(
            "More time is asked for in the last hour, granted, and used",
            Plain,
            [
                new("2025-09-28 10:00", Village, new DisputeFact.SignedFor()),
                new("2025-10-17 17:30", Village, new DisputeFact.ExtensionAsked(5, ["a"])),
                new("2025-10-17 23:00", Village, new DisputeFact.ExtensionAsked(5, ["a", "b"])),
                new("2025-10-20 09:00", Township, new DisputeFact.ExtensionDecided(true)),
                new("2025-10-23 09:00", Village, new DisputeFact.Settled(AgreementForm.Oral, Day("2025-10-23"))),
            ],
            "Settled Village settled 2025-11-25"),
        new(
            "Nobody decides on more time, so the level's own date counts",
            Willing,
            [
                new("2025-09-28 10:00", Village, new DisputeFact.SignedFor()),
                new("2025-10-17 10:00", Village, new DisputeFact.ExtensionAsked(5, ["a", "b"])),
                new("2025-10-24 09:00", Township, new DisputeFact.SignedFor()),
                new("2025-10-27 09:00", Township, new DisputeFact.Settled(AgreementForm.Oral, Day("2025-10-27"))),
            ],
            "Settled Township settled 2025-11-27"),
        new(
            "A written agreement is sealed late, confirmed by the court and kept",
            Plain,
            [
                new("2025-09-28 10:00", Village, new DisputeFact.SignedFor()),
                new("2025-10-10 09:00", Village, Written),
                new("2025-10-13 09:00", Village, new DisputeFact.AgreementSigned([new(Signature.Seal, Day("2025-10-13"))])),
                new("2025-10-14 09:00", Village, new DisputeFact.CalledBack("a", CallBackResult.Satisfied)),
                new("2025-10-14 10:00", Village, new DisputeFact.CalledBack("b", CallBackResult.Satisfied)),
                new("2025-10-20 09:00", Village, new DisputeFact.ConfirmationApplied(Day("2025-10-20"))),
                new("2025-10-31 10:00", Village, new DisputeFact.ClausePerformed(1)),
                new("2025-11-04 09:00", Village, new DisputeFact.ConfirmationDecided(true, Day("2025-11-03"))),
            ],
            "Settled Village settled 2025-11-11"),
        new(
            "A promise is broken, and the same case goes on after a new yes",
            Plain,
            [
                new("2025-09-28 10:00", Village, new DisputeFact.SignedFor()),
                new("2025-10-10 09:00", Village, Written),
                new("2025-10-13 09:00", Village, new DisputeFact.AgreementSigned([new(Signature.Seal, Day("2025-10-13"))])),
                new("2025-11-03 09:00", Village, new DisputeFact.ClauseNotPerformed(1, "b")),
                new("2025-11-03 10:00", Village, new DisputeFact.Reopened("a")),
                new("2025-11-04 09:00", Village, new DisputeFact.SignedFor()),
                new("2025-11-05 09:00", Village, new DisputeFact.Settled(AgreementForm.Oral, Day("2025-11-05"))),
                new("2025-11-05 10:00", Village, new DisputeFact.MediationConsent("b", Consent.Yes, RecordMeans.Oral)),
                new("2025-11-05 11:00", Village, new DisputeFact.Settled(AgreementForm.Oral, Day("2025-11-05"))),
            ],
            "Settled Village settled 2025-12-06"),
        new(
            "A poor rating is mended and told, and a review upholds the end",
            Plain with { WantedLevel = Level.Township },
            [
                new("2025-09-28 10:00", Township, new DisputeFact.SignedFor()),
                new("2025-09-29 10:00", Township, new DisputeFact.Settled(AgreementForm.Oral, Day("2025-09-29"))),
                new("2025-09-30 10:00", Township, new DisputeFact.Rated("b", 1, HasText: true)),
                new("2025-10-10 10:00", Township, new DisputeFact.MendTold("b")),
                new("2025-10-11 10:00", Township, new DisputeFact.ReviewAsked("b")),
                new("2025-10-20 10:00", Township, new DisputeFact.ReviewAnswered("b", ReviewOutcome.Upheld)),
                new("2025-10-21 10:00", Centre, new DisputeFact.ReviewAnswered("b", ReviewOutcome.Upheld)),
            ],
            "Settled Township settled 2025-11-03"),
    ];

    /// <summary>Reached on 2025-10-10 with a clause due on 10-31; the seal is missing.</summary>
    private static DisputeFact.Settled Written => new(
        AgreementForm.Written,
        Day("2025-10-10"),
        [new ClauseTerms("b", 800m, Day("2025-10-31"))],
        [new("a", Day("2025-10-10")), new("b", Day("2025-10-10")), new(Signature.Mediator, Day("2025-10-10"))]);
}
