using System.Globalization;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision.Scores;

/// <summary>An entry of a case's journal that scores look at.</summary>
/// <param name="Number">Of the entry in the journal.</param>
/// <param name="On">The county's day.</param>
/// <param name="What">The entry's word.</param>
/// <param name="Due">The date it names.</param>
public sealed record ScoreEvent(int Number, DateOnly On, string What, DateOnly? Due = null)
{
    /// <summary>In one short line, as it is kept.</summary>
    public string Line => string.Create(CultureInfo.InvariantCulture, $"{On:yyyy-MM-dd} {What}{(Due is { } due ? $" {due:yyyy-MM-dd}" : "")}");

    /// <summary>Reads what <see cref="Line"/> has written.</summary>
    public static ScoreEvent Read(int number, string line)
    {
        var parts = line.Split(' ');
        return new ScoreEvent(number, Day(parts[0]), parts[1], parts.Length > 2 ? Day(parts[2]) : null);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>What scores know of an assignment or a sheet: what never changes about it, and its journal.</summary>
/// <param name="Case">Its id.</param>
/// <param name="Unit">Whose it is.</param>
/// <param name="Title">The task in words, or the sheet's number.</param>
/// <param name="Color">Of a sheet; null for an assignment.</param>
/// <param name="Events">What happened, in the journal's order.</param>
public sealed record ScoreTrail(string Case, string Unit, string Title, string? Color, IReadOnlyList<ScoreEvent> Events)
{
    /// <summary>The words of journals that scores look at. Whoever adds one has the trails filled anew.</summary>
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "Issued", "SignedFor", "NotSignedFor", "Overdue", "FeedbackOverdue", "FeedbackMissed", "Claimed", "Returned", "StruckOff",
        "ObjectionAccepted", "ObjectionRefused", "Extended", "Suspended", "Resumed", "Closed",
        "IndicatorsBehind", "IndicatorsAhead", "IndicatorsOnSchedule",
        "Answered", "NotAnswered", "Lapsed", "Mended",
    };

    public bool IsSheet => Color is not null;

    /// <summary>The entries of a journal that scores look at.</summary>
    /// <param name="journal">All of it, or those of a step.</param>
    /// <param name="localDate">The county's date at an instant.</param>
    public static IEnumerable<ScoreEvent> EventsOf(IEnumerable<JournalEntry> journal, Func<DateTimeOffset, DateOnly> localDate) => journal
        .Where(entry => Words.Contains(entry.Line.What))
        .Select(entry => new ScoreEvent(entry.Number, localDate(entry.At), entry.Line.What, entry.Line.Due));

    /// <summary>The day on which it ended, by the given day; null while it is open.</summary>
    public DateOnly? EndedBy(DateOnly day) => Events.FirstOrDefault(done => done.On <= day && IsEnd(done.What))?.On;

    /// <summary>Whether it was there on one of the days from the first to the last.</summary>
    public bool IsAlive(DateOnly first, DateOnly last) =>
        Events.Count > 0 && Events[0].On <= last && !(EndedBy(last) < first);

    private bool IsEnd(string what) => what is "StruckOff" or "Closed" || (IsSheet && what is "Mended" or "Lapsed");
}
