using System.Text.Json;
using CsCheck;
using Workflows.Activities.Cases;
using Workflows.Activities.Storage;
using Workflows.Activities.Supervision.Scores;
using Workflows.Activities.Tests.Cases;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Supervision.Scores;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Supervision;

/// <summary>Whatever becomes of the saves of assignments and sheets on their way, every score is what a recount of the journals gives.</summary>
public sealed class ScoreProperties(ShippedRules shipped) : IClassFixture<ShippedRules>
{
    private static readonly Gen<(int[] Cases, int Chance)> GenRun = Gen.Select(
        Gen.Int[0, SupervisedLives.All.Count - 1].Array[1, 12].Select(cases => cases.Distinct().ToArray()), Gen.Int[0, int.MaxValue - 1]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void The_lives_have_everything_that_costs_points()
    {
        var words = SupervisedLives.All.SelectMany(saves => saves.SelectMany(save => save.Journal.Select(entry => $"{save.Kind}.{entry.Line.What}"))).ToHashSet();

        Assert.All(
            (string[])["NotSignedFor", "Overdue", "FeedbackOverdue", "FeedbackMissed", "Returned", "StruckOff", "Suspended", "Resumed"],
            word => Assert.Contains($"TaskSupervision.{word}", words));
        Assert.All((string[])["Issued", "Answered", "NotAnswered", "Lapsed"], word => Assert.Contains($"SupervisionSheet.{word}", words));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Scores_are_a_recount_of_the_journals_however_saves_are_cut_off_repeated_and_mixed(bool overlaps) => GenRun.Sample(
        run =>
        {
            var tables = new MemoryTables();
            var histories = run.Cases.Select(index => SupervisedLives.All[index]).ToList();
            new Saving(tables, Store, histories, new Random(run.Chance), overlaps).Run();

            var report = new ScoreRecount(Store(tables)).Run(repair: false, Cancellation).GetAwaiter().GetResult();
            Assert.Equal((histories.Count, ""), (report.Cases, string.Join('\n', report.Differences)));
            Compare(tables, histories);
        },
        iter: 60);

    [Fact]
    public async Task A_recount_finds_a_wrong_trail_and_mends_it_and_old_stores_are_filled_once()
    {
        var tables = new MemoryTables();
        var histories = SupervisedLives.All.Take(8).ToList();
        var old = new CaseStore(tables);
        foreach (var save in histories.SelectMany(history => history))
        {
            await old.Run(save, Cancellation);
        }

        var recount = new ScoreRecount(Store(tables));
        Assert.Equal(8, (await recount.Run(repair: false, Cancellation)).Differences.Count);
        await recount.FillOnce(tables, Cancellation);
        Assert.Empty((await recount.Run(repair: false, Cancellation)).Differences);

        var rows = await Store(tables).Trails(ScoreTrails.Partition, cancellation: Cancellation);
        await Store(tables).DropTrail(rows[0], Cancellation);
        await Store(tables).FillTrail(rows[1] with { Lines = new Dictionary<int, string> { [999] = "2025-10-01 Overdue" } }, Cancellation);
        await Store(tables).FillTrail(rows[2] with { Row = "mzj.none" }, Cancellation);
        Assert.Equal(3, (await recount.Run(repair: true, Cancellation)).Differences.Count);
        Assert.Empty((await recount.Run(repair: false, Cancellation)).Differences);
        Compare(tables, histories);
    }

    private CaseStore Store(ITables tables) => new(tables, trailing: ScoreTrails.Trailing(shipped.Shelf.Current.Calendar.LocalDate));

    private void Compare(ITables tables, IReadOnlyList<IReadOnlyList<SaveCase>> histories)
    {
        var scores = new MonthlyScores(Store(tables), shipped.Shelf, TimeProvider.System);
        for (var month = new DateOnly(2025, 8, 1); month < new DateOnly(2026, 3, 1); month = month.AddMonths(1))
        {
            var ranked = scores.Of(month, Cancellation).GetAwaiter().GetResult()!;
            Assert.Equal(JsonSerializer.Serialize(Recount(ranked.Rule, month, histories), Wire.Options), JsonSerializer.Serialize(ranked.Ranking, Wire.Options));

            // Counted without the rule: each notice that a task is not finished is one deduction, while it does not stand still.
            foreach (var unit in ranked.Ranking.Groups.SelectMany(group => group.Units))
            {
                var said = histories
                    .Where(saves => saves[0].Kind == TaskSupervision.FlowName && saves[0].Id.EndsWith("." + unit.Unit.Id, StringComparison.Ordinal))
                    .SelectMany(saves => saves.SelectMany(save => save.Journal))
                    .Count(entry => entry.Line.What == "Overdue" && ReferenceCounty.Calendar.LocalDate(entry.At) is var day && day >= month && day < month.AddMonths(1));
                Assert.Equal(said, unit.Score.Deductions.Count(one => one.Cause == ScoreCauses.FinishOverdue));
            }
        }
    }

    private Ranking Recount(ScoreRule rule, DateOnly month, IReadOnlyList<IReadOnlyList<SaveCase>> histories) => Ranking.Of(
        rule,
        shipped.Shelf.Current.Units,
        histories.Select(saves => (State: saves[^1].Record.GetProperty("state"), Journal: saves.SelectMany(save => save.Journal))).Select(one => new ScoreTrail(
            one.State.GetProperty("id").GetString()!,
            one.State.GetProperty("unit").GetString()!,
            (one.State.TryGetProperty("title", out var title) ? title : one.State.GetProperty("number")).GetString()!,
            one.State.TryGetProperty("color", out var color) ? color.GetString() : null,
            [.. ScoreTrail.EventsOf(one.Journal, ReferenceCounty.Calendar.LocalDate)])),
        month,
        month.AddMonths(1).AddDays(-1));
}
