using System.Globalization;
using System.Text.RegularExpressions;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Supervision.Sheets;
using Workflows.Orchestrations.Units;

namespace Workflows.Server.Tests.CountyPlan;

/// <summary>What holds for the sheets of a whole plan, whoever got them for what.</summary>
internal sealed partial class SheetChecks(County county)
{
    private readonly UnitRegister units = county.Rules.Current.Units;

    public async Task Run(IReadOnlyList<Assignment> assignments)
    {
        var sheets = await All();
        var manners = assignments.GroupBy(assignment => assignment.Unit).ToDictionary(unit => unit.Key, unit => unit.Select(Manners.Of).Max());
        NumbersHaveNoGaps(sheets);
        foreach (var unit in sheets.GroupBy(sheet => sheet.Unit))
        {
            Assert.NotEqual(UnitKind.Village, units.Find(unit.Key)!.Kind);
            Assert.NotEqual(Manner.Good, manners[unit.Key]);
            CapHolds([.. unit]);
            NoMatterIsUnderTwo([.. unit]);
            Assert.All(unit, sheet => Assert.Equal(Issuer(units.Find(unit.Key)!.Kind), (sheet.Issuer, sheet.Form)));
        }

        foreach (var (unit, manner) in manners.Where(known => known.Value != Manner.Good))
        {
            List<Sheet> its = [.. sheets.Where(sheet => sheet.Unit == unit).OrderBy(sheet => sheet.IssuedAt)];
            Assert.NotEmpty(its);
            Check(manner, its);
        }
    }

    private static void Check(Manner manner, List<Sheet> its)
    {
        switch (manner)
        {
            case Manner.Silent when its[0].Form == SheetForm.Letter:
                // Nothing follows a letter: it is chased until it is answered.
                Assert.Single(its);
                Assert.Equal(SheetStatus.Issued, its[0].Status);
                break;
            case Manner.Silent:
                Assert.Equal(["blue", "orange", "red"], its.Select(sheet => sheet.Color).Distinct());
                Assert.Equal([SheetStatus.Lapsed, SheetStatus.Lapsed, SheetStatus.Issued], its.Take(3).Select(sheet => sheet.Status));
                break;
            case Manner.Late:
                // Made good by signing, and anew when the plan's day had passed.
                Assert.Equal([SheetStatus.Mended, SheetStatus.Issued], [its[0].Status, its[^1].Status]);
                Assert.Contains(its[^1].Parts, part => part.Items.Any(item => item.Causes.Any(cause => cause.Cause == SheetCauses.Finish)));
                break;
            case Manner.Careless:
                Assert.Contains(its, sheet => sheet is { Status: SheetStatus.Closed, Returns: 1 });
                Assert.DoesNotContain(its, sheet => !sheet.Ended);
                break;
        }
    }

    private (string Unit, SheetForm Form) Issuer(UnitKind kind) => (
        kind == UnitKind.Party ? "xwdcs" : units.Duties.Supervision,
        kind is UnitKind.MassOrganisation or UnitKind.Enterprise ? SheetForm.Letter : SheetForm.Sheet);

    private static void NumbersHaveNoGaps(List<Sheet> sheets)
    {
        foreach (var series in sheets.Select(sheet => Number().Match(sheet.Number)).GroupBy(number => (Word: number.Groups[1].Value, Year: number.Groups[2].Value)))
        {
            var numbers = series.Select(number => int.Parse(number.Groups[3].Value, CultureInfo.InvariantCulture)).Order();
            Assert.Equal(Enumerable.Range(1, series.Count()), numbers);
        }
    }

    /// <summary>At most three in any thirty days.</summary>
    private void CapHolds(List<Sheet> its)
    {
        List<DateOnly> days = [.. its.Select(sheet => county.Rules.Current.Calendar.LocalDate(sheet.IssuedAt)).Order()];
        for (var index = 3; index < days.Count; index++)
        {
            Assert.True(days[index].DayNumber - days[index - 3].DayNumber >= 30, $"{its[0].Unit} has four sheets from {days[index - 3]} to {days[index]}.");
        }
    }

    private static void NoMatterIsUnderTwo(List<Sheet> its)
    {
        var spans = its.SelectMany(sheet => sheet.Parts.Select(part => (part.Key, sheet.Id, From: sheet.IssuedAt, To: part.MendedAt ?? sheet.EndedAt)));
        foreach (var matter in spans.GroupBy(span => span.Key))
        {
            List<(string Key, string Id, DateTimeOffset From, DateTimeOffset? To)> inOrder = [.. matter.OrderBy(span => span.From)];
            for (var index = 1; index < inOrder.Count; index++)
            {
                Assert.True(inOrder[index - 1].To <= inOrder[index].From, $"{matter.Key} is under {inOrder[index - 1].Id} and {inOrder[index].Id}.");
            }
        }
    }

    private async Task<List<Sheet>> All()
    {
        var sheets = new List<Sheet>();
        await foreach (var row in county.Cases.All("sheets", TestContext.Current.CancellationToken))
        {
            Assert.Null(Journal.FirstBroken(await county.Cases.Journal(row.Case, TestContext.Current.CancellationToken)));
            sheets.Add((await county.Cases.Get<Sheet>(SupervisionSheet.FlowName, row.Case, TestContext.Current.CancellationToken))!.State);
        }

        return sheets;
    }

    [GeneratedRegex("^(.+)〔([0-9]{4})〕([0-9]+)号$")]
    private static partial Regex Number();
}
