using System.Globalization;
using System.Text.Json;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Supervision.Sheets;

namespace Workflows.Server.Tests.CountyPlan;

/// <summary>The units and the supervising offices: what they say on which day.</summary>
internal sealed class PlanPeople(County county, IReadOnlyList<Assignment> assignments)
{
    private static readonly DateOnly FirstLook = new(2023, 10, 18);
    private static readonly DateOnly LastLook = new(2025, 12, 24);
    private static readonly DateOnly Claim = new(2025, 11, 20);

    private readonly string supervision = county.Rules.Current.Units.Duties.Supervision;

    /// <summary>Every moment at which somebody speaks, in order of time, with what is said then.</summary>
    public IEnumerable<(DateTimeOffset At, Func<Task> Speak)> Days() => Fixed().Concat(Looks()).OrderBy(one => one.At);

    private IEnumerable<(DateTimeOffset At, Func<Task> Speak)> Fixed()
    {
        yield return (At(2023, 10, 10), () => All([Manner.Good, Manner.Careless], _ => new AssignmentFact.SignedFor(), "sign"));
        yield return (At(2023, 10, 25), () => All([Manner.Late], _ => new AssignmentFact.SignedFor(), "sign"));
        foreach (var (day, period) in Periods())
        {
            yield return (At(day), () => Report(day, period));
        }

        yield return (At(Claim), () => All([Manner.Good, Manner.Careless], assignment => new AssignmentFact.Claimed(Figures(assignment, Claim)), "claim"));
        yield return (At(2025, 11, 24), () => Check(assignment => Manners.Of(assignment) == Manner.Good));
        yield return (At(2025, 12, 10), () => All([Manner.Careless], _ => new AssignmentFact.Claimed(), "claim-again"));
        yield return (At(2025, 12, 12), () => Check(_ => true));
    }

    /// <summary>Once a week somebody in a careless unit, and the office, look at its sheets.</summary>
    private IEnumerable<(DateTimeOffset At, Func<Task> Speak)> Looks()
    {
        for (var day = FirstLook; day <= LastLook; day = day.AddDays(7))
        {
            var at = day;
            yield return (At(day), () => LookAtSheets(at));
        }
    }

    /// <summary>Every month and quarter from the first after activation on, each on its 26th day, to the plan's end.</summary>
    private static IEnumerable<(DateOnly Day, string Period)> Periods()
    {
        for (var month = new DateOnly(2023, 10, 1); month < new DateOnly(2026, 1, 1); month = month.AddMonths(1))
        {
            yield return (new(month.Year, month.Month, 26), month.ToString("yyyy-MM", CultureInfo.InvariantCulture));
            if (month.Month % 3 == 0)
            {
                yield return (new(month.Year, month.Month, 26), string.Create(CultureInfo.InvariantCulture, $"{month.Year}-Q{month.Month / 3}"));
            }
        }
    }

    /// <summary>Whoever signed, and has not claimed, says how it goes.</summary>
    private async Task Report(DateOnly day, string period)
    {
        var isQuarter = period.Contains('Q', StringComparison.Ordinal);
        await All(
            day < Claim ? [Manner.Good, Manner.Late] : [Manner.Late],
            assignment => IsMonthly(assignment) == isQuarter ? null : new AssignmentFact.FeedbackGiven(period, Figures(assignment, day)),
            $"report-{period}");
        if (day.Month % 6 == 0 && day < Claim)
        {
            await ReportWhatIsAsked(day, period, isQuarter);
        }
    }

    /// <summary>Twice a year a careless unit looks what it is asked for.</summary>
    private async Task ReportWhatIsAsked(DateOnly day, string id, bool quarterly)
    {
        foreach (var assignment in assignments.Where(assignment => Manners.Of(assignment) == Manner.Careless && IsMonthly(assignment) != quarterly))
        {
            var record = await county.Cases.Get<Assignment>(TaskSupervision.FlowName, assignment.Id);
            var sent = await county.Engine.Send(
                new TaskSupervision().FlowId(assignment.Id),
                $"report-{id}",
                new CaseCommand<AssignmentFact>(new AssignmentFact.FeedbackGiven(record!.State.Feedback!.Period, Figures(assignment, day)), assignment.Unit, "test"));
            Assert.Equal(SendOutcome.Accepted, sent);
        }
    }

    public static bool IsMonthly(Assignment assignment, SupervisionProcess process) => AssignmentFeedback.CadenceOf(assignment, process) == Cadence.Monthly;

    private bool IsMonthly(Assignment assignment) => IsMonthly(assignment, county.Rules.Current.Supervision.Process);

    private static List<Figure>? Figures(Assignment assignment, DateOnly day)
    {
        List<Figure> figures = [.. (assignment.Indicators ?? []).Select(indicator => new Figure(indicator.Id, Value(indicator, Manners.Of(assignment), day), day))];
        return figures.Count > 0 ? figures : null;
    }

    private static decimal Value(PlanIndicator indicator, Manner manner, DateOnly day)
    {
        var isCap = indicator.Comparator is Comparator.Lte or Comparator.Lt;
        var expected = isCap ? indicator.Value - 1 : IndicatorStandings.Expected(indicator, new DateOnly(2023, 10, 9), day);
        return manner == Manner.Careless && !isCap ? Math.Round(expected / 2, 4) : expected;
    }

    private Task Check(Func<Assignment, bool> done) => Task.WhenAll(assignments
        .Where(assignment => Manners.Of(assignment) is Manner.Good or Manner.Careless)
        .Select(async assignment =>
        {
            var record = await county.Cases.Get<Assignment>(TaskSupervision.FlowName, assignment.Id);
            if (record!.State.Status == AssignmentStatus.Claimed)
            {
                var sent = await county.Engine.Send(
                    new TaskSupervision().FlowId(assignment.Id),
                    $"check-{record.State.Claims}",
                    new CaseCommand<AssignmentFact>(new AssignmentFact.Checked(done(assignment)), supervision, "test"));
                Assert.Equal(SendOutcome.Accepted, sent);
            }
        }));

    private Task All(Manner[] who, Func<Assignment, AssignmentFact?> say, string id) => Task.WhenAll(assignments
        .Where(assignment => who.Contains(Manners.Of(assignment)))
        .Select(async assignment =>
        {
            if (say(assignment) is { } fact)
            {
                var sent = await county.Engine.Send(new TaskSupervision().FlowId(assignment.Id), id, new CaseCommand<AssignmentFact>(fact, assignment.Unit, "test"));
                Assert.Equal(SendOutcome.Accepted, sent);
            }
        }));

    /// <summary>It signs and answers; the office returns the first answer to a sheet and takes the second.</summary>
    private async Task LookAtSheets(DateOnly day)
    {
        foreach (var unit in assignments.Where(assignment => Manners.Of(assignment) == Manner.Careless).Select(assignment => assignment.Unit).Distinct())
        {
            await foreach (var row in county.Cases.All($"sheets.unit.{unit}"))
            {
                var sheet = row.Card.Summary.Deserialize<SheetSummary>(Wire.Options)!;
                IReadOnlyList<(string By, SheetFact Fact)> say = sheet.Status switch
                {
                    "issued" => [(unit, new SheetFact.SignedFor()), (unit, new SheetFact.Answered())],
                    "signedFor" => [(unit, new SheetFact.Answered())],
                    "answered" => [(sheet.Issuer, sheet.Returns == 0 ? new SheetFact.Returned() : new SheetFact.Closed())],
                    _ => [],
                };
                foreach (var (by, fact) in say)
                {
                    var sent = await county.Engine.Send(
                        new SupervisionSheet().FlowId(sheet.Id),
                        string.Create(CultureInfo.InvariantCulture, $"{day:yyyyMMdd}-{fact.GetType().Name}"),
                        new CaseCommand<SheetFact>(fact, by, "test"));
                    Assert.Equal(SendOutcome.Accepted, sent);
                }
            }
        }
    }

    private static DateTimeOffset At(int year, int month, int day) => At(new DateOnly(year, month, day));

    private static DateTimeOffset At(DateOnly day) => new DateTimeOffset(day.ToDateTime(new TimeOnly(10, 0)), TimeSpan.FromHours(8)).ToUniversalTime();
}
