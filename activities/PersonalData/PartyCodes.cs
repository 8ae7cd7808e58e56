using System.Text;
using Workflows.Activities.Storage;

namespace Workflows.Activities.PersonalData;

/// <summary>Whose code it is.</summary>
public sealed record PartyOfCase(string Case, string Party);

/// <summary>
/// The codes of the parties. A code is kept twice: encrypted with the party's personal data, so that it can be given
/// again, and as a keyed hash in the table <c>PartyCodes</c>, so that it can be found. Neither helps who has the
/// database alone.
/// </summary>
public sealed class PartyCodes
{
    private const string Table = "PartyCodes";
    private const string Purpose = "party-code";
    private const string RowPrefix = "code:";

    /// <summary>Rows lie in 256 partitions by the first digits of their hash.</summary>
    private const int PartitionDigits = 2;

    private readonly ITables tables;
    private readonly KeyedHash hash;
    private readonly SecretRows rows;

    internal PartyCodes(ITables tables, KeyedHash hash, SecretRows rows)
    {
        this.tables = tables;
        this.hash = hash;
        this.rows = rows;
    }

    /// <summary>
    /// The code of a party of a case; drawn the first time, the same ever after. The caller sees to it that there is such
    /// a party whose data is not erased.
    /// </summary>
    public async Task<string> Issue(string caseId, string party, CancellationToken cancellation = default)
    {
        var code = await Find(caseId, party, cancellation) ?? await Draw(caseId, party, cancellation);
        // Written again each time: an earlier attempt may have died between the code and its hash.
        var (partition, row) = await Place(code, cancellation);
        var owner = new Dictionary<string, object> { ["Case"] = caseId, ["Party"] = party };
        await tables.Submit(Table, partition, [new TableOperation.Put(row, owner)], cancellation);
        return code;
    }

    /// <summary>The code of a party, or null when none was drawn.</summary>
    public async Task<string?> Find(string caseId, string party, CancellationToken cancellation = default) =>
        await rows.Get(caseId, RowPrefix + party, cancellation) is { } bytes ? Encoding.ASCII.GetString(bytes) : null;

    /// <summary>Whose code was typed; null for a wrong one and for an unknown one, after the same work.</summary>
    public async Task<PartyOfCase?> Whose(string? typed, CancellationToken cancellation = default)
    {
        var (partition, row) = await Place(PartyCode.LookedUp(typed), cancellation);
        return await tables.Get(Table, partition, row, cancellation) is { } found
            ? new PartyOfCase(found.Text("Case"), found.Text("Party"))
            : null;
    }

    /// <summary>Makes every code of a case unknown. The codes themselves go with the case's personal data.</summary>
    internal async Task Forget(string caseId, CancellationToken cancellation)
    {
        foreach (var (_, bytes) in await rows.All(caseId, RowPrefix, cancellation))
        {
            var (partition, row) = await Place(Encoding.ASCII.GetString(bytes), cancellation);
            await tables.Submit(Table, partition, [new TableOperation.Delete(row)], cancellation);
        }
    }

    private async Task<string> Draw(string caseId, string party, CancellationToken cancellation)
    {
        string code;
        do
        {
            code = PartyCode.Draw();
        }
        while (await Whose(code, cancellation) is not null);
        // Two attempts at once draw two codes, and the one that is stored first counts.
        return await rows.Insert(caseId, RowPrefix + party, Encoding.ASCII.GetBytes(code), cancellation)
            ? code
            : (await Find(caseId, party, cancellation))!;
    }

    private async Task<(string Partition, string Row)> Place(string code, CancellationToken cancellation)
    {
        var row = await hash.Of(Purpose, code, cancellation);
        return (row[..PartitionDigits], row);
    }
}
