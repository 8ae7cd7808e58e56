using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Units;

namespace Workflows.Web.Cases;

/// <summary>A unit with its name.</summary>
public sealed record UnitView(string Id, string Name)
{
    public static UnitView Of(string id, UnitRegister units) => new(id, units.Find(id)?.Name ?? id);
}

/// <summary>A running term.</summary>
/// <param name="Clock">Which.</param>
/// <param name="Policy">The policy it is counted by.</param>
/// <param name="From">Counted from, local date.</param>
/// <param name="Due">The last day, local date.</param>
/// <param name="OverAt">When that day is over, UTC.</param>
/// <param name="NextNotice">When the next reminder or overdue notice falls due, UTC.</param>
/// <param name="Overdue">How often it was said that it is over.</param>
/// <param name="Why">The steps that led to the date.</param>
public sealed record ClockView(
    string Clock,
    string Policy,
    DateOnly From,
    DateOnly Due,
    DateTimeOffset OverAt,
    DateTimeOffset? NextNotice,
    int Overdue,
    IReadOnlyList<WhyStep> Why)
{
    public static IReadOnlyList<ClockView> Of(params ReadOnlySpan<(string Name, Clock? Clock)> clocks)
    {
        var views = new List<ClockView>();
        foreach (var (name, clock) in clocks)
        {
            if (clock is { Deadline: var deadline })
            {
                views.Add(new ClockView(
                    name, deadline.Policy, deadline.From, deadline.Date, deadline.At, clock.Next, clock.OverdueSaid, deadline.Why));
            }
        }

        return views;
    }
}

/// <summary>A case's journal with the proof that nobody has changed it.</summary>
/// <param name="Entries">Oldest first.</param>
/// <param name="FirstBroken">The number of the first entry whose hash does not fit; null when the chain holds.</param>
public sealed record JournalView(IReadOnlyList<JournalEntry> Entries, int? FirstBroken)
{
    public static JournalView Of(IReadOnlyList<JournalEntry> entries) => new(entries, Journal.FirstBroken(entries));
}

/// <summary>Words that came with a command.</summary>
public sealed record TextView(string Id, string Text);
