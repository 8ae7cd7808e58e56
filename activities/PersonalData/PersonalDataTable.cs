using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.DataProtection;
using Workflows.Activities.Storage;

namespace Workflows.Activities.PersonalData;

/// <summary>The one place for names, numbers, addresses and free text about people, encrypted, by case and party.</summary>
public sealed class PersonalDataTable
{
    private const string PartyPrefix = "party:";
    private const string TextPrefix = "text:";

    // Chinese characters as they are: half the size of escapes.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public PersonalDataTable(ITables tables, IDataProtectionProvider protection)
    {
        Rows = new SecretRows(tables, protection);
        Hash = new KeyedHash(tables, protection);
        Codes = new PartyCodes(tables, Hash, Rows);
        Index = new PersonalIndex(tables, Hash);
    }

    /// <summary>By which parties find their cases.</summary>
    public PartyCodes Codes { get; }

    /// <summary>Finds cases by what is known of a person; filled by <see cref="PutParties"/>.</summary>
    public PersonalIndex Index { get; }

    internal SecretRows Rows { get; }

    internal KeyedHash Hash { get; }

    /// <summary>Adds the parties of a case, or replaces what was known, and makes them findable. May be repeated.</summary>
    public async Task PutParties(string caseId, Matter matter, IReadOnlyList<PartyData> parties, CancellationToken cancellation = default)
    {
        // The data first: rows of the index are found again, to be erased, by the data alone.
        await Task.WhenAll(parties.Select(party => PutParty(caseId, party, cancellation)));
        await Task.WhenAll(parties.Select(party => Index.Put(caseId, matter, party, cancellation)));
    }

    /// <summary>Adds the party, or replaces what was known, without making it findable.</summary>
    public Task PutParty(string caseId, PartyData party, CancellationToken cancellation = default) =>
        Rows.Put(caseId, PartyPrefix + party.PartyId, JsonSerializer.SerializeToUtf8Bytes(party, Json), cancellation);

    /// <summary>All parties of the case, by id; none after <see cref="Erase"/>.</summary>
    public async Task<IReadOnlyList<PartyData>> GetParties(string caseId, CancellationToken cancellation = default) =>
        [.. (await Rows.All(caseId, PartyPrefix, cancellation)).Select(row => JsonSerializer.Deserialize<PartyData>(row.Plain, Json)!)];

    public Task PutText(string caseId, string textId, string text, CancellationToken cancellation = default) =>
        Rows.Put(caseId, TextPrefix + textId, JsonSerializer.SerializeToUtf8Bytes(text, Json), cancellation);

    /// <summary>The text, or null.</summary>
    public async Task<string?> GetText(string caseId, string textId, CancellationToken cancellation = default) =>
        await Rows.Get(caseId, TextPrefix + textId, cancellation) is { } plain ? JsonSerializer.Deserialize<string>(plain, Json) : null;

    /// <summary>
    /// The party is nobody of this case any more: it is not found under it and its name is gone. Its code stays known, and
    /// leads on. May be repeated.
    /// </summary>
    public async Task Remove(string caseId, PartyData party, CancellationToken cancellation = default)
    {
        await Index.Remove(caseId, party, cancellation);
        await Rows.Delete(caseId, PartyPrefix + party.PartyId, cancellation);
    }

    /// <summary>
    /// Makes the case anonymous: its parties cannot be found any more, their codes are unknown, and every row of it is
    /// gone. May be repeated; what an attempt that died has left is found by the rows that go last.
    /// </summary>
    public async Task Erase(string caseId, CancellationToken cancellation = default)
    {
        foreach (var party in await GetParties(caseId, cancellation))
        {
            await Index.Remove(caseId, party, cancellation);
        }

        await Codes.Forget(caseId, cancellation);
        await Rows.DeleteAll(caseId, cancellation);
    }
}
