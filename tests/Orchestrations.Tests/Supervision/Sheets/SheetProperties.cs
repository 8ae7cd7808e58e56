using CsCheck;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision.Sheets;
using Workflows.Testing;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Supervision.Sheets;

/// <summary>Whatever is told in whatever order, by assignments, by people and by sheets that hear late.</summary>
public sealed class SheetProperties
{
    private static readonly string[] Units = ["mzj", "zzb", "fl", "350322101"];
    private static readonly string[] Tasks = ["T01", "T02", "T03", "T04"];
    private static readonly string[] Causes = [.. SheetCauses.Told];

    /// <summary>Hours until it happens, what, where, and a number to choose by.</summary>
    private static readonly Gen<(int Hours, int What, int Unit, int Task, int Choice)> GenAct =
        Gen.Select(Gen.Int[0, 120], Gen.Int[0, 9], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 7]);

    [Fact]
    public void No_matter_is_under_two_sheets_caps_hold_numbers_have_no_gaps_and_every_sheet_has_an_issuer_with_authority() =>
        GenAct.Array[1, 30].Sample(acts =>
        {
            var county = new InMemoryCounty(Local("2025-09-01 09:00"));
            var commands = 0;
            foreach (var (hours, what, unit, task, choice) in acts)
            {
                county.Flows.RunUntil(county.Flows.Now.AddHours(hours));
                Act(county, what, Units[unit], Tasks[task], choice, $"c{++commands}");
            }

            county.Flows.RunUntil(county.Flows.Now.AddDays(40));
            Check(county);
            county.Flows.ReplayAll();
        }, iter: 25);

    private static void Act(InMemoryCounty county, int what, string unit, string task, int choice, string commandId)
    {
        var matter = $"2023-3.{task}";
        // A second plan's task of the same matter.
        var assignment = choice % 2 == 0 ? $"{matter}.{unit}" : $"2026-1.{task}.{unit}";
        UnitSheetsFact? fact = what switch
        {
            <= 3 => new UnitSheetsFact.MatterChanged(assignment, matter, "事项", [new MissedCause(Causes[choice % 4])]),
            4 or 5 => new UnitSheetsFact.MatterChanged(assignment, matter, "事项", [], Ended: choice == 7),
            6 => new UnitSheetsFact.MatterChanged(assignment, "2023-3.T01", "事项", [new MissedCause(Causes[choice % 4])]),
            7 => new UnitSheetsFact.IssueAsked(assignment, matter, "事项", choice < 4 ? null : choice < 6 ? "orange" : "red"),
            _ => null,
        };
        if (fact is not null)
        {
            county.Flows.Start(UnitSheets.FlowName, new UnitSheets().FlowId(unit), CaseRecord.Fresh(unit, new UnitMatters(unit, ReferenceCounty.SheetedVersion, county.Flows.Now)));
            county.Flows.Send(new UnitSheets().FlowId(unit), commandId, new CaseCommand<UnitSheetsFact>(fact, unit == "zzb" ? "xwdcs" : "dcs", "api"));
            return;
        }

        if (Sheets(county).LastOrDefault(sheet => sheet.Unit == unit && !sheet.Ended) is { } open)
        {
            SheetFact said = choice switch { <= 2 => new SheetFact.SignedFor(), <= 4 => new SheetFact.Answered(), 5 => new SheetFact.Returned(), _ => new SheetFact.Closed() };
            county.Flows.Send(new SupervisionSheet().FlowId(open.Id), commandId, new CaseCommand<SheetFact>(said, choice <= 4 ? unit : open.Issuer, "api"));
        }
    }

    private static void Check(InMemoryCounty county)
    {
        var sheets = Sheets(county);
        var rules = ReferenceCounty.Sheeted;
        foreach (var one in sheets)
        {
            foreach (var other in sheets.Where(other => other.Id != one.Id && other.Unit == one.Unit && other.IssuedAt >= one.IssuedAt))
            {
                var both = one.Parts.Select(part => part.Key).Intersect(other.Parts.Select(part => part.Key));
                Assert.All(both, key => Assert.True(
                    (one.Parts.First(part => part.Key == key).MendedAt ?? one.EndedAt) <= other.IssuedAt, $"{key} is under {one.Id} and {other.Id}."));
            }

            var issuer = rules.Process.Sheets!.IssuerOf(rules.Units.Find(one.Unit)!.Kind, rules.Calendar.LocalDate(one.IssuedAt));
            Assert.Equal(issuer!.Unit, one.Issuer);
            Assert.All(one.Parts, part => Assert.NotEmpty(part.Items));
        }

        var cap = rules.Process.Sheets!.Cap;
        foreach (var days in sheets.GroupBy(sheet => sheet.Unit).Select(unit => unit.Select(sheet => rules.Calendar.LocalDate(sheet.IssuedAt)).Order().ToList()))
        {
            Assert.All(days, day => Assert.True(days.Count(other => other >= day && other < day.AddDays(cap.Days)) <= cap.Sheets));
        }

        foreach (var year in sheets.GroupBy(sheet => sheet.Number.Split('〕')[0]))
        {
            var numbers = year.Select(sheet => int.Parse(sheet.Number.Split('〕')[1][..^1], System.Globalization.CultureInfo.InvariantCulture)).Order().ToList();
            Assert.Equal(Enumerable.Range(1, numbers.Count), numbers);
        }

        foreach (var mended in sheets.Where(sheet => sheet.EndedAt is not null))
        {
            Assert.DoesNotContain(county.Flows.All, flow => flow.Id.StartsWith($"NoticeDelivery-{mended.Id}.", StringComparison.Ordinal) && Begun(county, flow.Id) > mended.EndedAt);
        }
    }

    private static DateTimeOffset Begun(InMemoryCounty county, string flowId)
    {
        var id = flowId["NoticeDelivery-".Length..];
        return System.Text.Json.JsonSerializer.Deserialize<CaseRecord<Orchestrations.Notices.Delivery>>(county.Saved.First(save => save.Id == id).Record, Wire.Options)!.State.Notice.DecidedAt;
    }

    private static List<Sheet> Sheets(InMemoryCounty county) =>
    [
        .. county.Saved.Where(save => save.Kind == SupervisionSheet.FlowName).GroupBy(save => save.Id)
            .Select(saves => System.Text.Json.JsonSerializer.Deserialize<CaseRecord<Sheet>>(saves.Last().Record, Wire.Options)!.State)
            .OrderBy(sheet => sheet.IssuedAt),
    ];
}
