using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision.Scores;
using Workflows.Testing;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Supervision.Scores;

/// <summary>The shipped rule, and journals in short: "10-31 Overdue", "11-03 Returned 2025-12-01".</summary>
internal static class ScoreSamples
{
    public static ScoreRule Rule => ReferenceCounty.Sheeted.Process.Score!;

    public static ScoreTrail Task(string unit, string task, params string[] events) =>
        new($"2023-3.{task}.{unit}", unit, $"任务{task}", null, [.. events.Select(Event)]);

    public static ScoreTrail Sheet(string unit, int number, string color, params string[] events) =>
        new($"{unit}.s{number}", unit, $"仙政督〔2025〕{number}号", color, [.. events.Select(Event)]);

    public static ScoreTrail TrailOf(string id, string unit, IEnumerable<JournalEntry> journal) =>
        new(id, unit, "社区服务", null, [.. ScoreTrail.EventsOf(journal, ReferenceCounty.Calendar.LocalDate)]);

    public static UnitScore? Score(string month, params ScoreTrail[] trails) =>
        UnitScore.Of(Rule, trails, Day(month + "-01"), Day(month + "-01").AddMonths(1).AddDays(-1));

    /// <summary>Points in a line each: the item, the day, which time, how many.</summary>
    public static IEnumerable<string> Lines(IEnumerable<ScorePoints> points) =>
        points.Select(one => $"{one.On:MM-dd} {one.Item} {one.Time}: {ScoreText.Number(one.Points)}");

    private static ScoreEvent Event(string text, int index)
    {
        var parts = text.Split(' ');
        return new ScoreEvent(index + 1, Day($"2025-{parts[0]}"), parts[1], parts.Length > 2 ? Day(parts[2]) : null);
    }
}
