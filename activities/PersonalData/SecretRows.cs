using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Workflows.Activities.Storage;

namespace Workflows.Activities.PersonalData;

/// <summary>Encrypted rows of the table <c>PersonalData</c>: partition = case, each bound to its place.</summary>
internal sealed class SecretRows(ITables tables, IDataProtectionProvider protection)
{
    private const string Table = "PersonalData";
    private const string Purpose = "Workflows.PersonalData.v1";
    private const int PageSize = 20;
    private const int PartsMax = 16;

    /// <summary>Writes the row, whatever is there.</summary>
    public Task Put(string caseId, string row, byte[] plain, CancellationToken cancellation) =>
        tables.Submit(Table, caseId, [new TableOperation.Put(row, Close(caseId, row, plain))], cancellation);

    /// <summary>Writes the row if there is none; false when there is one.</summary>
    public async Task<bool> Insert(string caseId, string row, byte[] plain, CancellationToken cancellation)
    {
        try
        {
            await tables.Submit(Table, caseId, [new TableOperation.Insert(row, Close(caseId, row, plain))], cancellation);
            return true;
        }
        catch (TableConflictException)
        {
            return false;
        }
    }

    public async Task<byte[]?> Get(string caseId, string row, CancellationToken cancellation) =>
        await tables.Get(Table, caseId, row, cancellation) is { } entity ? Open(entity) : null;

    /// <summary>Every row of the case whose key begins so, in ordinal order.</summary>
    public async Task<IReadOnlyList<(string Row, byte[] Plain)>> All(string caseId, string prefix, CancellationToken cancellation)
    {
        var rows = new List<(string, byte[])>();
        string? cursor = null;
        do
        {
            var page = await tables.Query(Table, RowRange.Prefix(caseId, prefix), PageSize, cursor, cancellation);
            rows.AddRange(page.Entities.Select(entity => (entity.Row, Open(entity))));
            cursor = page.Next;
        }
        while (cursor is not null);
        return rows;
    }

    public Task Delete(string caseId, string row, CancellationToken cancellation) =>
        tables.Submit(Table, caseId, [new TableOperation.Delete(row)], cancellation);

    /// <summary>Deletes every row of the case. May be repeated.</summary>
    public async Task DeleteAll(string caseId, CancellationToken cancellation)
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

    private Dictionary<string, object> Close(string caseId, string row, byte[] plain)
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

        return properties;
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
