using System.Text.Json;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>The units that names of a text are looked up in.</summary>
/// <param name="County">Such as 仙游县: a plan of another county knows none of these units; null when the caller vouches for them.</param>
/// <param name="Units">Of county and township level.</param>
public sealed record ImportRegister(string? County, IReadOnlyList<ImportUnit> Units)
{
    public static ImportRegister Of(string county, UnitRegister units) => new(
        county,
        [.. units.CountyUnits.Concat(units.Townships).Select(unit => new ImportUnit(
            unit.Id, unit.Name, unit.Kind == UnitKind.MassOrganisation ? "mass-organisation" : unit.Kind.ToString().ToLowerInvariant(), unit.Aliases))]);

    /// <summary>
    /// A file with a list <c>units</c> of id, name, kind and aliases, and perhaps one of <c>townships</c> with code, name
    /// and body: the form of units.json and of a plan.
    /// </summary>
    public static DataResult<ImportRegister> Parse(string file, ReadOnlyMemory<byte> json)
    {
        List<DataError> errors = [];
        List<ImportUnit> units = [];
        try
        {
            using var document = JsonDocument.Parse(json);
            Read(document.RootElement, "units", "kind", units, file, errors);
            Read(document.RootElement, "townships", null, units, file, errors);
        }
        catch (JsonException wrong)
        {
            errors.Add(new(file, "$", "json", $"Line {wrong.LineNumber + 1}: it is no JSON."));
        }

        if (errors.Count == 0 && units.Count == 0)
        {
            errors.Add(new(file, "$.units", "no-units", "There is no unit in it."));
        }

        return DataResult<ImportRegister>.Of(new ImportRegister(null, units), errors);
    }

    private static void Read(JsonElement root, string list, string? kind, List<ImportUnit> units, string file, List<DataError> errors)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(list, out var entries) || entries.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        var index = 0;
        foreach (var entry in entries.EnumerateArray())
        {
            var id = Text(entry, "id") ?? Text(entry, "code");
            var name = (kind is null ? Text(entry, "body") : null) ?? Text(entry, "name");
            if (id is null || name is null)
            {
                errors.Add(new(file, $"$.{list}[{index}]", "unit", "A unit needs an id and a name."));
            }
            else
            {
                IEnumerable<string> aliases = entry.TryGetProperty("aliases", out var others) && others.ValueKind == JsonValueKind.Array
                    ? others.EnumerateArray().Where(alias => alias.ValueKind == JsonValueKind.String).Select(alias => alias.GetString()!)
                    : [];
                units.Add(new ImportUnit(id, name, kind is null ? "township" : Text(entry, kind) ?? "government",
                    [.. kind is null && Text(entry, "name") is { } place ? aliases.Append(place) : aliases]));
            }

            index++;
        }
    }

    private static string? Text(JsonElement entry, string name) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            && !string.IsNullOrWhiteSpace(value.GetString())
            ? value.GetString()
            : null;
}

/// <summary>A unit that a text may name.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its full name.</param>
/// <param name="Kind">Such as government; <c>township</c> matters here.</param>
/// <param name="Aliases">Spellings that mean it for certain.</param>
public sealed record ImportUnit(string Id, string Name, string Kind, IReadOnlyList<string> Aliases);
