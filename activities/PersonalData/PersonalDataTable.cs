using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.DataProtection;
using Workflows.Activities.Storage;

namespace Workflows.Activities.PersonalData;

/// <summary>The one place for names, numbers, addresses and free text about people, encrypted, by case and party.</summary>
public sealed class PersonalDataTable(ITables tables, IDataProtectionProvider protection)
{
    private const string Table = "PersonalData";
    private const string Purpose = "Workflows.PersonalData.v1";
    private const string PartyPrefix = "party:";
    private const string TextPrefix = "text:";
    private const int PageSize = 20;
    private const int PartsMax = 16;

    // Chinese characters as they are: half the size of escapes.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Adds the party, or replaces what was known.</summary>
    public Task PutParty(string caseId, PartyData party, CancellationToken cancellation = default) =>
        Put(caseId, PartyPrefix + party.PartyId, JsonSerializer.SerializeToUtf8Bytes(party, Json), cancellation);

    /// <summary>All parties of the case, by id; none after <see cref="Erase"/>.</summary>
    public async Task<IReadOnlyList<PartyData>> GetParties(string caseId, CancellationToken cancellation = default)
    {
        var parties = new List<PartyData>();
        string? cursor = null;
        do
        {
            var page = await tables.Query(Table, RowRange.Prefix(caseId, PartyPrefix), PageSize, cursor, cancellation);
            parties.AddRange(page.Entities.Select(e => JsonSerializer.Deserialize<PartyData>(Open(e), Json)!));
            cursor = page.Next;
        }
        while (cursor is not null);
        return parties;
    }

    public Task PutText(string caseId, string textId, string text, CancellationToken cancellation = default) =>
        Put(caseId, TextPrefix + textId, JsonSerializer.SerializeToUtf8Bytes(text, Json), cancellation);

    /// <summary>The text, or null.</summary>
    public async Task<string?> GetText(string caseId, string textId, CancellationToken cancellation = default)
    {
        var entity = await tables.Get(Table, caseId, TextPrefix + textId, cancellation);
        return entity is null ? null : JsonSerializer.Deserialize<string>(Open(entity), Json);
    }

    /// <summary>Makes the case anonymous: deletes every row of it. May be repeated.</summary>
    public async Task Erase(string caseId, CancellationToken cancellation = default)
    {
        string? cursor = null;
        do
        {
            var page = await tables.Query(Table, new RowRange(caseId), PageSize, cursor, cancellation);
            if (page.Entities.Count > 0)
            {
                var deletes = page.Entities.Select(e => new TableOperation.Delete(e.Row)).ToArray();
                await tables.Submit(Table, caseId, deletes, cancellation);
            }

            cursor = page.Next;
        }
        while (cursor is not null);
    }

    private Task Put(string caseId, string row, byte[] plain, CancellationToken cancellation)
    {
        var secret = Protector(caseId, row).Protect(plain);
        // A long record is cut to fit the limit of one property.
        var parts = secret.Chunk(TableLimits.PropertyBytesMax).ToArray();
        if (parts.Length > PartsMax)
        {
            throw new ArgumentException($"{secret.Length} encrypted bytes do not fit one row.", nameof(plain));
        }

        var properties = new Dictionary<string, object>();
        for (var i = 0; i < parts.Length; i++)
        {
            properties[Part(i)] = parts[i];
        }

        return tables.Submit(Table, caseId, [new TableOperation.Put(row, properties)], cancellation);
    }

    private byte[] Open(Entity entity)
    {
        var parts = Enumerable.Range(0, entity.Properties.Count).Select(i => (byte[])entity.Properties[Part(i)]);
        var secret = parts.SelectMany(part => part).ToArray();
        try
        {
            return Protector(entity.Partition, entity.Row).Unprotect(secret);
        }
        catch (CryptographicException e)
        {
            throw new PersonalDataKeyException(entity.Partition, e);
        }
    }

    /// <summary>Bound to its place, so that a row copied to another case does not open there.</summary>
    private IDataProtector Protector(string caseId, string row) => protection.CreateProtector(Purpose, caseId, row);

    private static string Part(int index) => $"Secret{index:D2}";
}
