using System.Diagnostics;

namespace Workflows.Orchestrations.Units;

/// <summary>The county's units and places: who handles what where, and who is next.</summary>
/// <remarks>The units are expected to be checked by <see cref="UnitData"/>.</remarks>
public sealed class UnitRegister
{
    internal const int CountyDigits = 6;
    internal const int TownshipDigits = 9;
    internal const int VillageDigits = 12;

    private readonly Dictionary<string, Unit> byId;
    private readonly ILookup<string, Unit> byName;
    private readonly HashSet<string> counties;

    public UnitRegister(IReadOnlyList<Unit> units, DutyRoles duties)
    {
        byId = units.ToDictionary(unit => unit.Id, StringComparer.Ordinal);
        byName = units
            .SelectMany(
                unit => unit.Aliases.Prepend(unit.Name).Distinct(StringComparer.Ordinal),
                (unit, name) => (unit, name))
            .ToLookup(pair => pair.name, pair => pair.unit, StringComparer.Ordinal);
        All = units;
        Duties = duties;
        Townships = [.. units.Where(unit => unit.Kind == UnitKind.Township)];
        Villages = [.. units.Where(IsCommittee)];
        Offices = [.. units.Where(unit => unit.Kind == UnitKind.Office)];
        CountyUnits = [.. units.Where(IsCountyUnit)];
        counties = [.. Townships.Select(unit => unit.Id[..CountyDigits])];
    }

    /// <summary>Every unit, in the order of the data.</summary>
    public IReadOnlyList<Unit> All { get; }

    /// <summary>The units of county level that a plan can name; without the offices.</summary>
    public IReadOnlyList<Unit> CountyUnits { get; }

    public IReadOnlyList<Unit> Townships { get; }

    /// <summary>Villages and communities.</summary>
    public IReadOnlyList<Unit> Villages { get; }

    public IReadOnlyList<Unit> Offices { get; }

    public DutyRoles Duties { get; }

    public Unit? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>
    /// Every unit that goes by exactly this name: none, one, or more, since villages of two townships may share a name.
    /// Spellings that only look alike are not merged; a person decides.
    /// </summary>
    public IReadOnlyList<Unit> FindByName(string nameOrAlias) => [.. byName[nameOrAlias.Trim()]];

    /// <summary>The next unit when nobody is there; null at the top and for an unknown id.</summary>
    public Unit? SuperiorOf(string id) => Find(id)?.Superior is { } superior ? Find(superior) : null;

    /// <summary>Whether the code is a village or community (12 digits), a township (9) or the county (6).</summary>
    public bool IsPlace(string code) => counties.Contains(code) || (Find(code) is { } unit && IsPlace(unit));

    /// <summary>
    /// Who handles a dispute of the place at the level; null when the place is too wide for the level or is no place.
    /// </summary>
    public Unit? HandlerAt(string place, Level level)
    {
        if (!IsPlace(place))
        {
            return null;
        }

        return level switch
        {
            Level.Village => Find(place) is { } unit && IsCommittee(unit) ? unit : null,
            Level.Township => place.Length >= TownshipDigits ? Find(place[..TownshipDigits]) : null,
            Level.County => Find(Duties.CountyCentre),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>
    /// Who answers for the handler's delay. Committees of villages and communities are mass organisations and not among
    /// the objects of supervision (Regulation on government supervision, art. 5), so their township answers.
    /// </summary>
    public Unit ResponsibleFor(Unit handler) =>
        IsCommittee(handler) && Find(handler.Id[..TownshipDigits]) is { } township ? township : handler;

    internal static bool IsCommittee(Unit unit) => unit.Kind is UnitKind.Village or UnitKind.Community;

    private static bool IsPlace(Unit unit) => unit.Kind is UnitKind.Township || IsCommittee(unit);

    private static bool IsCountyUnit(Unit unit) => unit.Kind != UnitKind.Office && !IsPlace(unit);
}
