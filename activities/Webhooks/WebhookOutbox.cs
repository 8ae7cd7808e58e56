using System.Globalization;
using System.Text.Json;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.Webhooks;

/// <summary>
/// What is still to be posted: the table <c>WebhookOutbox</c>, a partition per webhook, a row per step in the order of time.
/// A row is written before the step's save is done and removed when the other system has taken it, so none is lost; one
/// may be posted twice, under the same id.
/// </summary>
public sealed class WebhookOutbox(ITables tables, WebhookShelf shelf)
{
    private const string Table = "WebhookOutbox";
    private const string Body = "Body";

    /// <summary>Puts a step down for everybody who hears of such cases.</summary>
    public async Task Announce(SaveCase step, CancellationToken cancellation)
    {
        if (WebhookKinds.Of(step.Kind) is not var (kind, type) || step.Journal.Count == 0)
        {
            return;
        }

        foreach (var webhook in await shelf.Listening(cancellation))
        {
            if (webhook.Kinds.Contains(kind))
            {
                var row = string.Create(CultureInfo.InvariantCulture, $"{step.Journal[^1].At.UtcDateTime:yyyyMMddHHmmssfff}-{step.Id}-{step.Version:D6}");
                await tables.Submit(
                    Table,
                    webhook.Id,
                    [new TableOperation.Put(row, new Dictionary<string, object> { [Body] = JsonSerializer.Serialize(WebhookMessage.Of(step, kind, type), Wire.Options) })],
                    cancellation);
            }
        }
    }

    /// <summary>The oldest of what waits for a webhook.</summary>
    internal async Task<IReadOnlyList<(string Row, WebhookMessage Message)>> Oldest(string webhook, int size, CancellationToken cancellation) =>
        [.. (await tables.Query(Table, new RowRange(webhook), size, cancellation: cancellation)).Entities
            .Select(row => (row.Row, JsonSerializer.Deserialize<WebhookMessage>(row.Text(Body), Wire.Options)!))];

    internal Task Taken(string webhook, string row, CancellationToken cancellation) =>
        tables.Submit(Table, webhook, [new TableOperation.Delete(row)], cancellation);

    /// <summary>Forgets what waits for a webhook.</summary>
    public async Task Clear(string webhook, CancellationToken cancellation)
    {
        while ((await tables.Query(Table, new RowRange(webhook), TableLimits.BatchMax, cancellation: cancellation)).Entities is { Count: > 0 } rows)
        {
            await tables.Submit(Table, webhook, [.. rows.Select(row => new TableOperation.Delete(row.Row))], cancellation);
        }
    }
}

/// <summary>A step of a case as another system hears of it: ids and words of the journal, nothing personal.</summary>
/// <param name="Id">The same however often it is posted.</param>
/// <param name="Type">Such as <c>dispute.changed</c>.</param>
/// <param name="Case">The case's id.</param>
/// <param name="Url">Where the API shows it.</param>
/// <param name="Version">Counts the case's steps; a later step has a greater one.</param>
/// <param name="At">UTC.</param>
/// <param name="Status">Where the case stands after it.</param>
/// <param name="Due">The end of the nearest term, UTC.</param>
/// <param name="Entries">The entries that the step added to the journal.</param>
public sealed record WebhookMessage(
    string Id, string Type, string Case, string Url, int Version, DateTimeOffset At, string Status, DateTimeOffset? Due, IReadOnlyList<WebhookEntry> Entries)
{
    internal static WebhookMessage Of(SaveCase step, string kind, string type) => new(
        string.Create(CultureInfo.InvariantCulture, $"{step.Id}-{step.Version}"),
        type,
        step.Id,
        $"/api/{kind}/{step.Id}",
        step.Version,
        step.Journal[^1].At,
        step.Card.Status,
        step.Card.Due,
        [.. step.Journal.Select(entry => new WebhookEntry(entry.Number, entry.Line.What, entry.Line.Text, entry.Line.TextZh, entry.By))]);
}

/// <summary>An entry of the journal.</summary>
/// <param name="Number">In the journal.</param>
/// <param name="What">What happened, in a word.</param>
/// <param name="Text">English.</param>
/// <param name="TextZh">Chinese.</param>
/// <param name="By">The unit, or "clock".</param>
public sealed record WebhookEntry(int Number, string What, string Text, string TextZh, string By);
