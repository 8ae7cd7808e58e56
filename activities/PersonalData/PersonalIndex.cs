using System.Globalization;
using System.Text;
using Workflows.Activities.Storage;

namespace Workflows.Activities.PersonalData;

/// <summary>By what a person can be found.</summary>
public enum PersonalKey
{
    Name,
    Phone,
    IdentityNumber,
}

/// <summary>What a case is about, for telling whether two are about the same.</summary>
/// <param name="Place">Division code.</param>
/// <param name="Category">An id of the category list.</param>
/// <param name="OpenedAt">UTC.</param>
public sealed record Matter(string Place, string Category, DateTimeOffset OpenedAt);

/// <summary>A party that was found.</summary>
public sealed record FoundParty(string Case, string Party, Matter Matter);

/// <param name="Parties">In the order of their cases' ids.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record FoundPage(IReadOnlyList<FoundParty> Parties, string? Next);

/// <summary>
/// Finds parties by name, telephone or identity number, exactly and never by a part. A row of the table
/// <c>PersonalIndex</c> stands in the partition of its value's keyed hash and holds ids only.
/// </summary>
public sealed class PersonalIndex(ITables tables, KeyedHash hash)
{
    private const string Table = "PersonalIndex";
    private const int MobileDigits = 11;
    private const string CountryCode = "86";

    /// <summary>One form of a value: a name NFKC and trimmed, the digits of a telephone number, an identity number in capitals.</summary>
    public static string Normal(PersonalKey key, string value) => key switch
    {
        PersonalKey.Phone => National(string.Concat(Wide(value).Where(char.IsAsciiDigit))),
        PersonalKey.IdentityNumber => Wide(value).Trim().ToUpperInvariant(),
        PersonalKey.Name => Wide(value).Trim(),
        _ => throw new ArgumentOutOfRangeException(nameof(key)),
    };

    /// <summary>What a party is known by, the surest first.</summary>
    public static IReadOnlyList<(PersonalKey Key, string Value)> Known(PartyData party) =>
    [
        .. new (PersonalKey Key, string? Value)[]
            {
                (PersonalKey.IdentityNumber, party.IdentityNumber), (PersonalKey.Phone, party.Phone), (PersonalKey.Name, party.Name),
            }
            .Where(known => known.Value is not null && Normal(known.Key, known.Value).Length > 0)
            .Select(known => (known.Key, known.Value!)),
    ];

    /// <summary>Makes a party findable. May be repeated.</summary>
    public async Task Put(string caseId, Matter matter, PartyData party, CancellationToken cancellation = default)
    {
        var found = new Dictionary<string, object>
        {
            ["Case"] = caseId,
            ["Party"] = party.PartyId,
            ["Place"] = matter.Place,
            ["Category"] = matter.Category,
            ["OpenedAt"] = matter.OpenedAt,
        };
        await Task.WhenAll(Known(party).Select(async known => await tables.Submit(
            Table, await Partition(known.Key, known.Value, cancellation), [new TableOperation.Put(Row(caseId, party), found)], cancellation)));
    }

    /// <summary>A page of the parties that have exactly this value.</summary>
    /// <param name="key">What is known.</param>
    /// <param name="value">Written in any way that <see cref="Normal"/> takes for the same.</param>
    /// <param name="size">1 to 1,000.</param>
    /// <param name="after">The cursor of the page before.</param>
    /// <param name="cancellation">Stops reading.</param>
    public async Task<FoundPage> Find(
        PersonalKey key, string value, int size, string? after = null, CancellationToken cancellation = default)
    {
        var page = await tables.Query(Table, new RowRange(await Partition(key, value, cancellation)), size, after, cancellation);
        return new FoundPage([.. page.Entities.Select(Found)], page.Next);
    }

    /// <summary>Nobody finds the party any more. May be repeated.</summary>
    internal async Task Remove(string caseId, PartyData party, CancellationToken cancellation)
    {
        foreach (var (key, value) in Known(party))
        {
            await tables.Submit(
                Table, await Partition(key, value, cancellation), [new TableOperation.Delete(Row(caseId, party))], cancellation);
        }
    }

    private static FoundParty Found(Entity row) => new(
        row.Text("Case"),
        row.Text("Party"),
        new Matter(row.Text("Place"), row.Text("Category"), (DateTimeOffset)row.Properties["OpenedAt"]));

    private static string Row(string caseId, PartyData party) => $"{caseId}:{party.PartyId}";

    private Task<string> Partition(PersonalKey key, string value, CancellationToken cancellation) =>
        hash.Of(string.Create(CultureInfo.InvariantCulture, $"find:{key}"), Normal(key, value), cancellation);

    /// <summary>Full-width digits and letters become plain ones; half a character, which cannot be normalised, is left as it is.</summary>
    private static string Wide(string value) =>
        value.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar) ? value : value.Normalize(NormalizationForm.FormKC);

    /// <summary>A mobile number with the country code is the same number.</summary>
    private static string National(string digits) =>
        digits.Length == MobileDigits + CountryCode.Length && digits.StartsWith(CountryCode + "1", StringComparison.Ordinal)
            ? digits[CountryCode.Length..]
            : digits;
}
