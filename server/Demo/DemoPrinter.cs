using System.Globalization;
using System.Text.Json;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;

namespace Workflows.Server.Demo;

/// <summary>
/// One readable line per event. Steps of one moment are saved in no particular order, so their lines are gathered,
/// sorted and printed when nothing is under way any more: every run prints the same.
/// </summary>
internal sealed class DemoPrinter(CountyCalendar calendar, TextWriter output)
{
    private readonly object gate = new();
    private readonly HashSet<(string Case, int Version)> seen = [];
    private List<(DateTimeOffset At, int Kind, string Case, int Number, string Text)> lines = [];

    public int Mails { get; private set; }

    public void Saved(SaveCase step)
    {
        lock (gate)
        {
            // A step that was saved again after a crash happened once.
            if (!seen.Add((step.Id, step.Version)))
            {
                return;
            }

            if (step.Kind == NoticeDelivery.FlowName)
            {
                Mail(step);
                return;
            }

            foreach (var entry in step.Journal)
            {
                lines.Add((entry.At, 0, step.Id, entry.Number, $"{step.Id,-20} {entry.Line.Text}{Why(entry.Line)}"));
            }
        }
    }

    public void Refused(DateTimeOffset at, string path, string told, string reason)
    {
        lock (gate)
        {
            var id = path.Split('/')[3];
            lines.Add((at, 1, id, 0, $"{id,-20} refused: {told}: {reason}"));
        }
    }

    /// <summary>Prints what has been gathered.</summary>
    public void Flush()
    {
        lock (gate)
        {
            foreach (var line in lines.OrderBy(line => line.At).ThenBy(line => line.Case, StringComparer.Ordinal).ThenBy(line => line.Kind).ThenBy(line => line.Number).ThenBy(line => line.Text, StringComparer.Ordinal))
            {
                var local = TimeZoneInfo.ConvertTime(line.At, calendar.Zone);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{local:yyyy-MM-dd HH:mm}  {line.Text}"));
            }

            lines = [];
        }
    }

    /// <summary>Without the steps that say no more than the line itself: from when, and that the last day is whole.</summary>
    private static string Why(JournalLine line) => line.Why switch
    {
        null or [] => "",
        { Count: > 3 } steps => $" Why: {string.Join("; ", steps.Skip(2).SkipLast(1))}.",
        var steps => $" Why: {steps[0]}.",
    };

    private void Mail(SaveCase step)
    {
        foreach (var entry in step.Journal)
        {
            var notice = step.Card.Summary.Deserialize<NoticeSummary>(Wire.Options)!;
            if (entry.Line.What == "Sent")
            {
                Mails++;
                var copies = notice.Copies.Count > 0 ? $", copy to {string.Join(", ", notice.Copies)}" : "";
                lines.Add((entry.At, 2, notice.Case, 0, $"{notice.Case,-20} mail: {notice.Template} to {notice.Recipient}{copies}"));
            }
            else if (entry.Line.What is not ("Queued" or "Sending" or "Gathering"))
            {
                lines.Add((entry.At, 2, notice.Case, 0, $"{notice.Case,-20} mail: {notice.Template}: {entry.Line.Text}"));
            }
        }
    }
}
