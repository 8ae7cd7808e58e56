using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Workflows.Activities.Storage;

namespace Workflows.Activities.PersonalData;

/// <summary>
/// Hashes that nobody can make who has the database alone: HMAC-SHA256 under one key of the installation. A plain hash
/// of a telephone number is found by trying all numbers.
/// </summary>
/// <remarks>
/// The key is drawn once and lies in the table <c>PersonalKeys</c>, encrypted with the data-protection keys, which lie
/// elsewhere. So it needs no other keeping than theirs, goes along with a backup of the tables whose rows depend on it,
/// and two hosts that begin at once agree on one.
/// </remarks>
public sealed class KeyedHash(ITables tables, IDataProtectionProvider protection)
{
    private const string Table = "PersonalKeys";
    private const string Partition = "keys";
    private const string Row = "hash";
    private const string Property = "Secret";

    private readonly IDataProtector protector = protection.CreateProtector("Workflows.PersonalData.HashKey.v1");
    private byte[]? key;

    /// <summary>The hash of a text for one purpose, 64 hexadecimal digits; the same text for another purpose has another.</summary>
    public async Task<string> Of(string purpose, string text, CancellationToken cancellation = default)
    {
        key ??= await Key(cancellation);
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{purpose}\n{text}")));
    }

    private async Task<byte[]> Key(CancellationToken cancellation)
    {
        if (await Stored(cancellation) is { } stored)
        {
            return stored;
        }

        var secret = protector.Protect(RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes));
        try
        {
            await tables.Submit(
                Table,
                Partition,
                [new TableOperation.Insert(Row, new Dictionary<string, object> { [Property] = secret })],
                cancellation);
        }
        catch (TableConflictException)
        {
            // Another host was first, and its key counts.
        }

        return (await Stored(cancellation))!;
    }

    private async Task<byte[]?> Stored(CancellationToken cancellation)
    {
        if (await tables.Get(Table, Partition, Row, cancellation) is not { } row)
        {
            return null;
        }

        try
        {
            return protector.Unprotect((byte[])row.Properties[Property]);
        }
        catch (CryptographicException e)
        {
            throw new PersonalDataKeyException("(all: the key of the hashes)", e);
        }
    }
}
