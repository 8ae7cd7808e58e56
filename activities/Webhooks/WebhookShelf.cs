using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.Webhooks;

/// <summary>The systems that hear of steps: a row each in the table <c>Webhooks</c>, the secret encrypted beside it.</summary>
public sealed class WebhookShelf(ITables tables, IDataProtectionProvider keys, TimeProvider time)
{
    /// <summary>More are refused: each costs a row for every step.</summary>
    public const int Max = 20;

    private const string Table = "Webhooks";
    private const string Partition = "webhooks";
    private const string State = "State";
    private const string Secret = "Secret";
    private const string SecretPrefix = "whsec_";
    private const int SecretBytes = 32;

    /// <summary>Another process hears of a new one after so long.</summary>
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(10);

    private readonly IDataProtector protector = keys.CreateProtector("Workflows.Webhooks.v1");
    private Tuple<DateTimeOffset, IReadOnlyList<Webhook>>? known;

    /// <summary>Adds one; the secret is given out this once. The same id again gives the one that is there.</summary>
    /// <returns>Null when there are as many as there may be.</returns>
    public async Task<(Webhook Webhook, string Secret)?> Add(
        string id, string url, IReadOnlyList<string> kinds, string by, CancellationToken cancellation)
    {
        if (await Row(id, cancellation) is { } there)
        {
            return (Read(there), protector.Unprotect(there.Text(Secret)));
        }

        if ((await List(cancellation)).Count >= Max)
        {
            return null;
        }

        var webhook = new Webhook(id, url, kinds, by, time.GetUtcNow());
        var secret = SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));
        await tables.Submit(Table, Partition, [new TableOperation.Insert(id, Properties(webhook, protector.Protect(secret)))], cancellation);
        known = null;
        return (webhook, secret);
    }

    public async Task<IReadOnlyList<Webhook>> List(CancellationToken cancellation = default) =>
        [.. (await tables.Query(Table, new RowRange(Partition), Max, cancellation: cancellation)).Entities.Select(Read)];

    public async Task<Webhook?> Find(string id, CancellationToken cancellation) =>
        await Row(id, cancellation) is { } row ? Read(row) : null;

    /// <summary>Changes what is known of one; nothing happens when it is gone.</summary>
    public async Task<Webhook?> Change(string id, Func<Webhook, Webhook> change, CancellationToken cancellation)
    {
        while (await Row(id, cancellation) is { } row)
        {
            var changed = change(Read(row));
            try
            {
                await tables.Submit(Table, Partition, [new TableOperation.Replace(id, Properties(changed, row.Text(Secret)), row.ETag!)], cancellation);
                known = null;
                return changed;
            }
            catch (TableConflictException)
            {
                // Somebody else changed it; this change builds on that.
            }
        }

        return null;
    }

    public async Task Remove(string id, CancellationToken cancellation)
    {
        await tables.Submit(Table, Partition, [new TableOperation.Delete(id)], cancellation);
        known = null;
    }

    /// <summary>Those that hear of steps now, as they were a few seconds ago at most.</summary>
    internal async ValueTask<IReadOnlyList<Webhook>> Listening(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (known is not var (since, webhooks) || now - since >= FreshFor || now < since)
        {
            webhooks = [.. (await List(cancellation)).Where(webhook => webhook.StoppedAt is null)];
            known = Tuple.Create(now, webhooks);
        }

        return webhooks;
    }

    /// <summary>The secret's bytes; null when the webhook is gone.</summary>
    internal async Task<byte[]?> SecretOf(string id, CancellationToken cancellation) =>
        await Row(id, cancellation) is { } row ? Convert.FromBase64String(protector.Unprotect(row.Text(Secret))[SecretPrefix.Length..]) : null;

    private async Task<Entity?> Row(string id, CancellationToken cancellation) =>
        id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') ? await tables.Get(Table, Partition, id, cancellation) : null;

    private static Dictionary<string, object> Properties(Webhook webhook, string secret) => new()
    {
        [State] = JsonSerializer.Serialize(webhook, Wire.Options),
        [Secret] = secret,
    };

    private static Webhook Read(Entity row) => JsonSerializer.Deserialize<Webhook>(row.Text(State), Wire.Options)!;
}
