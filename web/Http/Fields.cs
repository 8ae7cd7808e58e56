using Workflows.Orchestrations.Units;

namespace Workflows.Web.Http;

/// <summary>Fields that several requests have.</summary>
public static class Fields
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
}
