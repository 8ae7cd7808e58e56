using System.Globalization;
using System.Text.Json;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;
using Workflows.Testing;

namespace Workflows.Functions.Tests.Conformance;

/// <summary>Something that somebody says to a case.</summary>
/// <param name="At">Local, such as 2025-09-28 10:00.</param>
/// <param name="By">The unit.</param>
/// <param name="Fact">What.</param>
internal sealed record TaleAct(string At, string By, DisputeFact Fact);

/// <summary>A whole dispute in words: what it is, what people say to it, how it ends.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Dispute">As it is registered.</param>
/// <param name="Acts">In the order of their times.</param>
/// <param name="End">Status, level, reason, and the local day on which nothing was left to follow.</param>
internal sealed record DisputeTale(string Title, Dispute Dispute, IReadOnlyList<TaleAct> Acts, string End);

/// <summary>
/// What a host makes of a tale, line by line: what the journal says to people, every mail, every refusal. A save or a
/// mail that comes again after a first try is told once.
/// </summary>
internal sealed class TaleBook
{
    private readonly object gate = new();
    private readonly List<(DateTimeOffset At, string Line)> lines = [];
    private readonly HashSet<string> known = [];

    public Dispute? Last { get; private set; }

    /// <summary>What was said and not taken, by the number of its act.</summary>
    public IReadOnlyList<string> Refused { get; private set; } = [];

    /// <summary>In the order of time; lines of one moment in the order of the alphabet, since hosts deliver side by side.</summary>
    public IReadOnlyList<string> Lines => [.. lines.OrderBy(line => line.At).ThenBy(line => line.Line, StringComparer.Ordinal)
        .Select(line => $"{LocalTime.Minute(line.At)} {line.Line}")];

    public string End => string.Create(
        CultureInfo.InvariantCulture,
        $"{Last!.Status} {Last.Level} {Last.Outcome?.Reason} {ReferenceCounty.Calendar.LocalDate(Last.ClosedAt ?? Last.Outcome!.At):yyyy-MM-dd}");

    public ActivityTable Activities() => new ActivityTable()
        .Add<SaveCase, Saved>((save, _) =>
        {
            Hear(save);
            return Task.FromResult(new Saved(save.Version));
        })
        .Add<DeliverNotice, DeliveryFact>((mail, _) =>
        {
            Add(mail.Notice.Key, mail.At, $"→ {mail.Notice.Template} {mail.Recipient}{string.Concat(mail.Notice.Copies.Select(copy => $" +{copy}"))}");
            return Task.FromResult<DeliveryFact>(new DeliveryFact.Accepted());
        });

    private void Hear(SaveCase save)
    {
        if (save.Kind != DisputeEscalation.FlowName)
        {
            return;
        }

        var record = save.Record.Deserialize<CaseRecord<Dispute>>(Wire.Options)!;
        foreach (var entry in save.Journal)
        {
            Add($"journal {entry.Number}", entry.At, $"· {entry.Number:D3} {entry.Line.TextZh}");
        }

        lock (gate)
        {
            Last = record.State;
            Refused = [.. record.Handled.Where(one => one.Refusal is not null).Select(one => $"{one.CommandId} {one.Refusal}")];
        }
    }

    private void Add(string key, DateTimeOffset at, string line)
    {
        lock (gate)
        {
            if (known.Add(key))
            {
                lines.Add((at, line));
            }
        }
    }
}
