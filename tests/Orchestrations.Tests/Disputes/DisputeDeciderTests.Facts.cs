using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>Every fact in every status: what is taken, and what is refused with which code.</summary>
public sealed partial class DisputeDeciderTests
{
    /// <summary>Said by the handler. A word with a capital is the status it leads to.</summary>
    private const string ByTheHandler = """
        fact               | Registered      | Offered         | Mediating       | AtCounty         | AwaitingConsent          | Ended
        Opened             | Offered         | nothing         | nothing         | nothing          | nothing                  | ended
        DateReached        | nothing         | nothing         | nothing         | nothing          | nothing                  | nothing
        SignedFor          | not-offered     | Mediating       | not-offered     | not-offered      | not-offered              | ended
        SessionHeld        | not-mediating   | not-mediating   | Mediating       | Mediating        | not-mediating            | ended
        SessionTomorrow    | not-mediating   | not-mediating   | session-date    | session-date     | not-mediating            | ended
        SessionTooEarly    | not-mediating   | not-mediating   | session-date    | session-date     | not-mediating            | ended
        Settled            | not-mediating   | not-mediating   | Settled         | Settled          | not-mediating            | ended
        SettledTomorrow    | not-mediating   | not-mediating   | agreement-date  | agreement-date   | not-mediating            | ended
        SettledTooEarly    | not-mediating   | not-mediating   | agreement-date  | agreement-date   | not-mediating            | ended
        RefusedByA         | not-the-handler | Refused         | Refused         | Refused          | Refused                  | ended
        RefusedByB         | not-the-handler | Refused         | Refused         | Refused          | Refused                  | ended
        RefusedByNobody    | not-the-handler | unknown-party   | unknown-party   | unknown-party    | unknown-party            | ended
        WithdrawnByA       | not-the-handler | Withdrawn       | Withdrawn       | Withdrawn        | Withdrawn                | ended
        WithdrawnByB       | not-the-handler | not-an-applicant| not-an-applicant| not-an-applicant | not-an-applicant         | ended
        WithdrawnByNobody  | not-the-handler | unknown-party   | unknown-party   | unknown-party    | unknown-party            | ended
        EscalationAsked    | not-the-handler | AwaitingConsent | AwaitingConsent | no-higher-level  | already-awaiting-consent | ended
        NoAgreement        | not-the-handler | not-mediating   | higher-level    | Failed           | not-mediating            | ended
        ConsentOnce        | not-the-handler | Offered         | Mediating       | Mediating        | AwaitingConsent          | ended
        ConsentBlanket     | not-the-handler | Offered         | Mediating       | Mediating        | AwaitingConsent          | ended
        ConsentNo          | not-the-handler | Offered         | Mediating       | Mediating        | Refused                  | ended
        ConsentOfNobody    | not-the-handler | unknown-party   | unknown-party   | unknown-party    | unknown-party            | ended
        ConsentNotAsked    | not-the-handler | no-answer       | no-answer       | no-answer        | no-answer                | ended
        MediationYes       | not-the-handler | Offered         | Mediating       | Mediating        | AwaitingConsent          | ended
        MediationNo        | not-the-handler | Refused         | Refused         | Refused          | Refused                  | ended
        MediationNotAsked  | not-the-handler | no-answer       | no-answer       | no-answer        | no-answer                | ended
        DangerReported     | not-open        | Offered         | Mediating       | Mediating        | AwaitingConsent          | ended
        DangerUnknown      | not-open        | unknown-danger-sign | unknown-danger-sign | unknown-danger-sign | unknown-danger-sign | ended
        DangerOfNothing    | not-open        | no-danger-sign  | no-danger-sign  | no-danger-sign   | no-danger-sign           | ended
        FileAdded          | not-the-handler | Offered         | Mediating       | Mediating        | AwaitingConsent          | ended
        ReturnAsked        | not-the-handler | Offered         | not-offered     | not-offered      | not-offered              | ended
        ReturnDecided      | not-asked       | not-asked       | not-asked       | not-asked        | not-asked                | ended
        AssistAsked        | not-the-handler | not-mediating   | Mediating       | Mediating        | not-mediating            | ended
        AssistGiven        | not-assisting   | not-assisting   | not-assisting   | not-assisting    | not-assisting            | ended
        Suspended          | not-the-handler | not-mediating   | Mediating       | Mediating        | AwaitingConsent          | ended
        SuspendedForNothing| not-the-handler | not-mediating   | unknown-suspension | unknown-suspension | unknown-suspension  | ended
        Resumed            | not-the-handler | not-suspended   | not-suspended   | not-suspended    | not-suspended            | ended
        ExtensionAsked     | not-the-handler | not-mediating   | Mediating       | Mediating        | not-mediating            | ended
        ExtensionDecided   | not-asked       | not-asked       | not-asked       | not-asked        | not-asked                | ended
        SessionPlanned     | not-the-handler | not-in-these-rules | not-in-these-rules | not-in-these-rules | not-in-these-rules | ended
        SessionMoved       | not-the-handler | not-in-these-rules | not-in-these-rules | not-in-these-rules | not-in-these-rules | ended
        SessionCancelled   | not-the-handler | not-in-these-rules | not-in-these-rules | not-in-these-rules | not-in-these-rules | ended
        MediatorsNamed     | not-the-handler | not-in-these-rules | not-in-these-rules | not-in-these-rules | not-in-these-rules | ended
        MediatorChosen     | not-the-handler | not-in-these-rules | not-in-these-rules | not-in-these-rules | not-in-these-rules | ended
        AvoidanceAsked     | not-the-handler | not-in-these-rules | not-in-these-rules | not-in-these-rules | not-in-these-rules | ended
        ConflictDeclared   | not-the-handler | not-in-these-rules | not-in-these-rules | not-in-these-rules | not-in-these-rules | ended
        LinkAsked          | not-the-handler | Offered | Mediating | Mediating | AwaitingConsent | ended
        UnlinkAsked        | not-the-handler | not-linked | not-linked | not-linked | not-linked | ended
        LinkTold           | not-yours | not-yours | not-yours | not-yours | not-yours | ended
        MergeAsked         | not-the-handler | Offered | Mediating | Mediating | not-mediating | ended
        JoinAsked          | not-yours | not-yours | not-yours | not-yours | not-yours | ended
        JoinAnswered       | not-yours | not-yours | not-yours | not-yours | not-yours | ended
        JoinConfirmed      | not-yours | not-yours | not-yours | not-yours | not-yours | ended
        JoinTakenBack      | not-yours | not-yours | not-yours | not-yours | not-yours | ended
        SplitAsked         | not-the-handler | not-mediating | too-few-parties | too-few-parties | not-mediating | ended
        PeopleMoved        | nothing | nothing | nothing | nothing | nothing | ended
        PeopleNotMoved     | Registered | Offered | Mediating | Mediating | AwaitingConsent | ended
        CaseGone           | nothing | nothing | nothing | nothing | nothing | ended
        AvoidanceDecided   | not-asked       | not-asked       | not-asked       | not-asked        | not-asked                | ended
        RepresentativesNamed | not-the-handler | side-too-small | side-too-small | side-too-small  | side-too-small           | ended
        AgreementSigned    | not-ended       | not-ended       | not-ended       | not-ended        | not-ended                | ended
        ConfirmationApplied| not-ended       | not-ended       | not-ended       | not-ended        | not-ended                | ended
        ConfirmationDecided| not-ended       | not-ended       | not-ended       | not-ended        | not-ended                | ended
        ClausePerformed    | not-ended       | not-ended       | not-ended       | not-ended        | not-ended                | ended
        ClauseNotPerformed | not-ended       | not-ended       | not-ended       | not-ended        | not-ended                | ended
        CalledBack         | not-ended       | not-ended       | not-ended       | not-ended        | not-ended                | ended
        Rated              | not-ended       | not-ended       | not-ended       | not-ended        | not-ended                | ended
        MendTold           | not-ended       | not-ended       | not-ended       | not-ended        | not-ended                | ended
        ReviewAsked        | not-ended       | not-ended       | not-ended       | not-ended        | not-ended                | ended
        ReviewAnswered     | not-ended       | not-ended       | not-ended       | not-ended        | not-ended                | ended
        Reopened           | not-ended       | not-ended       | not-ended       | not-ended        | not-ended                | ended
        RulesChanged       | other-rules     | other-rules     | other-rules     | other-rules      | other-rules              | ended
        """;

    /// <summary>Said by the handler's superior, who may record what parties say and nothing else.</summary>
    private const string ByTheSuperior = """
        fact               | Offered         | Mediating       | AtCounty        | AwaitingConsent
        SignedFor          | not-the-handler | not-offered     | not-offered     | not-offered
        SessionHeld        | not-mediating   | not-the-handler | not-the-handler | not-mediating
        Settled            | not-mediating   | not-the-handler | not-the-handler | not-mediating
        RefusedByB         | Refused         | Refused         | Refused         | Refused
        WithdrawnByA       | Withdrawn       | Withdrawn       | Withdrawn       | Withdrawn
        EscalationAsked    | not-the-handler | not-the-handler | not-the-handler | not-the-handler
        NoAgreement        | not-the-handler | not-the-handler | not-the-handler | not-the-handler
        ConsentOnce        | Offered         | Mediating       | Mediating       | AwaitingConsent
        MediationYes       | Offered         | Mediating       | Mediating       | AwaitingConsent
        RepresentativesNamed | side-too-small | side-too-small | side-too-small | side-too-small
        FileAdded          | not-the-handler | not-the-handler | not-the-handler | not-the-handler
        ReturnAsked        | not-the-handler | not-the-handler | not-the-handler | not-the-handler
        AssistAsked        | not-the-handler | not-the-handler | not-the-handler | not-the-handler
        Suspended          | not-the-handler | not-the-handler | not-the-handler | not-the-handler
        ExtensionAsked     | not-the-handler | not-the-handler | not-the-handler | not-the-handler
        """;

    /// <summary>Said by a unit that has nothing to do with the case, here the civil affairs bureau.</summary>
    private const string ByAStranger = """
        fact               | Offered         | Mediating       | AtCounty        | AwaitingConsent
        SignedFor          | not-the-handler | not-offered     | not-offered     | not-offered
        SessionHeld        | not-mediating   | not-the-handler | not-the-handler | not-mediating
        Settled            | not-mediating   | not-the-handler | not-the-handler | not-mediating
        RefusedByB         | not-the-handler | not-the-handler | not-the-handler | not-the-handler
        WithdrawnByA       | not-the-handler | not-the-handler | not-the-handler | not-the-handler
        EscalationAsked    | not-the-handler | not-the-handler | not-the-handler | not-the-handler
        NoAgreement        | not-the-handler | not-the-handler | not-the-handler | not-the-handler
        ConsentOnce        | not-the-handler | not-the-handler | not-the-handler | not-the-handler
        MediationYes       | not-the-handler | not-the-handler | not-the-handler | not-the-handler
        RepresentativesNamed | not-the-handler | not-the-handler | not-the-handler | not-the-handler
        DangerReported     | Offered         | Mediating       | Mediating       | AwaitingConsent
        FileAdded          | not-the-handler | not-the-handler | not-the-handler | not-the-handler
        ReturnAsked        | not-the-handler | not-the-handler | not-the-handler | not-the-handler
        AssistAsked        | not-the-handler | not-the-handler | not-the-handler | not-the-handler
        Suspended          | not-the-handler | not-the-handler | not-the-handler | not-the-handler
        ExtensionAsked     | not-the-handler | not-the-handler | not-the-handler | not-the-handler
        """;

    private static readonly Dictionary<string, DisputeFact> Facts = new()
    {
        ["Opened"] = new DisputeFact.Opened(),
        ["DateReached"] = new DisputeFact.DateReached(),
        ["SignedFor"] = new DisputeFact.SignedFor(),
        ["SessionHeld"] = new DisputeFact.SessionHeld(Day("2025-10-13")),
        ["SessionTomorrow"] = new DisputeFact.SessionHeld(Day("2025-10-31")),
        ["SessionTooEarly"] = new DisputeFact.SessionHeld(Day("2025-09-25")),
        ["Settled"] = new DisputeFact.Settled(AgreementForm.Written, Day("2025-09-28")),
        ["SettledTomorrow"] = new DisputeFact.Settled(AgreementForm.Written, Day("2025-10-31")),
        ["SettledTooEarly"] = new DisputeFact.Settled(AgreementForm.Oral, Day("2025-09-25")),
        ["RefusedByA"] = new DisputeFact.Refused("a"),
        ["RefusedByB"] = new DisputeFact.Refused("b"),
        ["RefusedByNobody"] = new DisputeFact.Refused("c"),
        ["WithdrawnByA"] = new DisputeFact.Withdrawn("a"),
        ["WithdrawnByB"] = new DisputeFact.Withdrawn("b"),
        ["WithdrawnByNobody"] = new DisputeFact.Withdrawn("c"),
        ["EscalationAsked"] = new DisputeFact.EscalationAsked(),
        ["NoAgreement"] = new DisputeFact.NoAgreement(),
        ["ConsentOnce"] = new DisputeFact.ConsentAnswered("a", ConsentToGoUp.Once),
        ["ConsentBlanket"] = new DisputeFact.ConsentAnswered("b", ConsentToGoUp.Blanket),
        ["ConsentNo"] = new DisputeFact.ConsentAnswered("b", ConsentToGoUp.No),
        ["ConsentOfNobody"] = new DisputeFact.ConsentAnswered("c", ConsentToGoUp.Once),
        ["MediationYes"] = new DisputeFact.MediationConsent("a", Consent.Yes, RecordMeans.Oral),
        ["MediationNo"] = new DisputeFact.MediationConsent("b", Consent.No, RecordMeans.Phone),
        ["MediationNotAsked"] = new DisputeFact.MediationConsent("a", Consent.NotAsked, RecordMeans.Oral),
        ["DangerReported"] = new DisputeFact.DangerReported(["old-feud", "violence"]),
        ["DangerUnknown"] = new DisputeFact.DangerReported(["violence", "thunder"]),
        ["DangerOfNothing"] = new DisputeFact.DangerReported([]),
        ["FileAdded"] = new DisputeFact.FileAdded("f1", "session-record", new string('0', 64)),
        ["ReturnAsked"] = new DisputeFact.ReturnAsked(),
        ["ReturnDecided"] = new DisputeFact.ReturnDecided(true),
        ["AssistAsked"] = new DisputeFact.AssistAsked("mzj"),
        ["AssistGiven"] = new DisputeFact.AssistGiven(),
        ["Suspended"] = new DisputeFact.Suspended("appraisal"),
        ["SuspendedForNothing"] = new DisputeFact.Suspended("holiday"),
        ["Resumed"] = new DisputeFact.Resumed(),
        ["ExtensionAsked"] = new DisputeFact.ExtensionAsked(3, ["a", "b"]),
        ["ExtensionDecided"] = new DisputeFact.ExtensionDecided(true),
        ["ConsentNotAsked"] = new DisputeFact.ConsentAnswered("a", ConsentToGoUp.NotAsked),
        ["AgreementSigned"] = new DisputeFact.AgreementSigned([new("a", Day("2025-10-13"))]),
        ["ConfirmationApplied"] = new DisputeFact.ConfirmationApplied(Day("2025-10-13")),
        ["ConfirmationDecided"] = new DisputeFact.ConfirmationDecided(true, Day("2025-10-13")),
        ["ClausePerformed"] = new DisputeFact.ClausePerformed(1),
        ["ClauseNotPerformed"] = new DisputeFact.ClauseNotPerformed(1, "b"),
        ["CalledBack"] = new DisputeFact.CalledBack("a", CallBackResult.Satisfied),
        ["Rated"] = new DisputeFact.Rated("a", 5),
        ["MendTold"] = new DisputeFact.MendTold("a"),
        ["ReviewAsked"] = new DisputeFact.ReviewAsked("a"),
        ["ReviewAnswered"] = new DisputeFact.ReviewAnswered("a", ReviewOutcome.Upheld),
        ["Reopened"] = new DisputeFact.Reopened("a"),
        ["RulesChanged"] = new DisputeFact.RulesChanged("r-0123456789abcdef"),
        ["SessionPlanned"] = new DisputeFact.SessionPlanned(Day("2025-10-14"), new TimeOnly(9, 0), new TimeOnly(10, 0), SessionForm.OnSite),
        ["SessionMoved"] = new DisputeFact.SessionMoved(1, Day("2025-10-14"), new TimeOnly(9, 0), new TimeOnly(10, 0)),
        ["SessionCancelled"] = new DisputeFact.SessionCancelled(1),
        ["MediatorsNamed"] = new DisputeFact.MediatorsNamed(["m-350322001001-1"]),
        ["MediatorChosen"] = new DisputeFact.MediatorChosen("a", "m-350322001001-1"),
        ["AvoidanceAsked"] = new DisputeFact.AvoidanceAsked("m-350322001001-1", "other"),
        ["AvoidanceDecided"] = new DisputeFact.AvoidanceDecided("m-350322001001-1", true),
        ["LinkAsked"] = new DisputeFact.LinkAsked("D2025-00002"),
        ["UnlinkAsked"] = new DisputeFact.UnlinkAsked("D2025-00002"),
        ["LinkTold"] = new DisputeFact.LinkTold("D2025-00002", true),
        ["MergeAsked"] = new DisputeFact.MergeAsked("D2025-00002"),
        ["JoinAsked"] = new DisputeFact.JoinAsked(new JoiningCase("D2025-00002", Village, 2, [], [], null)),
        ["JoinAnswered"] = new DisputeFact.JoinAnswered("D2025-00002", []),
        ["JoinConfirmed"] = new DisputeFact.JoinConfirmed("D2025-00002", "merge-1"),
        ["JoinTakenBack"] = new DisputeFact.JoinTakenBack("D2025-00002", "merge-1", "it has ended.", Village, "neighbours", Opened),
        ["SplitAsked"] = new DisputeFact.SplitAsked("D2025-00002", ["b"], 2, ["a"]),
        ["PeopleMoved"] = new DisputeFact.PeopleMoved("D2025-00002"),
        ["PeopleNotMoved"] = new DisputeFact.PeopleNotMoved(),
        ["RepresentativesNamed"] = new DisputeFact.RepresentativesNamed(PartyRole.Applicant, ["a"]),
        ["CaseGone"] = new DisputeFact.CaseGone("D2025-00002"),
        ["ConflictDeclared"] = new DisputeFact.ConflictDeclared("m-350322001001-1"),
    };

    public static TheoryData<string, string, string> SaidByTheHandler => Cells(ByTheHandler);

    public static TheoryData<string, string, string> SaidByTheSuperior => Cells(ByTheSuperior);

    public static TheoryData<string, string, string> SaidByAStranger => Cells(ByAStranger);

    [Theory]
    [MemberData(nameof(SaidByTheHandler))]
    public void Every_fact_has_an_answer_in_every_status(string fact, string status, string answer) =>
        Check(fact, status, answer, run => run.State.Handler.Length > 0 ? run.State.Handler : Village);

    [Theory]
    [MemberData(nameof(SaidByTheSuperior))]
    public void The_handlers_superior_may_record_what_parties_say(string fact, string status, string answer) =>
        Check(fact, status, answer, run => run.Rules.Units.SuperiorOf(run.State.Handler)!.Id);

    [Theory]
    [MemberData(nameof(SaidByAStranger))]
    public void A_unit_that_has_nothing_to_do_with_the_case_is_refused(string fact, string status, string answer) =>
        Check(fact, status, answer, _ => "mzj");

    [Fact]
    public void The_table_names_every_fact_and_every_status()
    {
        var facts = typeof(DisputeFact).GetNestedTypes().Select(type => type.Name).Order(StringComparer.Ordinal);
        var states = Enum.GetValues<DisputeStatus>().Where(status => status < DisputeStatus.Settled).Select(status => status.ToString());

        Assert.Equal(facts, Facts.Values.Select(fact => fact.GetType().Name).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(states.Order(), SaidByTheHandler.Select(row => row.Data.Item2).Distinct().Except(["AtCounty", "Ended"]).Order());
    }

    [Theory]
    [InlineData("RefusedByA")]
    [InlineData("WithdrawnByA")]
    [InlineData("Settled")]
    public void However_a_dispute_has_ended_nothing_moves_it_any_more(string end)
    {
        var ended = Mediating();
        ended.Tell(Local("2025-09-28 12:00"), Village, Facts[end]);
        var after = ended.State;

        foreach (var fact in Facts.Values.Where(fact => fact is not DisputeFact.DateReached))
        {
            var refused = Assert.IsType<Step<Dispute, DisputeFact>.Refused>(ended.Tell(Local("2025-09-29 09:00"), Village, fact));
            Assert.Equal(
                new Step<Dispute, DisputeFact>.Refused("ended", $"The dispute has ended: {after.Outcome!.Reason}."), refused);
        }

        Assert.IsType<Step<Dispute, DisputeFact>.Nothing>(ended.Reach(Local("2026-06-01 09:00")));
        Assert.Same(after, ended.State);
    }

    [Fact]
    public void A_repeated_command_is_answered_by_the_state_and_changes_nothing()
    {
        var run = Mediating();
        var before = run.State;

        var again = run.Tell(Local("2025-09-28 10:01"), Village, new DisputeFact.SignedFor());

        Assert.Equal(
            new Step<Dispute, DisputeFact>.Refused("not-offered", "Only an offered dispute is signed for; this one is Mediating."),
            again);
        Assert.Same(before, run.State);
    }

    private static void Check(
        string fact, string status, string answer, Func<CaseRun<Dispute, DisputeFact, DisputeRules>, string> by)
    {
        var run = In(status);
        var before = run.State;

        var step = run.Tell(At(status), by(run), Facts[fact]);

        Assert.Equal(answer, step switch
        {
            Step<Dispute, DisputeFact>.Taken taken => taken.State.Status.ToString(),
            Step<Dispute, DisputeFact>.Refused refused => refused.Code,
            _ => "nothing",
        });
        if (step is Step<Dispute, DisputeFact>.Refused { Reason: var reason })
        {
            Assert.EndsWith(".", reason, StringComparison.Ordinal);
            Assert.Same(before, run.State);
        }
    }

    private static CaseRun<Dispute, DisputeFact, DisputeRules> In(string status) => status switch
    {
        "Registered" => Run(Neighbours),
        "Offered" => Open(Neighbours),
        "Mediating" => Mediating(),
        "AtCounty" => MediatingAtCounty(),
        "AwaitingConsent" => AwaitingConsent(),
        "Ended" => Mediating(Neighbours.WithConsent(ConsentToGoUp.No)).RunOut(),
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    /// <summary>A moment at which no date of the status is due.</summary>
    private static DateTimeOffset At(string status) =>
        status == "AwaitingConsent" ? Local("2025-10-20 09:00")
        : status is "Mediating" or "AtCounty" ? Local("2025-10-13 18:00")
        : status == "Ended" ? Local("2025-10-30 09:00")
        : Local("2025-09-26 18:00");

    private static TheoryData<string, string, string> Cells(string table)
    {
        var rows = table.Split('\n').Select(row => row.Split('|', StringSplitOptions.TrimEntries)).ToList();
        var data = new TheoryData<string, string, string>();
        foreach (var row in rows.Skip(1))
        {
            for (var column = 1; column < row.Length; column++)
            {
                data.Add(row[0], rows[0][column], row[column]);
            }
        }

        return data;
    }
}
