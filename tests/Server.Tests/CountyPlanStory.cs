using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Activities.Storage;
using Workflows.Engine;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;
using Workflows.Orchestrations.Supervision;
using Workflows.Testing;

namespace Workflows.Server.Tests;

/// <summary>
/// The county plan on the virtual clock, through the real engine, stores and outbox: from its activation to the day it
/// expires, with units that behave well, late and not at all.
/// </summary>
internal static class CountyPlanStory
{
    private static readonly DateTimeOffset Activated = At(2023, 10, 9, 9);

    /// <summary>The first office morning after the plan has expired: what fell due at midnight has been said.</summary>
    private static readonly DateTimeOffset Expired = At(2026, 1, 4, 9);
    private static readonly DateOnly Due = new(2025, 12, 31);

    /// <summary>Never signs: a county unit, and a township for its first three tasks.</summary>
    private static bool IsSilent(Assignment assignment) =>
        assignment.Unit == "fgj" || (assignment is { Unit: "350322204", Task: "T01" or "T02" or "T03" });

    /// <summary>Signs ten days after it should have, and never finishes.</summary>
    private static bool IsLate(Assignment assignment) => assignment.Unit is "yjj" or "350322200";

    /// <summary>Lives through the plan and checks every case of it.</summary>
    /// <param name="elsewhere">Where tables and blobs are, if not in the county's folder.</param>
    /// <param name="tasks">Ids of the tasks that are given out; null: all 36.</param>
    public static async Task Run(StorageOptions? elsewhere = null, IReadOnlyList<string>? tasks = null)
    {
        using var folder = new TempFolder();
        var clock = new VirtualClock(Activated);
        var options = new CountyOptions(folder.File("data"), Path.Combine(ReferenceCounty.Root, "seeds"), Elsewhere: elsewhere);
        await using var county = await County.Open(options, clock, NullLoggerFactory.Instance, cancellation: TestContext.Current.CancellationToken);
        var plan = county.Plans.Find("2023-3")!;
        var assignments = PlanFanOut.Of(plan, county.Rules.Current.Units.Townships.Select(unit => unit.Id), county.Rules.Current.Version, Activated);
        Assert.Equal(145 + 648, assignments.Count);
        assignments = [.. assignments.Where(assignment => tasks?.Contains(assignment.Task) != false)];
        Assert.Contains(assignments, IsSilent);
        Assert.Contains(assignments, IsLate);

        await county.Engine.Start(PlanActivation.FlowName, PlanActivation.FlowId(plan.Id), new ActivatePlan(plan.Id, assignments), cancellation: TestContext.Current.CancellationToken);
        await VirtualRun.Until(county.Engine, clock, Activated, TestContext.Current.CancellationToken);
        foreach (var (at, say) in Behaviour(county, assignments))
        {
            await VirtualRun.Until(county.Engine, clock, at, TestContext.Current.CancellationToken);
            await Task.WhenAll(say.Select(one => Say(county, one.Assignment, one.By, one.Fact)));
        }

        await VirtualRun.Until(county.Engine, clock, Expired, TestContext.Current.CancellationToken);
        await Check(county, assignments);
    }

    /// <summary>Who does what when, in order of time.</summary>
    private static IEnumerable<(DateTimeOffset At, List<(Assignment Assignment, string By, AssignmentFact Fact)> Say)> Behaviour(
        County county, IReadOnlyList<Assignment> assignments)
    {
        var supervision = county.Rules.Current.Units.Duties.Supervision;
        var good = assignments.Where(assignment => !IsSilent(assignment) && !IsLate(assignment)).ToList();
        var late = assignments.Where(IsLate).ToList();
        yield return (At(2023, 10, 10, 10), [.. good.Select(assignment => (assignment, assignment.Unit, (AssignmentFact)new AssignmentFact.SignedFor()))]);
        yield return (At(2023, 10, 25, 10), [.. late.Select(assignment => (assignment, assignment.Unit, (AssignmentFact)new AssignmentFact.SignedFor()))]);
        foreach (var (at, period) in Periods())
        {
            // Whoever signed says how it goes.
            yield return (at, [.. good.Concat(late).Where(assignment => IsMonthly(assignment) == !period.Contains('Q', StringComparison.Ordinal))
                .Select(assignment => (assignment, assignment.Unit, (AssignmentFact)new AssignmentFact.FeedbackGiven(period)))]);
        }

        yield return (At(2025, 11, 20, 10), [.. good.Select(assignment => (assignment, assignment.Unit, (AssignmentFact)new AssignmentFact.Claimed()))]);
        yield return (At(2025, 11, 24, 10), [.. good.Select(assignment => (assignment, supervision, (AssignmentFact)new AssignmentFact.Checked(true)))]);
    }

    private static bool IsMonthly(Assignment assignment) => assignment.Role == AssignmentRole.Lead;

    /// <summary>Every month and quarter from the first after activation on, each on its 26th day, up to October 2025.</summary>
    private static IEnumerable<(DateTimeOffset At, string Period)> Periods()
    {
        for (var month = new DateOnly(2023, 10, 1); month < new DateOnly(2025, 11, 1); month = month.AddMonths(1))
        {
            var at = At(month.Year, month.Month, 26, 10);
            yield return (at, month.ToString("yyyy-MM", CultureInfo.InvariantCulture));
            if (month.Month % 3 == 0)
            {
                yield return (at, string.Create(CultureInfo.InvariantCulture, $"{month.Year}-Q{month.Month / 3}"));
            }
        }
    }

    private static async Task Say(County county, Assignment assignment, string by, AssignmentFact fact) => Assert.Equal(
        SendOutcome.Accepted,
        await county.Engine.Send(new TaskSupervision().FlowId(assignment.Id), fact is AssignmentFact.FeedbackGiven given ? $"FeedbackGiven-{given.Period}" : fact.GetType().Name, new CaseCommand<AssignmentFact>(fact, by, "test"), TestContext.Current.CancellationToken));

    private static async Task Check(County county, IReadOnlyList<Assignment> assignments)
    {
        var rules = county.Rules.Current.Supervision;
        await foreach (var row in county.Cases.All("notices", TestContext.Current.CancellationToken))
        {
            Assert.Contains(row.Card.Status, (string[])["sent", "inDigest"]);
        }

        foreach (var assignment in assignments)
        {
            var record = await county.Cases.Get<Assignment>(TaskSupervision.FlowName, assignment.Id, TestContext.Current.CancellationToken);
            var journal = await county.Cases.Journal(assignment.Id, TestContext.Current.CancellationToken);
            Assert.Null(Journal.FirstBroken(journal));
            var words = journal.Select(entry => entry.Line.What).ToList();
            if (IsSilent(assignment))
            {
                // Not signed for: chased every five working days for more than two years, then chased for the task.
                Assert.Equal(AssignmentStatus.Issued, record!.State.Status);
                Assert.Equal(Chases(rules), words.Count(word => word == "NotSignedFor"));
                Assert.Equal(1 + 3, words.Count(word => word == "Reminded"));
                Assert.Equal(1, words.Count(word => word == "Overdue"));
            }
            else if (IsLate(assignment))
            {
                Assert.Equal(AssignmentStatus.Active, record!.State.Status);
                Assert.Equal(2, words.Count(word => word == "NotSignedFor"));
                Assert.Equal(1, words.Count(word => word == "Overdue"));
            }
            else
            {
                Assert.Equal(AssignmentStatus.StruckOff, record!.State.Status);
                Assert.Equal(["Issued", "SignedFor", "Claimed", "StruckOff"], words.Where(word => !word.StartsWith("Feedback", StringComparison.Ordinal)));
                Assert.Equal(IsMonthly(assignment) ? 25 : 8, words.Count(word => word == "FeedbackGiven"));
                Assert.DoesNotContain("FeedbackOverdue", words);
            }
        }

        var mails = Directory.EnumerateFiles(county.Options.Outbox, "*.eml").Count();
        var ownMails = 0;
        var digests = new HashSet<string>();
        var digestsNamed = new HashSet<string>();
        await foreach (var row in county.Cases.All("notices", TestContext.Current.CancellationToken))
        {
            var notice = row.Card.Summary.Deserialize<NoticeSummary>(Wire.Options)!;
            ownMails += notice.Digests is null ? 1 : 0;
            digestsNamed.UnionWith(notice.Digests ?? []);
            if (notice.Template == Digest.Template)
            {
                digests.Add(notice.Key);
            }
        }

        // One mail for each notice that is none of a digest, the digests among them; and every digest that says something is there.
        Assert.Equal(ownMails, mails);
        Assert.Equal(digestsNamed.Order(), digests.Order());
    }

    /// <summary>
    /// Counted day by day and not by the product: the first chase when the third working day after activation is over,
    /// then one on every fifth working day, until the plan's own date is over.
    /// </summary>
    private static int Chases(SupervisionRules rules)
    {
        var signBy = new DateOnly(2023, 10, 12);
        var chases = 1;
        var worked = 0;
        for (var day = signBy.AddDays(1); day <= Due; day = day.AddDays(1))
        {
            if (rules.Calendar.KindOf(day) is DayKind.Workday or DayKind.MakeUpWorkday && ++worked % 5 == 0)
            {
                chases++;
            }
        }

        return chases;
    }

    private static DateTimeOffset At(int year, int month, int day, int hour) =>
        new DateTimeOffset(year, month, day, hour, 0, 0, TimeSpan.FromHours(8)).ToUniversalTime();
}
