using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Units;
using Workflows.Testing;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>A dispute of the reference county and the units it meets on its way.</summary>
internal static class Samples
{
    public const string Village = "350322001001";
    public const string VillageWithoutMail = "350322001002";
    public const string Township = "350322001";
    public const string Centre = "zzzx";
    public const string DutyBox = "zbs";
    public const string Police = "gaj";
    public const string Leaders = "zfw";

    /// <summary>A Friday; the Sunday after it is worked, and the National Day holiday begins on the Wednesday.</summary>
    public static DateTimeOffset Opened { get; } = Local("2025-09-26 09:00");

    public static Dispute Neighbours { get; } = new(
        "XY-2025-000001",
        ReferenceCounty.Version,
        Village,
        "neighbours",
        People: 2,
        Danger: false,
        [new Party("a", PartyRole.Applicant, Consent.Yes), new Party("b", PartyRole.Respondent, Consent.Yes)],
        Village,
        "window",
        Opened,
        SummaryText: "t1");

    public static CaseRun<Dispute, DisputeFact, DisputeRules> Run(Dispute dispute, UnitRegister? units = null) => new(
        new DisputeEscalation(),
        dispute,
        units is null ? ReferenceCounty.Disputes : ReferenceCounty.Disputes with { Units = units });

    /// <summary>A case that was offered to its first handler.</summary>
    public static CaseRun<Dispute, DisputeFact, DisputeRules> Open(Dispute dispute, UnitRegister? units = null)
    {
        var run = Run(dispute, units);
        run.Open();
        return run;
    }

    /// <summary>Both parties have said once and for all that the case may go up.</summary>
    public static Dispute WithConsent(this Dispute dispute, ConsentToGoUp consent = ConsentToGoUp.Blanket) =>
        dispute with { Parties = [.. dispute.Parties.Select(party => party with { GoUp = consent })] };

    /// <summary>A case that its village has signed for on Sunday 2025-09-28, a working day.</summary>
    public static CaseRun<Dispute, DisputeFact, DisputeRules> Mediating(Dispute? dispute = null)
    {
        var run = Open(dispute ?? Neighbours);
        run.Tell(Local("2025-09-28 10:00"), Village, new DisputeFact.SignedFor());
        return run;
    }

    /// <summary>A case whose village term is over and whose parties are being asked.</summary>
    public static CaseRun<Dispute, DisputeFact, DisputeRules> AwaitingConsent(Dispute? dispute = null)
    {
        var run = Mediating(dispute);
        run.RunUntil(EndOf(run.State.Term));
        return run;
    }

    /// <summary>A case at county level that the county centre has signed for.</summary>
    public static CaseRun<Dispute, DisputeFact, DisputeRules> MediatingAtCounty()
    {
        var run = Open(Neighbours with { WantedLevel = Level.County });
        run.Tell(Local("2025-09-28 10:00"), Centre, new DisputeFact.SignedFor());
        return run;
    }

    /// <summary>A case under the rules as they are shipped, not opened yet.</summary>
    public static CaseRun<Dispute, DisputeFact, DisputeRules> Followed(Dispute? dispute = null) =>
        new(new DisputeEscalation(), dispute ?? Neighbours, ReferenceCounty.Followed);

    /// <summary>The same as <see cref="Mediating"/>, under the rules as they are shipped.</summary>
    public static CaseRun<Dispute, DisputeFact, DisputeRules> MediatingByPlan(Dispute? dispute = null)
    {
        var run = Followed(dispute);
        run.Open();
        run.Tell(Local("2025-09-28 10:00"), Village, new DisputeFact.SignedFor());
        return run;
    }

    /// <summary>Why it was refused; null when it was taken.</summary>
    public static string? Code(Step<Dispute, DisputeFact> step) => (step as Step<Dispute, DisputeFact>.Refused)?.Code;
}
