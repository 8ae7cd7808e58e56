using System.Text.RegularExpressions;
using Workflows.Orchestrations.Units;

namespace Workflows.Web.Http;

/// <summary>Fields that several requests have.</summary>
public static partial class Fields
{
    /// <summary>A unit that stands in the register.</summary>
    public static string Unit(string field, string? unit, UnitRegister units, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(unit))
        {
            errors.Add(field, "is required: the id of the unit that acts");
        }
        else if (units.Find(unit) is null)
        {
            errors.Add(field, "is not a unit of this county");
        }

        return unit ?? "";
    }

    /// <summary>A party's id within its case, and never its name, which would come back in a refusal.</summary>
    public static string Party(string field, string? party, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(party))
        {
            errors.Add(field, "is required: the id of a party, such as p1");
        }
        else if (!PartyId().IsMatch(party))
        {
            errors.Add(field, "must be the id of a party, such as p1");
        }

        return party ?? "";
    }

    [GeneratedRegex(@"^p[0-9]{1,3}\z")]
    private static partial Regex PartyId();
}
