using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Notices;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Tests.Disputes;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;
using Office = Workflows.Orchestrations.Tests.Supervision.Samples;

namespace Workflows.Orchestrations.Tests.Durable;

/// <summary>Stories told in words; each can be told under other rules and with noise around it.</summary>
internal static class Stories
{
    private static readonly Dispute Sample = Neighbours;
    private static readonly Assignment Task = Office.Services;

    /// <summary>Every story by its name, in the order of the alphabet.</summary>
    public static IReadOnlyDictionary<string, Func<int, InMemoryCounty>> All { get; } = new SortedDictionary<string, Func<int, InMemoryCounty>>(StringComparer.Ordinal)
    {
        [nameof(VillageSettles)] = VillageSettles,
        [nameof(NobodyAnswersAndAllConsent)] = NobodyAnswersAndAllConsent,
        [nameof(EveryLevelTriesAndFails)] = EveryLevelTriesAndFails,
        [nameof(ConsentIsRefused)] = ConsentIsRefused,
        [nameof(PartyRefuses)] = PartyRefuses,
        [nameof(Danger)] = Danger,
        [nameof(NobodyAtTheVillage)] = NobodyAtTheVillage,
        [nameof(DutyBoxSettles)] = DutyBoxSettles,
        [nameof(ApplicantWithdraws)] = ApplicantWithdraws,
        [nameof(TotalTermEndsWhilePartiesAreAsked)] = TotalTermEndsWhilePartiesAreAsked,
        [nameof(TaskIsDoneInTime)] = TaskIsDoneInTime,
        [nameof(TaskIsLate)] = TaskIsLate,
        [nameof(TaskIsReturned)] = TaskIsReturned,
        [nameof(TaskGoesItsWholeWay)] = TaskGoesItsWholeWay,
    };

    /// <summary>The village signs, holds two sessions and writes an agreement.</summary>
    public static InMemoryCounty VillageSettles(int noise = 0)
    {
        var county = Opened(Sample, noise);
        county.Tell(Local("2025-09-28 10:00"), Sample, Village, new DisputeFact.SignedFor());
        county.Tell(Local("2025-09-29 18:00"), Sample, Village, new DisputeFact.SessionHeld(Day("2025-09-29")));
        county.Tell(Local("2025-10-09 18:00"), Sample, Village, new DisputeFact.SessionHeld(Day("2025-10-09")));
        county.Tell(Local("2025-10-10 09:00"), Sample, Village, new DisputeFact.Settled(AgreementForm.Written, Day("2025-10-09")));
        return ToTheEnd(county);
    }

    /// <summary>Village, township and centre do not sign; the duty box does not either.</summary>
    public static InMemoryCounty NobodyAnswersAndAllConsent(int noise = 0) =>
        ToTheEnd(Opened(Sample.WithConsent(), noise));

    /// <summary>Each level signs and lets its term run out; the parties have agreed to everything beforehand.</summary>
    public static InMemoryCounty EveryLevelTriesAndFails(int noise = 0)
    {
        var county = Opened(Sample.WithConsent(), noise);
        county.Tell(Local("2025-09-26 10:00"), Sample, Village, new DisputeFact.SignedFor());
        county.Tell(Local("2025-10-20 10:00"), Sample, Township, new DisputeFact.SignedFor());
        county.Tell(Local("2025-11-11 10:00"), Sample, Centre, new DisputeFact.SignedFor());
        return ToTheEnd(county);
    }

    /// <summary>The village's term ends and one party does not want the township.</summary>
    public static InMemoryCounty ConsentIsRefused(int noise = 0)
    {
        var county = Opened(Sample, noise);
        county.Tell(Local("2025-09-28 10:00"), Sample, Village, new DisputeFact.SignedFor());
        county.Tell(Local("2025-10-20 09:00"), Sample, Village, new DisputeFact.ConsentAnswered("a", ConsentToGoUp.Once));
        county.Tell(Local("2025-10-20 15:00"), Sample, Village, new DisputeFact.ConsentAnswered("b", ConsentToGoUp.No));
        return ToTheEnd(county);
    }

    /// <summary>The respondent refuses mediation while the case is being mediated.</summary>
    public static InMemoryCounty PartyRefuses(int noise = 0)
    {
        var county = Opened(Sample, noise);
        county.Tell(Local("2025-09-28 10:00"), Sample, Village, new DisputeFact.SignedFor());
        county.Tell(Local("2025-09-29 10:00"), Sample, Village, new DisputeFact.Refused("b"));
        return ToTheEnd(county);
    }

    /// <summary>Signs of danger on a holiday night; the township settles it after the holiday.</summary>
    public static InMemoryCounty Danger(int noise = 0)
    {
        var danger = Sample with { Danger = true, OpenedAt = Local("2025-10-01 22:00") };
        var county = Opened(danger, noise);
        county.Tell(Local("2025-10-09 09:00"), danger, Township, new DisputeFact.SignedFor());
        county.Tell(Local("2025-10-09 16:00"), danger, Township, new DisputeFact.Settled(AgreementForm.Oral, Day("2025-10-09")));
        return ToTheEnd(county);
    }

    /// <summary>The village has no address, so the township gets the case and settles it.</summary>
    public static InMemoryCounty NobodyAtTheVillage(int noise = 0)
    {
        var elsewhere = Sample with { Place = VillageWithoutMail };
        var county = Opened(elsewhere, noise);
        county.Tell(Local("2025-09-29 09:00"), elsewhere, Township, new DisputeFact.SignedFor());
        county.Tell(Local("2025-09-30 09:00"), elsewhere, Township, new DisputeFact.Settled(AgreementForm.Oral, Day("2025-09-30")));
        return ToTheEnd(county);
    }

    /// <summary>The centre does not sign; the duty box is told until it does, and settles.</summary>
    public static InMemoryCounty DutyBoxSettles(int noise = 0)
    {
        var medical = Sample with { Category = "medical" };
        var county = Opened(medical, noise);
        county.Tell(Local("2025-10-15 09:00"), medical, DutyBox, new DisputeFact.SignedFor());
        county.Tell(Local("2025-10-16 09:00"), medical, DutyBox, new DisputeFact.Settled(AgreementForm.Written, Day("2025-10-16")));
        return ToTheEnd(county);
    }

    /// <summary>The applicant takes the case back before anybody signed.</summary>
    public static InMemoryCounty ApplicantWithdraws(int noise = 0)
    {
        var county = Opened(Sample, noise);
        county.Tell(Local("2025-09-26 16:00"), Sample, Village, new DisputeFact.Withdrawn("a"));
        return ToTheEnd(county);
    }

    /// <summary>A county with a total term of 27 days: it ends while the parties are still being asked.</summary>
    public static InMemoryCounty TotalTermEndsWhilePartiesAreAsked(int noise = 0)
    {
        var total = ReferenceCounty.Policies["DISPUTE-TOTAL"];
        var policies = new PolicyBook(
        [
            .. ReferenceCounty.Policies.All.Where(policy => policy.Id != total.Id),
            total with { Period = new Period(27, PeriodUnit.Day) },
        ]);
        var shelf = ReferenceCounty.Shelf.Put(ReferenceCounty.Version, ReferenceCounty.Disputes with { Policies = policies });
        var county = new InMemoryCounty(Sample.OpenedAt, shelf, noise);
        county.Open(Sample);
        county.Tell(Local("2025-09-28 10:00"), Sample, Village, new DisputeFact.SignedFor());
        return ToTheEnd(county);
    }

    /// <summary>Signed for, claimed and struck off before the date.</summary>
    public static InMemoryCounty TaskIsDoneInTime(int noise = 0)
    {
        var county = Opened(Task, noise);
        county.Tell(Local("2025-09-28 10:00"), Task, Office.Unit, new AssignmentFact.SignedFor());
        county.Tell(Local("2025-10-20 15:00"), Task, Office.Unit, new AssignmentFact.Claimed());
        county.Tell(Local("2025-10-22 15:00"), Task, Office.Office, new AssignmentFact.Checked(true));
        return ToTheEnd(county);
    }

    /// <summary>Signed for late, finished late, struck off.</summary>
    public static InMemoryCounty TaskIsLate(int noise = 0)
    {
        var county = Opened(Task, noise);
        county.Tell(Local("2025-10-15 10:00"), Task, Office.Unit, new AssignmentFact.SignedFor());
        county.Tell(Local("2025-11-17 10:00"), Task, Office.Unit, new AssignmentFact.Claimed());
        county.Tell(Local("2025-11-18 10:00"), Task, Office.Office, new AssignmentFact.Checked(true));
        return ToTheEnd(county);
    }

    /// <summary>Claimed in time, returned after the date, claimed again and struck off.</summary>
    public static InMemoryCounty TaskIsReturned(int noise = 0)
    {
        var county = Opened(Task, noise);
        county.Tell(Local("2025-09-28 10:00"), Task, Office.Unit, new AssignmentFact.SignedFor());
        county.Tell(Local("2025-10-30 15:00"), Task, Office.Unit, new AssignmentFact.Claimed());
        county.Tell(Local("2025-11-05 15:00"), Task, Office.Office, new AssignmentFact.Checked(false));
        county.Tell(Local("2025-11-10 15:00"), Task, Office.Unit, new AssignmentFact.Claimed());
        county.Tell(Local("2025-11-11 15:00"), Task, Office.Office, new AssignmentFact.Checked(true));
        return ToTheEnd(county);
    }

    /// <summary>
    /// Under the whole rules: a file and feedback, a standstill, more time asked twice, a period missed, a claim that is
    /// returned, an objection, and more time asked while it is open.
    /// </summary>
    public static InMemoryCounty TaskGoesItsWholeWay(int noise = 0)
    {
        var task = Office.Reported with { Basis = new UnitBasis(true, "仙政办〔2025〕9号", "c0"), Milestones = [Day("2025-12-20")] };
        var county = Opened(task, noise);
        void Tell(string at, string by, AssignmentFact fact) => county.Tell(Local(at), task, by, fact);
        Tell("2025-09-28 10:00", Office.Unit, new AssignmentFact.SignedFor());
        Tell("2025-10-09 10:00", Office.Unit, new AssignmentFact.FileAdded("f1", "photo", new string('0', 64)));
        Tell("2025-10-09 11:00", Office.Unit, new AssignmentFact.FeedbackGiven("2025-10", [new Figure("I01", 12.5m, Day("2025-10-09"))], ["f1"]));
        Tell("2025-10-20 09:00", Office.Office, new AssignmentFact.Suspended("waits-for-others"));
        Tell("2025-10-23 09:00", Office.Unit, new AssignmentFact.Resumed());
        Tell("2025-10-24 09:00", Office.Unit, new AssignmentFact.ExtensionAsked(Day("2026-01-15")));
        Tell("2025-10-25 09:00", Office.Office, new AssignmentFact.ExtensionDecided(true));
        Tell("2025-10-26 09:00", Office.Office, new AssignmentFact.MatterLinked("2026-1.T02"));
        Tell("2026-01-05 09:00", Office.Unit, new AssignmentFact.Claimed([new Figure("I01", 100, Day("2026-01-04"))], ["f1"]));
        Tell("2026-01-06 09:00", Office.Office, new AssignmentFact.Checked(false));
        Tell("2026-01-07 09:00", Office.Unit, new AssignmentFact.ObjectionRaised());
        Tell("2026-01-07 10:00", Office.Unit, new AssignmentFact.ExtensionAsked(Day("2026-02-10")));
        Tell("2026-01-20 09:00", "zfw", new AssignmentFact.ObjectionDecided(true, Done: true));
        return ToTheEnd(county);
    }

    /// <summary>The village signs and holds five hundred sessions in a day.</summary>
    public static InMemoryCounty FiveHundredSessions()
    {
        var county = Opened(Sample, 0);
        county.Tell(Local("2025-09-28 10:00"), Sample, Village, new DisputeFact.SignedFor());
        for (var session = 0; session < 500; session++)
        {
            county.Tell(Local("2025-09-29 18:00"), Sample, Village, new DisputeFact.SessionHeld(Day("2025-09-29")));
        }

        return county;
    }

    /// <summary>The village's mailbox is gone, and the township's mail is down for a while.</summary>
    public static InMemoryCounty UnreachableVillage()
    {
        var tries = 0;
        var county = new InMemoryCounty(Sample.OpenedAt)
        {
            Channel = mail => mail.Recipient == Village ? new DeliveryFact.Undeliverable("no such mailbox")
                : ++tries <= 6 ? throw new IOException("connection refused")
                : new DeliveryFact.Accepted(),
        };
        county.Open(Sample);
        county.Flows.RunUntil(Local("2025-09-26 17:00"));
        return county;
    }

    /// <summary>What was saved of the one case of a story.</summary>
    public static string CaseOf(InMemoryCounty county) => county.Saved[0].Id;

    private static InMemoryCounty Opened(Dispute dispute, int noise)
    {
        var county = new InMemoryCounty(dispute.OpenedAt, noise: noise);
        county.Open(dispute);
        return county;
    }

    private static InMemoryCounty Opened(Assignment assignment, int noise)
    {
        var county = new InMemoryCounty(assignment.IssuedAt, noise: noise);
        county.Open(assignment);
        return county;
    }

    private static InMemoryCounty ToTheEnd(InMemoryCounty county)
    {
        county.Flows.RunUntil(Local("2026-03-31 18:00"));
        return county;
    }
}
