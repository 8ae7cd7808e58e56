using Workflows.Orchestrations.Disputes;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>When an agreement takes effect, and what a court may do with it.</summary>
public sealed partial class AftercareTests
{
    private static readonly Signature[] AllButTheSeal =
    [
        new("a", Day("2025-10-10")), new("b", Day("2025-10-10")), new(Signature.Mediator, Day("2025-10-10")),
    ];

    [Fact]
    public void A_simple_settlement_is_one_clause_in_effect_from_its_day()
    {
        var run = Ended.Settled();

        var agreement = run.State.Outcome!.Agreement!;
        Assert.Equal((Day("2025-10-10"), Day("2025-11-10")), (agreement.On, agreement.Confirmation!.Date));
        Assert.Equal([new Clause(1, "c2")], agreement.Clauses!);
        Assert.False(run.Ended);
        Assert.Equal(
            [
                "confirmation 2025-11-10", "call-back 2025-10-23", "(rating 2025-11-10)", "(review-asking 2025-11-10)",
                "(reopening 2025-11-10)",
            ],
            run.Follows());
    }

    [Fact]
    public void Clauses_are_numbered_and_each_text_is_kept_under_the_commands_id_and_its_number()
    {
        var run = Ended.Settled(new ClauseTerms("b", 1200.50m, Day("2025-10-31")), new ClauseTerms());

        Assert.Equal(
            [new Clause(1, "c2.1", "b", 1200.50m, Day("2025-10-31")), new Clause(2, "c2.2")], run.State.Outcome!.Agreement!.Clauses!);
        Assert.Contains("performance 1 2025-10-31", run.Follows());
    }

    [Fact]
    public void Manners_are_numbered_after_the_clauses_and_the_facts_are_the_commands_own_text()
    {
        var run = Ended.Settled(new DisputeFact.Settled(
            AgreementForm.Oral, Day("2025-10-10"), [new ClauseTerms(), new ClauseTerms(HasManner: true), new ClauseTerms("b", HasManner: true)], HasFacts: true));

        var agreement = run.State.Outcome!.Agreement!;
        Assert.Equal("c2", agreement.FactsText);
        Assert.Equal(
            [new Clause(1, "c2.1"), new Clause(2, "c2.2", MannerText: "c2.4"), new Clause(3, "c2.3", "b", MannerText: "c2.5")], agreement.Clauses!);
        Assert.Null(Ended.Settled(new ClauseTerms()).State.Outcome!.Agreement!.FactsText);
        // One text cannot be both the terms and the facts.
        Assert.Null(Ended.Settled(new DisputeFact.Settled(AgreementForm.Oral, Day("2025-10-10"), HasFacts: true)).State.Outcome!.Agreement!.FactsText);
    }

    [Theory]
    // The last signature counts, whoever's it is.
    [InlineData("2025-10-10", "2025-10-10", "2025-10-10", "2025-10-10", "2025-10-10")]
    [InlineData("2025-10-13", "2025-10-10", "2025-10-10", "2025-10-10", "2025-10-13")]
    [InlineData("2025-10-10", "2025-10-12", "2025-10-10", "2025-10-10", "2025-10-12")]
    [InlineData("2025-10-10", "2025-10-10", "2025-10-13", "2025-10-10", "2025-10-13")]
    [InlineData("2025-10-10", "2025-10-10", "2025-10-10", "2025-10-13", "2025-10-13")]
    public void A_written_agreement_takes_effect_with_the_last_signature_or_seal(
        string a, string b, string mediator, string seal, string effect)
    {
        var run = Ended.Mediating();

        run.Does(Local("2025-10-13 17:00"), Village, new DisputeFact.Settled(
            AgreementForm.Written,
            Day("2025-10-10"),
            Signatures: [new("a", Day(a)), new("b", Day(b)), new(Signature.Mediator, Day(mediator)), new(Signature.Seal, Day(seal))]));

        Assert.Equal(Day(effect), run.State.Outcome!.Agreement!.On);
    }

    [Fact]
    public void A_written_agreement_without_its_seal_waits_and_counts_nothing()
    {
        var run = Ended.Settled(new DisputeFact.Settled(AgreementForm.Written, Day("2025-10-10"), Signatures: [new("a", Day("2025-10-10"))]));

        var agreement = run.State.Outcome!.Agreement!;
        Assert.Equal((null, null), (agreement.On, agreement.Confirmation));
        Assert.Equal(["b", "mediator", "seal"], agreement.MissingSignatures(run.State.Parties));
        Assert.Equal("signatures 2025-10-23", run.Follows()[0]);
        Assert.DoesNotContain(run.State.Aftercare!.Open, item => item.Kind is FollowUpKind.Confirmation or FollowUpKind.Performance);
        Assert.Equal("10-10 09:00 dispute-signatures-missing 350322001001", run.Said[^1]);
        Assert.Equal("当事人b、调解员、调解委员会印章", run.Notices[^1].Model["missing"]);
    }

    [Fact]
    public void The_missing_signature_may_come_later_and_then_it_takes_effect()
    {
        var run = Ended.Settled(new DisputeFact.Settled(
            AgreementForm.Written, Day("2025-10-10"), [new ClauseTerms("b", Due: Day("2025-10-31"))], [new("a", Day("2025-10-10"))]));

        run.Does(Local("2025-10-13 10:00"), Village, new DisputeFact.AgreementSigned(
            [new("b", Day("2025-10-11")), new(Signature.Mediator, Day("2025-10-10"))]));
        Assert.Null(run.State.Outcome!.Agreement!.On);
        run.Does(Local("2025-10-14 10:00"), Village, new DisputeFact.AgreementSigned([new(Signature.Seal, Day("2025-10-14"))]));

        Assert.Equal(Day("2025-10-14"), run.State.Outcome!.Agreement!.On);
        Assert.Equal(
            [
                "call-back 2025-10-23", "(rating 2025-11-10)", "(review-asking 2025-11-10)", "(reopening 2025-11-10)",
                "confirmation 2025-11-13", "performance 1 2025-10-31",
            ],
            run.Follows());
        Assert.Equal("10-14 10:00 dispute-settled 350322001001", run.Said[^1]);
        Assert.Equal("nothing-to-sign", run.Refuses(Local("2025-10-14 11:00"), Village, new DisputeFact.AgreementSigned([new("a", Day("2025-10-14"))])));
    }

    [Fact]
    public void Signatures_that_never_come_are_reminded_of_said_once_and_left_on_the_board()
    {
        var run = Ended.Settled(new DisputeFact.Settled(AgreementForm.Written, Day("2025-10-10"), Signatures: AllButTheSeal));
        var end = Local("2025-10-24 00:00");

        run.RunUntil(JustBefore(end));
        Assert.Equal("signatures 2025-10-23", run.Follows()[0]);
        run.RunUntil(end);

        Assert.Equal(
            [
                "10-16 08:30 dispute-signatures-reminder 350322001001",
                "10-20 08:30 dispute-call-back-reminder 350322001001",
                "10-22 08:30 dispute-signatures-reminder 350322001001",
                "10-24 00:00 dispute-signatures-overdue 350322001 +zzzx",
                "10-24 00:00 dispute-call-back-overdue 350322001 +zzzx",
            ],
            run.SaidSince(Ended.At));
        Assert.Equal([FollowUpKind.Signatures], run.State.Aftercare!.Left!);
        Assert.Contains("disputes.aftercare.signatures", run.Kind.Card(run.State, run.Rules).Lists);

        // It is no end: the seal may still come.
        run.Does(Local("2025-10-27 10:00"), Village, new DisputeFact.AgreementSigned([new(Signature.Seal, Day("2025-10-27"))]));
        Assert.Equal((Day("2025-10-27"), null), (run.State.Outcome!.Agreement!.On, run.State.Aftercare!.Left));
    }

    [Theory]
    [InlineData("c", "2025-10-10", "unknown-signer")]
    [InlineData("a", "2025-10-13", "signed-twice")]
    [InlineData("seal", "2025-10-09", "signature-date")]
    [InlineData("seal", "2025-10-14", "signature-date")]
    public void A_signature_is_of_somebody_of_the_case_once_and_from_the_agreement_to_today(string by, string on, string code)
    {
        var run = Ended.Settled(new DisputeFact.Settled(AgreementForm.Written, Day("2025-10-10"), Signatures: AllButTheSeal));

        Assert.Equal(code, run.Refuses(Local("2025-10-13 10:00"), Village, new DisputeFact.AgreementSigned([new(by, Day(on))])));
        Assert.Equal("not-the-handler", run.Refuses(Local("2025-10-13 10:00"), Township, new DisputeFact.AgreementSigned([new("seal", Day("2025-10-13"))])));
        Assert.Equal("no-signature", run.Refuses(Local("2025-10-13 10:00"), Village, new DisputeFact.AgreementSigned([])));
    }

    public static TheoryData<string, DisputeFact.Settled> WrongAgreements => new()
    {
        { "signatures-oral", new(AgreementForm.Oral, Day("2025-10-10"), Signatures: []) },
        { "unknown-bar", new(AgreementForm.Oral, Day("2025-10-10"), Bar: "weather") },
        { "clause-count", new(AgreementForm.Oral, Day("2025-10-10"), []) },
        { "clause-count", new(AgreementForm.Oral, Day("2025-10-10"), [.. Enumerable.Repeat(new ClauseTerms(), 31)]) },
        { "unknown-party", new(AgreementForm.Oral, Day("2025-10-10"), [new("c")]) },
        { "clause-amount", new(AgreementForm.Oral, Day("2025-10-10"), [new("a", 0m)]) },
        { "clause-amount", new(AgreementForm.Oral, Day("2025-10-10"), [new("a", 1.005m)]) },
        { "clause-date", new(AgreementForm.Oral, Day("2025-10-10"), [new("a", Due: Day("2025-10-09"))]) },
        { "signature-date", new(AgreementForm.Written, Day("2025-10-09"), Signatures: [new("a", Day("2025-10-08"))]) },
    };

    [Theory]
    [MemberData(nameof(WrongAgreements))]
    public void An_agreement_that_cannot_be_so_is_refused(string code, DisputeFact.Settled settled) =>
        Assert.Equal(code, Ended.Mediating().Refuses(Ended.At, Village, settled));

    [Fact]
    public void Rules_that_follow_nothing_keep_an_agreement_by_form_and_day_only()
    {
        var run = Mediating();

        Assert.Equal("not-followed", run.Refuses(Ended.At, Village, new DisputeFact.Settled(AgreementForm.Oral, Day("2025-10-10"), [new ClauseTerms()])));
    }

    [Fact]
    public void The_handler_is_reminded_of_confirmation_twenty_ten_and_three_days_before_and_its_lapse_is_written_down()
    {
        var run = Ended.Settled();
        run.RunUntil(JustBefore(Local("2025-11-11 00:00")));
        Assert.Equal(ConfirmationState.Possible, run.State.Aftercare!.Confirmation!.State);
        run.RunUntil(Local("2025-11-11 00:00"));

        Assert.Equal(
            ["10-21 08:30", "10-31 08:30", "11-07 08:30"],
            run.SaidSince(Ended.At).Where(line => line.Contains("confirmation", StringComparison.Ordinal)).Select(line => line[..11]));
        Assert.Equal(ConfirmationState.Lapsed, run.State.Aftercare!.Confirmation!.State);
        Assert.Contains("11-11 00:00 ConfirmationLapsed", run.Written);
    }

    [Fact]
    public void What_a_court_would_not_confirm_counts_no_days_and_says_why()
    {
        var byCategory = Ended.Mediating(Neighbours with { Category = "land-rights" });
        byCategory.Does(Ended.At, Centre, new DisputeFact.Settled(AgreementForm.Oral, Day("2025-10-10")));
        var byAgreement = Ended.Settled(new DisputeFact.Settled(AgreementForm.Oral, Day("2025-10-10"), Bar: "adoption"));

        foreach (var (run, article) in new[] { (byCategory, "第四条第一项"), (byAgreement, "第四条第三项") })
        {
            Assert.Null(run.State.Outcome!.Agreement!.Confirmation);
            Assert.Equal(ConfirmationState.Barred, run.State.Aftercare!.Confirmation!.State);
            Assert.DoesNotContain(run.State.Aftercare.Open, item => item.Kind == FollowUpKind.Confirmation);
            Assert.Equal("dispute-settled-unconfirmable", run.Notices[^1].Template);
            Assert.EndsWith(article, run.Notices[^1].Model["source"], StringComparison.Ordinal);
            Assert.Equal("confirmation-barred", run.Refuses(Local("2025-10-13 10:00"), run.State.Handler, new DisputeFact.ConfirmationApplied(Day("2025-10-13"))));
        }
    }

    [Theory]
    [InlineData("2025-10-09", "2025-10-20 10:00", "confirmation-date")]
    [InlineData("2025-10-10", "2025-10-20 10:00", null)]
    [InlineData("2025-10-21", "2025-10-20 10:00", "confirmation-date")]
    // Handed in on the last day, told later, while another clock keeps the case open.
    [InlineData("2025-11-10", "2025-11-11 10:00", null)]
    [InlineData("2025-11-11", "2025-11-11 10:00", "confirmation-date")]
    public void Confirmation_is_asked_for_from_the_effect_to_the_last_day(string on, string told, string? code)
    {
        var run = Ended.Settled(new ClauseTerms(Due: Day("2025-12-31")));
        var applied = new DisputeFact.ConfirmationApplied(Day(on));

        if (code is not null)
        {
            Assert.Equal(code, run.Refuses(Local(told), Village, applied));
            return;
        }

        run.Does(Local(told), Township, applied);
        Assert.Equal(new Confirmation(ConfirmationState.Applied, Day(on)), run.State.Aftercare!.Confirmation);
        Assert.Contains(run.State.Aftercare.Open, item => item.Kind == FollowUpKind.Court);
        Assert.DoesNotContain(run.State.Aftercare.Open, item => item.Kind == FollowUpKind.Confirmation);
        Assert.Equal("already-applied", run.Refuses(Local(told), Village, applied));
    }

    [Theory]
    [InlineData(true, ConfirmationState.Confirmed)]
    [InlineData(false, ConfirmationState.Rejected)]
    public void The_courts_decision_is_recorded_once(bool confirmed, ConfirmationState state)
    {
        var run = Ended.Settled();
        Assert.Equal("not-applied", run.Refuses(Local("2025-10-20 09:00"), Village, new DisputeFact.ConfirmationDecided(confirmed, Day("2025-10-20"))));
        run.Does(Local("2025-10-20 10:00"), Village, new DisputeFact.ConfirmationApplied(Day("2025-10-20")));
        Assert.Equal("decision-date", run.Refuses(Local("2025-10-30 10:00"), Village, new DisputeFact.ConfirmationDecided(confirmed, Day("2025-10-19"))));
        Assert.Equal("decision-date", run.Refuses(Local("2025-10-30 10:00"), Village, new DisputeFact.ConfirmationDecided(confirmed, Day("2025-10-31"))));

        run.Does(Local("2025-10-30 10:00"), Village, new DisputeFact.ConfirmationDecided(confirmed, Day("2025-10-29")));

        Assert.Equal(new Confirmation(state, Day("2025-10-20"), Day("2025-10-29")), run.State.Aftercare!.Confirmation);
        Assert.Equal("not-applied", run.Refuses(Local("2025-10-31 10:00"), Village, new DisputeFact.ConfirmationDecided(confirmed, Day("2025-10-31"))));
    }

    [Fact]
    public void A_court_that_is_silent_is_asked_after_and_keeps_the_case_open_until_it_was_said_three_times()
    {
        var run = Ended.Settled();
        run.Does(Local("2025-10-20 10:00"), Village, new DisputeFact.ConfirmationApplied(Day("2025-10-20")));

        run.RunUntil(Local("2025-12-16 23:59"));
        Assert.False(run.Ended);
        run.RunOut();

        Assert.Equal(
            ["11-20 00:00", "12-03 08:30", "12-17 08:30"],
            run.Said.Where(line => line.Contains("dispute-court-overdue 350322001 +zzzx", StringComparison.Ordinal)).Select(line => line[..11]));
        Assert.Equal(Local("2025-12-17 08:30"), run.State.ClosedAt);
    }
}
