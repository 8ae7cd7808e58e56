using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Supervision.Sheets;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Supervision.Sheets.SheetSamples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Supervision.Sheets;

/// <summary>What becomes of missed matters of one unit before they are on a sheet, and after one lets them go.</summary>
public sealed class UnitSheetsTests
{
    [Fact]
    public void Matters_missed_within_the_time_to_merge_become_one_sheet_when_the_offices_open()
    {
        var run = Of();
        run.Tell(Local("2025-11-03 10:00"), Unit, Missed("T18"));
        run.Tell(Local("2025-11-04 23:00"), Unit, Missed("T19", SheetCauses.Feedback));

        Assert.Equal(Local("2025-11-05 08:30"), run.Kind.Next(run.State));
        run.Out(12);

        var sheet = Assert.Single(run.Sheets());
        Assert.Equal("mzj.s1", sheet.Id);
        Assert.Equal("仙政督〔2025〕12号", sheet.Number);
        Assert.Equal("blue", sheet.Color);
        Assert.Equal(["2023-3.T18", "2023-3.T19"], sheet.Parts.Select(part => part.Key));
        Assert.Empty(run.State.Waiting);
        Assert.Null(run.Kind.Next(run.State));
    }

    [Fact]
    public void What_is_made_good_before_the_sheet_goes_out_is_on_none()
    {
        var run = Of();
        run.Tell(Local("2025-11-03 10:00"), Unit, Missed());
        run.Tell(Local("2025-11-04 23:59"), Unit, Mended());

        Assert.Null(run.State.Matters);
        Assert.Null(run.Kind.Next(run.State));
        Assert.Empty(run.Starts);
    }

    [Fact]
    public void A_matter_under_an_open_sheet_gets_no_second_one_not_even_from_another_plan_or_by_hand()
    {
        var run = Of();
        run.Tell(Local("2025-11-03 10:00"), Unit, Missed());
        run.Out(1);
        run.Tell(Local("2025-11-06 09:00"), Unit, new UnitSheetsFact.MatterChanged("2026-1.T02.mzj", Matter, "同一事项", [new MissedCause(SheetCauses.Feedback)]));

        Assert.Null(run.Kind.Next(run.State));
        Assert.Equal("sheet-open", Code(run.Tell(Local("2025-11-06 10:00"), Office, new UnitSheetsFact.IssueAsked("2023-3.T18.mzj", Matter, "社区服务"))));
        Assert.Single(run.Sheets());
    }

    [Fact]
    public void Only_when_nobody_misses_the_matter_any_more_does_its_sheet_hear_that_it_is_made_good()
    {
        var run = Of();
        run.Tell(Local("2025-11-03 10:00"), Unit, Missed());
        run.Out(1);
        run.Tell(Local("2025-11-06 09:00"), Unit, new UnitSheetsFact.MatterChanged("2026-1.T02.mzj", Matter, "同一事项", [new MissedCause(SheetCauses.Feedback)]));

        Assert.Null(Tells(run.Tell(Local("2025-11-06 10:00"), Unit, Mended())));
        var tell = Assert.Single(Tells(run.Tell(Local("2025-11-06 11:00"), Unit, new UnitSheetsFact.MatterChanged("2026-1.T02.mzj", Matter, "同一事项", [])))!);
        Assert.Equal("SupervisionSheet-mzj.s1", tell.Id);
        Assert.Null(tell.StartInput);
    }

    [Theory]
    [InlineData(SheetResult.Lapsed, "orange")]
    [InlineData(SheetResult.Mended, "blue")]
    public void After_a_sheet_the_ladder_goes_on_only_when_its_term_has_passed(SheetResult result, string next)
    {
        var run = Of();
        run.Tell(Local("2025-11-03 10:00"), Unit, Missed());
        run.Out(1);
        run.Tell(Local("2025-11-20 00:00"), Office, Released(run.Sheets()[0], result));
        run.Out(2);

        Assert.Equal(next, run.Sheets()[1].Color);
        Assert.Equal(result, Assert.Single(run.Sheets()[1].Parts[0].Earlier!).Result);
    }

    [Fact]
    public void What_its_issuer_has_closed_rests_until_something_else_is_missed_and_then_begins_at_the_bottom()
    {
        var run = Of();
        run.Tell(Local("2025-11-03 10:00"), Unit, Missed());
        run.Out(1);
        run.Tell(Local("2025-11-20 00:00"), Office, Released(run.Sheets()[0], SheetResult.Lapsed));
        run.Out(2);
        run.Tell(Local("2025-11-24 09:00"), Office, Released(run.Sheets()[1], SheetResult.Closed));
        Assert.Null(run.State.Matters);
        Assert.Null(run.Kind.Next(run.State));

        run.Tell(Local("2025-11-25 09:00"), Unit, Missed(cause: SheetCauses.Feedback));
        Assert.Equal("blue", Assert.Single(run.State.Waiting).Color);
    }

    [Fact]
    public void Made_good_and_missed_again_does_not_begin_at_the_bottom()
    {
        var run = Of();
        run.Tell(Local("2025-11-03 10:00"), Unit, Missed());
        run.Out(1);
        run.Tell(Local("2025-11-20 00:00"), Office, Released(run.Sheets()[0], SheetResult.Lapsed));
        run.Out(2);
        run.Tell(Local("2025-11-24 09:00"), Unit, Mended());
        run.Tell(Local("2025-11-24 09:00"), Office, Released(run.Sheets()[1], SheetResult.Mended));
        run.Tell(Local("2025-11-25 09:00"), Unit, Missed());

        Assert.Equal("orange", Assert.Single(run.State.Waiting).Color);
    }

    [Fact]
    public void Different_colours_are_different_sheets_the_gravest_first()
    {
        var run = Of();
        run.Tell(Local("2025-11-03 09:30"), Office, new UnitSheetsFact.ImportantRegistered("2023-3.T19", "red"));
        run.Tell(Local("2025-11-03 10:00"), Unit, Missed("T18"));
        run.Tell(Local("2025-11-03 10:00"), Unit, Missed("T19"));
        run.Out(1);
        run.Out(2);

        Assert.Equal(["red 2023-3.T19", "blue 2023-3.T18"], run.Sheets().Select(sheet => $"{sheet.Color} {sheet.Parts[0].Key}"));
    }

    [Fact]
    public void A_task_that_its_plan_calls_important_begins_where_the_rules_say_so()
    {
        var run = Of();
        run.Tell(Local("2025-11-03 10:00"), Unit, Missed("T18") with { Important = true });
        run.Tell(Local("2025-11-03 10:00"), Unit, Missed("T19"));
        Assert.Equal(["orange 2023-3.T18", "blue 2023-3.T19"], run.State.Waiting.Select(matter => $"{matter.Color} {matter.Key}"));

        var process = ReferenceCounty.Sheeted.Process;
        var without = Of(rules: ReferenceCounty.Sheeted with { Process = process with { Sheets = process.Sheets! with { Important = null } } });
        without.Tell(Local("2025-11-03 10:00"), Unit, Missed("T18") with { Important = true });
        Assert.Equal("blue", Assert.Single(without.State.Waiting).Color);
    }

    [Fact]
    public void A_sheet_by_hand_about_an_important_task_is_no_milder()
    {
        var run = Of();
        run.Tell(Local("2025-11-03 10:00"), Office, new UnitSheetsFact.IssueAsked("2023-3.T18.mzj", Matter, "社区服务", "blue", Important: true));

        Assert.Equal("orange", Assert.Single(run.State.Waiting).Color);
    }

    [Fact]
    public void An_assignment_tells_that_its_plan_calls_it_important()
    {
        var run = new CaseRun<Assignment, AssignmentFact, SupervisionRules>(
            new TaskSupervision(), Samples.Services with { Rules = ReferenceCounty.SheetedVersion, Important = true }, ReferenceCounty.Sheeted);
        run.Open();
        var step = Assert.IsType<Step<Assignment, AssignmentFact>.Taken>(run.RunUntil(Local("2025-09-30 23:59")).Reach(Local("2025-10-01 00:00")));

        Assert.Contains("\"important\":true", Assert.Single(step.Tells!).Command.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_fourth_sheet_within_thirty_days_waits_for_the_thirty_first_day()
    {
        var run = Of();
        for (var number = 1; number <= 3; number++)
        {
            run.Tell(Local("2025-11-03 09:00").AddMinutes(number), Office, new UnitSheetsFact.IssueAsked($"2023-3.T0{number}.mzj", $"2023-3.T0{number}", "事项"));
            run.Number(Local("2025-11-03 09:00").AddMinutes(number), number);
        }

        Assert.Equal(3, run.Sheets().Count);
        Assert.Equal("frequency-cap", Code(run.Tell(Local("2025-12-02 23:59"), Office, new UnitSheetsFact.IssueAsked("2023-3.T04.mzj", "2023-3.T04", "事项"))));
        run.Tell(Local("2025-11-10 09:00"), Unit, Missed());
        run.Tell(Local("2025-11-28 09:00"), Unit, Missed("T19"));

        // The day of issue is the first of thirty.
        Assert.Equal(Local("2025-12-03 08:30"), run.Kind.Next(run.State));
        run.Out(4);
        Assert.Equal(2, run.Sheets()[3].Parts.Count);
    }

    [Fact]
    public void Party_organs_get_sheets_of_their_own_office_and_mass_organisations_and_enterprises_letters()
    {
        foreach (var (unit, number, color) in new[] { ("zzb", "仙委督〔2025〕1号", "blue"), ("fl", "仙政督函〔2025〕1号", "letter"), ("gdwl", "仙政督函〔2025〕1号", "letter"), ("350322101", "仙政督〔2025〕1号", "blue") })
        {
            var run = Of(unit);
            run.Tell(Local("2025-11-03 10:00"), unit, Missed(unit: unit));
            run.Out(1);
            Assert.Equal((number, color), (run.Sheets()[0].Number, run.Sheets()[0].Color));
        }
    }

    [Theory]
    [InlineData("2025-11-04", false)]
    [InlineData("2025-11-05", true)]
    public void Without_authority_on_the_day_there_is_no_sheet_and_the_leaders_hear_of_it(string lastDay, bool issued)
    {
        var rules = ReferenceCounty.Sheeted;
        var sheets = rules.Process.Sheets!;
        var ends = rules with
        {
            Process = rules.Process with
            {
                Sheets = sheets with { Issuers = [.. sheets.Issuers.Select(issuer => issuer with { Authority = issuer.Authority with { To = Day(lastDay) } })] },
            },
        };
        var run = Of(rules: ends);
        run.Tell(Local("2025-11-03 10:00"), Unit, Missed());
        run.Reach(Local("2025-11-05 08:30"));

        Assert.Equal(issued ? [] : ["11-05 08:30 sheet-no-issuer zfw +dcs"], run.Said);
        Assert.Equal(issued, run.State.NoIssuerSince is null);
        var card = run.Kind.Card(run.State, ends);
        Assert.Equal(!issued, card.Lists.Contains("sheets.stuck.no-issuer"));
        if (!issued)
        {
            Assert.Null(run.Kind.Next(run.State));
            Assert.Equal("no-authority", Code(run.Tell(Local("2025-11-06 10:00"), Office, new UnitSheetsFact.IssueAsked("2023-3.T19.mzj", "2023-3.T19", "社区服务"))));
        }
    }

    [Fact]
    public void A_number_that_could_not_be_had_is_asked_for_again_under_the_same_key_and_used_by_the_next_sheet()
    {
        var run = Of();
        run.Tell(Local("2025-11-03 10:00"), Unit, Missed());
        var asked = Asked(run.Reach(Local("2025-11-05 08:30")));
        run.Tell(Local("2025-11-05 08:30"), Occasion.Clock, new UnitSheetsFact.NumberFailed("the store is down."));
        run.Tell(Local("2025-11-05 09:00"), Unit, Mended());
        run.Tell(Local("2025-12-30 09:00"), Unit, Missed("T19"));
        var next = run.Kind.Next(run.State)!.Value;
        Assert.Equal(Local("2026-01-01 00:00").AddHours(80.5), next);

        Assert.Equal(asked, Asked(run.Reach(next)));
        run.Number(next, 7);
        Assert.Equal("仙政督〔2025〕7号", run.Sheets()[0].Number);
    }

    [Fact]
    public void A_sheet_by_hand_takes_the_issuer_and_stays_until_the_issuer_closes_it()
    {
        var run = Of();
        var ask = new UnitSheetsFact.IssueAsked("2023-3.T18.mzj", Matter, "社区服务", "orange");
        Assert.Equal("not-the-issuer", Code(run.Tell(Local("2025-11-03 10:00"), "jyj", ask)));
        Assert.Equal("unknown-color", Code(run.Tell(Local("2025-11-03 10:00"), Office, ask with { Color = "green" })));
        run.Tell(Local("2025-11-03 10:00"), Office, ask);
        run.Number(Local("2025-11-03 10:00"), 1);
        Assert.Equal("orange", run.Sheets()[0].Color);

        Assert.IsType<Step<UnitMatters, UnitSheetsFact>.Nothing>(run.Tell(Local("2025-11-04 10:00"), Unit, Mended()));
        run.Tell(Local("2025-11-05 10:00"), Office, Released(run.Sheets()[0], SheetResult.Closed));
        Assert.Null(run.State.Matters);
    }

    [Fact]
    public void Rules_without_sheets_refuse_and_new_rules_with_somebody_who_may_issue_let_it_go_on()
    {
        var run = Of("350322101");
        Assert.Equal("not-in-these-rules", Code(UnitSheetsDecider.Decide(run.State, Missed(), new Occasion(Begin, Unit, "api", "c1"), ReferenceCounty.Supervision)));
        var kept = SheetRecount.Of(run.State, ReferenceCounty.Supervision, Begin);
        Assert.Equal("no-sheets", kept.Keeps?.Code);
    }

    private static IReadOnlyList<TellFlow>? Tells(Step<UnitMatters, UnitSheetsFact> step) => Assert.IsType<Step<UnitMatters, UnitSheetsFact>.Taken>(step).Tells;

    private static string Asked(Step<UnitMatters, UnitSheetsFact> step) => Assert.IsType<Step<UnitMatters, UnitSheetsFact>.Taken>(step).Perform!.Key;
}
