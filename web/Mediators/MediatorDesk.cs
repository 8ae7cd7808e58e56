using Workflows.Activities.Cases;
using Workflows.Activities.Mediators;
using Workflows.Activities.PersonalData;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Units;
using Workflows.Web.Http;

namespace Workflows.Web.Mediators;

/// <summary>What can be said to rosters, and what they show to whom.</summary>
public sealed class MediatorDesk(MediatorRoster roster, CaseStore cases, RuleShelf shelf, TimeProvider time)
{
    public const string Path = "/api/mediators";

    private DateOnly Today => shelf.Current.Calendar.LocalDate(time.GetUtcNow());

    public async Task<Reply> Add(string by, Mediator mediator, string name, string commandId, CancellationToken cancellation)
    {
        if (NotYours(by, mediator.Unit) is { } refusal)
        {
            return refusal;
        }

        var added = await roster.Add(mediator, name, commandId, cancellation);
        return Reply.Created($"{Path}?unit={added.Unit}", await View(added, inFull: true, cancellation));
    }

    public Task<Reply> Change(string id, string by, Func<Mediator, Mediator> change, string? name, CancellationToken cancellation) =>
        OnRoster(id, by, async known =>
        {
            if (name is not null)
            {
                await roster.Rename(id, name, cancellation);
            }

            await roster.Put(change(known), cancellation);
            return Reply.Ok(await View(change(known), inFull: true, cancellation));
        }, cancellation);

    public Task<Reply> End(string id, string by, DateOnly until, CancellationToken cancellation) =>
        OnRoster(id, by, async known =>
        {
            if (until < known.Since)
            {
                return Reply.Invalid("until", MediatorForm.NotBefore(known.Since));
            }

            var ended = known with { Until = until };
            await roster.Put(ended, cancellation);
            return Reply.Ok(await View(ended, inFull: true, cancellation) with { Cases = await Naming(id, cancellation) });
        }, cancellation);

    /// <summary>A unit's roster; names in full for the unit itself and those above it.</summary>
    public async Task<Reply> Of(string unit, string? by, CancellationToken cancellation)
    {
        var inFull = by is not null && IsUnitOrAbove(by, unit, shelf.Current.Units);
        return Reply.Ok(new RosterView(unit, await Task.WhenAll((await roster.Of(unit, cancellation)).Select(known => View(known, inFull, cancellation)))));
    }

    private async Task<Reply> OnRoster(string id, string by, Func<Mediator, Task<Reply>> act, CancellationToken cancellation) =>
        await roster.Find(id, cancellation) is not { } known ? Reply.NotFound($"There is no mediator {id}.")
        : NotYours(by, known.Unit) is { } refusal ? refusal
        : await act(known);

    private async Task<List<string>> Naming(string id, CancellationToken cancellation)
    {
        List<string> naming = [];
        await foreach (var row in cases.All(DisputeEscalation.ListOf(id), cancellation))
        {
            naming.Add(row.Case);
        }

        return naming;
    }

    private async Task<MediatorView> View(Mediator known, bool inFull, CancellationToken cancellation)
    {
        var name = await roster.Name(known.Id, cancellation);
        return new MediatorView(
            known.Id, inFull || name is null ? name : Mask.Name(name), known.Unit, known.Time, known.Fields, known.Since, known.Until, known.IsActive(Today));
    }

    /// <summary>Why a unit may not keep the roster of another; null when it may.</summary>
    internal Reply? NotYours(string by, string unit) => IsUnitOrAbove(by, unit, shelf.Current.Units)
        ? null
        : Reply.Refused("not-your-roster", $"Only {unit} and the units above it keep its roster, not {by}.");

    internal static bool IsUnitOrAbove(string by, string unit, UnitRegister units)
    {
        for (var known = units.Find(unit); known is not null; known = units.SuperiorOf(known.Id))
        {
            if (known.Id == by)
            {
                return true;
            }
        }

        return false;
    }
}
