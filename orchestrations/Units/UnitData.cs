using System.Globalization;
using Workflows.Orchestrations.Calendar;

namespace Workflows.Orchestrations.Units;

/// <summary>
/// Reads and checks the county's settings, units and divisions. Pure: the bytes come from the caller.
/// </summary>
public static class UnitData
{
    /// <summary>county.json alone; whether its duties exist is checked by <see cref="Parse"/>.</summary>
    public static DataResult<CountySettings> ParseCounty(string file, ReadOnlySpan<byte> json)
    {
        List<DataError> errors = [];
        var county = DataJson.Read<CountyFile>(file, json, errors);
        if (county is null)
        {
            return new(null, errors);
        }

        UnitChecks.Digits(file, "$.code", county.Code, UnitRegister.CountyDigits, string.Empty, errors);
        DataJson.RequireText(file, "$.name", county.Name, errors);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(county.TimeZone, out _))
        {
            errors.Add(new(file, "$.timeZone", "time-zone", $"{county.TimeZone} is not known on this machine."));
        }

        var opens = Time(file, "$.officeOpens", county.OfficeOpens, errors);
        var closes = Time(file, "$.officeCloses", county.OfficeCloses, errors);
        if (opens >= closes)
        {
            errors.Add(new(file, "$.officeCloses", "office-hours", "The offices must close after they open."));
        }

        return errors.Count > 0
            ? new(null, errors)
            : new(new(county.Code, county.Name, county.TimeZone, opens!.Value, closes!.Value, county.Duties), errors);
    }

    /// <summary>The register out of the three files, or all that is wrong with them.</summary>
    public static DataResult<UnitRegister> Parse(DataFile units, DataFile divisions, DataFile county)
    {
        List<DataError> errors = [];
        var settings = ParseCounty(county.Name, county.Json.Span);
        errors.AddRange(settings.Errors);

        // Even when the settings are bad the duties may be readable, and then the rest can be checked against them.
        var duties = settings.Value?.Duties
            ?? DataJson.Read<CountyFile>(county.Name, county.Json.Span, [])?.Duties;

        List<UnitChecks.Placed> placed = [];
        placed.AddRange(ReadUnits(units, errors));
        placed.AddRange(ReadDivisions(divisions, settings.Value?.Code, duties?.CountyCentre, errors));
        UnitChecks.Check(placed, errors);
        if (duties is not null)
        {
            UnitChecks.CheckDuties(county.Name, placed, duties, errors);
        }

        return errors.Count > 0 || duties is null
            ? new(null, errors)
            : new(new UnitRegister([.. placed.Select(entry => entry.Unit)], duties), errors);
    }

    private static IEnumerable<UnitChecks.Placed> ReadUnits(DataFile file, List<DataError> errors)
    {
        if (DataJson.Read<UnitsFile>(file.Name, file.Json.Span, errors) is not { } read)
        {
            return [];
        }

        var units = DataJson.Elements<UnitEntry>(file.Name, "$.units", read.Units, errors);
        var offices = DataJson.Elements<UnitEntry>(file.Name, "$.offices", read.Offices, errors);
        UnitChecks.Kinds(file.Name, units, kind => kind <= UnitKind.Enterprise, errors);
        UnitChecks.Kinds(file.Name, offices, kind => kind == UnitKind.Office, errors);

        return units.Concat(offices).Select(entry => new UnitChecks.Placed(
            file.Name,
            entry.Path,
            new Unit(
                entry.Value.Id,
                entry.Value.Name,
                entry.Value.Kind,
                entry.Value.Superior,
                entry.Value.Aliases ?? [],
                entry.Value.Mail,
                entry.Value.Note)));
    }

    private static List<UnitChecks.Placed> ReadDivisions(
        DataFile file, string? countyCode, string? countyCentre, List<DataError> errors)
    {
        List<UnitChecks.Placed> placed = [];
        if (DataJson.Read<DivisionsFile>(file.Name, file.Json.Span, errors) is not { } read)
        {
            return placed;
        }

        if (countyCode is not null && read.Code != countyCode)
        {
            errors.Add(new(file.Name, "$.code", "county-code", $"{read.Code} is not the county's {countyCode}."));
        }

        var townships = DataJson.Elements<TownshipEntry>(file.Name, "$.townships", read.Townships, errors);
        foreach (var (path, township) in townships)
        {
            UnitChecks.Digits(file.Name, $"{path}.code", township.Code, UnitRegister.TownshipDigits, read.Code, errors);
            DataJson.RequireText(file.Name, $"{path}.name", township.Name, errors);
            placed.Add(new(
                file.Name,
                path,
                new Unit(
                    township.Code,
                    township.Body,
                    UnitKind.Township,
                    countyCentre,
                    string.IsNullOrWhiteSpace(township.Name) ? [] : [township.Name],
                    township.Mail,
                    township.Note),
                "code"));
            placed.AddRange(ReadCommittees(file.Name, path, township, errors));
        }

        return placed;
    }

    private static List<UnitChecks.Placed> ReadCommittees(
        string file, string path, TownshipEntry township, List<DataError> errors)
    {
        var entries = DataJson.Elements<CommitteeEntry>(file, $"{path}.children", township.Children, errors);
        List<UnitChecks.Placed> placed = [];
        foreach (var (at, entry) in entries)
        {
            UnitChecks.Digits(file, $"{at}.code", entry.Code, UnitRegister.VillageDigits, township.Code, errors);
            if (entry.Kind is not (UnitKind.Village or UnitKind.Community))
            {
                errors.Add(new(file, $"{at}.kind", "kind", $"{entry.Kind} cannot stand here."));
            }

            placed.Add(new(
                file,
                at,
                new Unit(
                    entry.Code, entry.Name, entry.Kind, township.Code, PlaceName(entry.Name), entry.Mail, entry.Note),
                "code"));
        }

        return placed;
    }

    /// <summary>People say the place and not its committee.</summary>
    private static string[] PlaceName(string committee)
    {
        foreach (var ending in (ReadOnlySpan<string>)["居民委员会", "村民委员会", "居委会"])
        {
            if (committee.EndsWith(ending, StringComparison.Ordinal))
            {
                return [committee[..^ending.Length]];
            }
        }

        // The sign for village belongs to the place: 半岭村委会 sits in 半岭村.
        return committee.EndsWith("村委会", StringComparison.Ordinal) ? [committee[..^"委会".Length]] : [];
    }

    private static TimeOnly? Time(string file, string path, string text, List<DataError> errors)
    {
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time;
        }

        errors.Add(new(file, path, "time", $"{text} is no time like 08:30."));
        return null;
    }
}
