using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Supervision.Sheets;
using Workflows.Testing;
using static Workflows.Testing.LocalTime;
using Office = Workflows.Orchestrations.Tests.Supervision.Samples;

namespace Workflows.Orchestrations.Tests.Supervision.Sheets;

/// <summary>Assignments, the unit's flow and its sheets together, through the real flows.</summary>
public sealed class SheetStoriesTests
{
    private static readonly Assignment Task = Office.Services with { Rules = ReferenceCounty.SheetedVersion };

    [Fact]
    public void A_task_that_nobody_signs_for_gets_a_blue_an_orange_and_a_red_sheet_and_is_struck_off_in_the_end()
    {
        var county = Missed();
        county.Tell(Local("2025-12-20 10:00"), Task, Office.Unit, new AssignmentFact.SignedFor());
        county.Tell(Local("2025-12-20 11:00"), Task, Office.Unit, new AssignmentFact.Claimed());
        county.Tell(Local("2025-12-20 12:00"), Task, Office.Office, new AssignmentFact.Checked(true));
        county.Flows.RunUntil(Local("2026-03-31 18:00"));

        Assert.Equal(
            ["10-10 08:30 blue lapsed", "10-24 08:30 orange lapsed", "11-10 08:30 red mended"],
            Sheets(county).Select(sheet => $"{Minute(sheet.IssuedAt)} {sheet.Color} {sheet.Status.ToString().ToLowerInvariant()}"));
        Assert.Equal(["仙政督〔2025〕1号", "仙政督〔2025〕2号", "仙政督〔2025〕3号"], Sheets(county).Select(sheet => sheet.Number));
        Assert.Null(county.Record<UnitMatters>("mzj").State.Matters);
        // Claimed done is made good for now: nothing of a sheet is said after it.
        Assert.DoesNotContain(county.Delivered, mail => mail.Notice.Template.StartsWith("sheet-", StringComparison.Ordinal) && mail.At > Local("2025-12-22 09:00"));
        county.Flows.ReplayAll();
    }

    [Fact]
    public void What_is_signed_for_within_the_time_to_merge_gets_no_sheet()
    {
        var county = new InMemoryCounty(Task.IssuedAt);
        county.Open(Task);
        // Overdue at the end of 30 September; the time to merge runs over the holidays.
        county.Tell(Local("2025-10-09 23:59"), Task, Office.Unit, new AssignmentFact.SignedFor());
        county.Tell(Local("2025-10-20 11:00"), Task, Office.Unit, new AssignmentFact.Claimed());
        county.Tell(Local("2025-10-20 12:00"), Task, Office.Office, new AssignmentFact.Checked(true));
        county.Flows.RunUntil(Local("2026-03-31 18:00"));

        Assert.Empty(Sheets(county));
        Assert.Equal(["Opened", "Missed", "Mended"], county.Journal("mzj").Select(entry => entry.Line.What));
    }

    [Fact]
    public void Under_rules_without_sheets_nobody_is_told()
    {
        var county = new InMemoryCounty(Office.Services.IssuedAt);
        county.Open(Office.Services);
        county.Flows.RunUntil(Local("2026-03-31 18:00"));

        Assert.Null(county.Flows.Find("UnitSheets-mzj"));
    }

    [Fact]
    public void A_unit_that_misses_nothing_has_no_flow_for_sheets_and_its_ended_tasks_tell_nobody()
    {
        var county = new InMemoryCounty(Task.IssuedAt);
        county.Open(Task);
        county.Tell(Local("2025-09-28 10:00"), Task, Office.Unit, new AssignmentFact.SignedFor());
        county.Tell(Local("2025-10-20 11:00"), Task, Office.Unit, new AssignmentFact.Claimed());
        county.Tell(Local("2025-10-20 12:00"), Task, Office.Office, new AssignmentFact.Checked(true));

        Assert.Null(county.Flows.Find("UnitSheets-mzj"));
        Assert.True(county.Flows.Find(new TaskSupervision().FlowId(Task.Id))!.Ended);
    }

    /// <summary>A unit's record right after its second sheet went out, with as many members set as can be.</summary>
    internal static CaseRecord<UnitMatters> UnitInFull()
    {
        var county = Missed();
        county.Flows.RunUntil(Local("2025-10-28 09:00"));
        var record = county.Record<UnitMatters>("mzj");
        return record with
        {
            State = record.State with
            {
                Important = [new ImportantMatter("2023-3.T19", "orange", Local("2025-10-28 09:00"), "c9")],
                FreeAt = Local("2025-11-10 08:30"),
                RetryAt = Local("2025-10-28 10:00"),
                NoIssuerSince = Local("2025-10-28 09:00"),
                Number = new SheetNumber("dcs", "仙政督", 2025, "mzj.s3", 3),
            },
            Tells = [TellFlow.Of<Sheet, SheetFact>(SupervisionSheet.FlowName, "SupervisionSheet-mzj.s2", "mzj.c1", new CaseCommand<SheetFact>(new SheetFact.MatterMended("2023-3.T18"), "mzj", "sheets"))],
        };
    }

    /// <summary>A sheet's record with as many members set as can be.</summary>
    internal static CaseRecord<Sheet> SheetInFull()
    {
        var county = Missed();
        county.Flows.RunUntil(Local("2025-10-28 09:00"));
        var record = county.Record<Sheet>("mzj.s2");
        return record with
        {
            State = record.State with
            {
                Check = record.State.Feedback,
                Answers = [new SheetAnswer(Local("2025-10-28 09:00"), "c2")],
                Returns = 1,
                EndedAt = Local("2025-10-28 09:00"),
                Text = "c3",
                Parts = [.. record.State.Parts.Select(part => part with { MendedAt = Local("2025-10-28 09:00"), Items = [.. part.Items.Select(item => item with { Text = "c4" })] })],
            },
        };
    }

    private static InMemoryCounty Missed()
    {
        var county = new InMemoryCounty(Task.IssuedAt);
        county.Open(Task);
        return county;
    }

    private static IReadOnlyList<Sheet> Sheets(InMemoryCounty county) =>
    [
        .. county.Saved.Where(save => save.Kind == SupervisionSheet.FlowName).GroupBy(save => save.Id)
            .Select(saves => System.Text.Json.JsonSerializer.Deserialize<CaseRecord<Sheet>>(saves.Last().Record, Wire.Options)!.State)
            .OrderBy(sheet => sheet.IssuedAt),
    ];
}
