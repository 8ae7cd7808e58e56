using System.Text.Json;
using Workflows.Activities.PersonalData;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.Mediators;

/// <summary>How somebody is a mediator.</summary>
public enum MediatorTime
{
    FullTime,
    PartTime,
}

/// <summary>A person of a unit's roster, without the name.</summary>
/// <param name="Id">Such as <c>m-350322001001-3</c>; for life.</param>
/// <param name="Unit">Whose.</param>
/// <param name="Time">How.</param>
/// <param name="Fields">Ids of the categories that the person is good at; none: any.</param>
/// <param name="Since">The first day on the roster, local.</param>
/// <param name="Until">The last day, local; null while there is none.</param>
public sealed record Mediator(
    string Id, string Unit, MediatorTime Time, IReadOnlyList<string> Fields, DateOnly Since, DateOnly? Until = null)
{
    public bool IsActive(DateOnly day) => day >= Since && (Until is null || day <= Until);
}

/// <summary>
/// Who mediates for a unit. A row of the table <c>Mediators</c> in the partition of its unit holds no name; names lie with
/// the personal data.
/// </summary>
public sealed class MediatorRoster(ITables tables, PersonalDataTable personal, Numbering numbers)
{
    /// <summary>Persons of one unit, also those who have left; a page shows them all.</summary>
    public const int OfUnitMax = 1000;

    private const string Table = "Mediators";
    private const string Property = "Mediator";

    /// <summary>Puts a person on a roster; the same command finds whom it put there before.</summary>
    /// <param name="mediator">The id is given here and not looked at.</param>
    /// <param name="name">Personal data.</param>
    /// <param name="commandId">Once per id.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<Mediator> Add(Mediator mediator, string name, string commandId, CancellationToken cancellation = default)
    {
        var number = await numbers.Next($"mediators.{mediator.Unit}", commandId, cancellation);
        var added = mediator with { Id = MediatorId.Of(mediator.Unit, number) };
        if (await Find(added.Id, cancellation) is { } there)
        {
            return there;
        }

        await Rename(added.Id, name, cancellation);
        await Put(added, cancellation);
        return added;
    }

    /// <summary>Replaces what is known of a person.</summary>
    public Task Put(Mediator mediator, CancellationToken cancellation = default) => tables.Submit(
        Table,
        mediator.Unit,
        [new TableOperation.Put(mediator.Id, new Dictionary<string, object> { [Property] = JsonSerializer.Serialize(mediator, Wire.Options) })],
        cancellation);

    public Task Rename(string id, string name, CancellationToken cancellation = default) =>
        personal.PutText(NamesOf(MediatorId.UnitOf(id)!), id, name, cancellation);

    /// <summary>The person; null for an id that nobody has.</summary>
    public async Task<Mediator?> Find(string id, CancellationToken cancellation = default) =>
        MediatorId.UnitOf(id) is { } unit && await tables.Get(Table, unit, id, cancellation) is { } row ? Read(row) : null;

    /// <summary>The name in full; null for an id that nobody has.</summary>
    public async Task<string?> Name(string id, CancellationToken cancellation = default) =>
        MediatorId.UnitOf(id) is { } unit ? await personal.GetText(NamesOf(unit), id, cancellation) : null;

    /// <summary>Everybody who is or was on a unit's roster, in the order in which they came.</summary>
    public async Task<IReadOnlyList<Mediator>> Of(string unit, CancellationToken cancellation = default)
    {
        var page = await tables.Query(Table, new RowRange(unit), OfUnitMax, null, cancellation);
        return [.. page.Entities.Select(Read).OrderBy(mediator => int.Parse(mediator.Id[(mediator.Id.LastIndexOf('-') + 1)..], System.Globalization.CultureInfo.InvariantCulture))];
    }

    private static Mediator Read(Entity row) => JsonSerializer.Deserialize<Mediator>(row.Text(Property), Wire.Options)!;

    private static string NamesOf(string unit) => $"mediators.{unit}";
}
