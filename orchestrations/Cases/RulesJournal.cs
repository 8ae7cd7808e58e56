using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Cases;

/// <summary>What a case's journal says when the rules change under it.</summary>
public static class RulesJournal
{
    /// <summary>The lines, the same for every kind of case.</summary>
    /// <param name="from">The version it lived under.</param>
    /// <param name="to">The one it was asked to live under.</param>
    /// <param name="moved">The dates that move.</param>
    /// <param name="keeps">Why it keeps its rules.</param>
    public static IEnumerable<JournalLine> Lines(string from, string to, IReadOnlyList<MovedDate> moved, RulesObstacle? keeps) => keeps is null
        ? [Changed(from, to, moved.Count), .. moved.Select(Moved)]
        : [new JournalLine("RulesKept", $"Keeps rules {from} and does not take {to}: {keeps.Reason}", $"继续适用规则版本{from}，不适用{to}：{keeps.ReasonZh}。")];

    /// <summary>One moved date for people: what, from when to when, and why.</summary>
    public static string Zh(MovedDate date) =>
        $"{date.NameZh}由{DeadlineText.Zh(date.From.Date)}{Becomes(date)}。依据：{DeadlineText.WhyZh(date.To)}。";

    private static JournalLine Changed(string from, string to, int dates) => new(
        "RulesChanged",
        $"Lives under rules {to} from now on, no longer under {from}; {dates} {(dates == 1 ? "date moves" : "dates move")}.",
        $"自即日起适用规则版本{to}（原为{from}），{(dates == 0 ? "期限不变" : $"{dates}个期限变动")}。");

    private static JournalLine Moved(MovedDate date) => new(
        "DateMoved",
        date.From.Date == date.To.Date && !Deadlines.IsProvisional(date.To)
            ? $"The date of {Name(date)} stays {Why.Iso(date.To.Date)} and is provisional no longer."
            : $"The date of {Name(date)} moves from {Why.Iso(date.From.Date)} to {Why.Iso(date.To.Date)}.",
        $"{date.NameZh}由{DeadlineText.Zh(date.From.Date)}{Becomes(date)}。",
        date.To.Date,
        DeadlineText.En(date.To));

    private static string Name(MovedDate date) => date.Of.Length > 0 ? $"{date.Clock} {date.Of}" : date.Clock;

    private static string Becomes(MovedDate date) =>
        $"{(date.From.Date == date.To.Date ? "确定为" : "调整为")}{DeadlineText.Zh(date.To.Date)}";
}
