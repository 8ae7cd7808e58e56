using System.Globalization;
using System.Text.RegularExpressions;

namespace Workflows.Activities.PersonalData;

/// <summary>What everybody may see of personal data: enough to tell people apart who are known, and no more.</summary>
public static partial class Mask
{
    private const string Hidden = "**";
    private const int MobileDigits = 11;
    private const int IdentityCharacters = 18;

    /// <summary>The family name and nothing else, 张**; of a name of one character nothing at all.</summary>
    public static string Name(string name)
    {
        // A rare character is two code units; half of it is none.
        var family = StringInfo.GetNextTextElement(name);
        return (family.Length < name.Length ? family : "") + Hidden;
    }

    /// <summary>Three digits before and four behind, 138****0000; of a shorter number the last two.</summary>
    public static string Phone(string phone)
    {
        var digits = string.Concat(phone.Where(char.IsAsciiDigit));
        return digits.Length >= MobileDigits ? $"{digits[..3]}****{digits[^4..]}"
            : digits.Length > 4 ? $"****{digits[^2..]}"
            : "****";
    }

    /// <summary>The first six, which are a county, and the last two; the day of birth is hidden.</summary>
    public static string IdentityNumber(string number) => number.Length == IdentityCharacters
        ? $"{number[..6]}{new string('*', IdentityCharacters - 8)}{number[^2..]}"
        : new string('*', IdentityCharacters);

    /// <summary>To the township; an address that names none shows nothing.</summary>
    public static string Address(string address) =>
        (Township().Match(address) is { Success: true } township ? township.Value : "") + Hidden;

    public static PartyData Party(PartyData party) => party with
    {
        Name = Name(party.Name),
        Phone = party.Phone is { } phone ? Phone(phone) : null,
        IdentityNumber = party.IdentityNumber is { } number ? IdentityNumber(number) : null,
        RepresentativeName = party.RepresentativeName is { } representative ? Name(representative) : null,
        RepresentativePhone = party.RepresentativePhone is { } call ? Phone(call) : null,
        Address = party.Address is { } address ? Address(address) : null,
    };

    // A place's name has at least two characters before what it is; 镇海路 is a street.
    [GeneratedRegex(@"^.{2,20}?(街道|镇|乡)")]
    private static partial Regex Township();
}
