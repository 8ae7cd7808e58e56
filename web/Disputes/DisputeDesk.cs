using System.Globalization;
using Workflows.Activities.Mediators;
using Workflows.Activities.PersonalData;
using Workflows.Activities.Rules;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Web.Cases;
using Workflows.Web.Http;

namespace Workflows.Web.Disputes;

/// <summary>What can be said to disputes from outside.</summary>
public sealed class DisputeDesk(Desk desk, RuleShelf shelf, Numbering numbers, DuplicateHints hints, MediatorRoster roster, MediatorCheck mediators)
{
    public const string Path = "/api/disputes";

    private readonly DisputeEscalation kind = new();

    private CaseDesk<Dispute, DisputeFact, DisputeRules> Cases => new(kind, desk, Path);

    /// <summary>Registers a dispute; the same command id finds the one it registered before.</summary>
    public async Task<Reply> Register(RegisterDispute request, string commandId, CancellationToken cancellation)
    {
        var at = desk.Time.GetUtcNow();
        var (intake, refusal) = Read(request, at);
        if (intake is null)
        {
            return refusal!;
        }

        var id = await NewId(shelf.Current.Calendar.LocalDate(at).Year, commandId, cancellation);
        if (await Cases.Get(id, cancellation) is { } there)
        {
            // Registered by an earlier try; people that were erased since do not come back.
            return Reply.Created($"{Path}/{id}", await Registered(there, cancellation));
        }

        var matter = new Matter(intake.Dispute.Place, intake.Dispute.Category, at);
        await desk.Personal.PutParties(id, matter, intake.People, cancellation);
        await desk.Personal.PutText(id, DisputeIntake.SummaryText, intake.Summary, cancellation);
        if (intake.LevelReason is { } reason)
        {
            await desk.Personal.PutText(id, DisputeIntake.LevelText, reason, cancellation);
        }

        await IssueCodes(id, intake.People, cancellation);
        return await Cases.Open(id, intake.Dispute with { Id = id }, record => Registered(record, cancellation), cancellation);
    }

    /// <summary>What a registration would be refused with; null when it would be taken. Nothing is kept.</summary>
    public Reply? Check(RegisterDispute request) => Read(request, desk.Time.GetUtcNow()).Refusal;

    public async Task<Reply> Get(string id, CancellationToken cancellation) =>
        await Find(id, cancellation) is { } view ? Reply.Ok(view) : Reply.NotFound($"There is no dispute {id}.");

    /// <summary>The dispute as it is shown, names masked; null when there is none.</summary>
    internal async Task<DisputeView?> Find(string id, CancellationToken cancellation) =>
        await Cases.Get(id, cancellation) is { } record ? await ViewWithHints(record) : null;

    /// <summary>Says a fact to a dispute.</summary>
    public async Task<Reply> Say(
        string id, string commandId, string by, DisputeFact fact, string? text, CancellationToken cancellation, IReadOnlyList<string>? parts = null)
    {
        if (await Cases.Get(id, cancellation) is { } record && !record.Handled.Any(handled => handled.CommandId == commandId)
            && Refusal(record.State, fact, by, commandId) is null)
        {
            if (await mediators.Refusal(record.State, fact, shelf.Current.Calendar.LocalDate(desk.Time.GetUtcNow()), cancellation) is { } refused)
            {
                return refused;
            }

            fact = await mediators.WithClashes(record.State, Cases.RulesOf(record.State).Process, fact, cancellation);
        }

        return await Cases.Say(id, commandId, by, fact, text, View, cancellation, parts: parts);
    }

    /// <summary>Stands for the number of a case that is not split off yet, so that a refusal costs none.</summary>
    internal const string NotNumbered = "D0000-00000";

    /// <summary>Says a fact that concerns another case too; both are asked before anything is sent.</summary>
    /// <param name="id">The case.</param>
    /// <param name="commandId">Once per id.</param>
    /// <param name="by">The unit that says it.</param>
    /// <param name="fact">What.</param>
    /// <param name="text">Free text that belongs to it.</param>
    /// <param name="named">The other case with the field that names it; null when the other case is new.</param>
    /// <param name="cancellation">The caller has gone.</param>
    internal async Task<Reply> Tie(
        string id, string commandId, string by, DisputeFact fact, string? text, (string Field, string Case)? named, CancellationToken cancellation)
    {
        if (await Cases.Get(id, cancellation) is not { } record)
        {
            return Reply.NotFound($"There is no case {id}.");
        }

        if (!record.Handled.Any(handled => handled.CommandId == commandId))
        {
            if (named is { } asked && await Cases.Get(asked.Case, cancellation) is null)
            {
                return Reply.Invalid(asked.Field, "is not a case of this county");
            }

            if (Refusal(record.State, fact, by, commandId) is { } refusal)
            {
                return refusal;
            }

            if (fact is DisputeFact.SplitAsked { Category: { } category } && Acceptance.Of(category, [], Cases.RulesOf(record.State).Process) is { } elsewhere)
            {
                return Reply.Refused("not-acceptable", Acceptance.Reason(elsewhere));
            }

            if (fact is DisputeFact.MergeAsked merge)
            {
                var into = (await Cases.Get(merge.Into, cancellation))!.State;
                fact = merge with
                {
                    Same = SamePeople.Of(
                        (record.State, await desk.Personal.GetParties(id, cancellation)), (into, await desk.Personal.GetParties(into.Id, cancellation)), merge.Same ?? []),
                };
            }

            if (named is { } other && await OtherRefuses(record.State, other.Case, fact, by, commandId, cancellation) is { } refused)
            {
                return refused;
            }

            if (fact is DisputeFact.SplitAsked split)
            {
                fact = split with { Case = await NewId(shelf.Current.Calendar.LocalDate(desk.Time.GetUtcNow()).Year, commandId, cancellation) };
            }
        }

        return await Cases.Say(id, commandId, by, fact, text, View, cancellation);
    }

    private async Task<Reply?> OtherRefuses(
        Dispute dispute, string otherId, DisputeFact fact, string by, string commandId, CancellationToken cancellation)
    {
        var other = (await Cases.Get(otherId, cancellation))!.State;
        return fact switch
        {
            DisputeFact.MergeAsked merge when DisputeJoin.Refusal(
                other, dispute, merge.Same ?? [], new Occasion(desk.Time.GetUtcNow(), by, DisputeTies.Via, commandId), Cases.RulesOf(other)) is { } refused => Reply.Refused(refused.Code, refused.Reason),
            DisputeFact.LinkAsked when other.Ended => Reply.Refused("ended", $"{other.Id} has ended: {other.Outcome!.Reason}."),
            _ => null,
        };
    }

    /// <summary>What the decider would refuse a fact with now; null when it would take it.</summary>
    internal Reply? Refusal(Dispute dispute, DisputeFact fact, string by, string commandId) =>
        kind.Decide(dispute, fact, new Occasion(desk.Time.GetUtcNow(), by, "api", commandId), Cases.RulesOf(dispute)) is Step<Dispute, DisputeFact>.Refused refused
            ? Reply.Refused(refused.Code, refused.Reason)
            : null;

    private async Task<DisputeView> View(CaseRecord<Dispute> record) =>
        await View(record, await desk.Personal.GetParties(record.Id));

    private async Task<DisputeView> View(CaseRecord<Dispute> record, IReadOnlyList<PartyData> people) =>
        DisputeView.Of(record, Cases.RulesOf(record.State), people) with
        {
            Code = shelf.CodeOf(record.Id),
            Links = record.State.Links?.Select(other => new LinkView(other, shelf.CodeOf(other))).ToList(),
            Mediators = record.State.Mediators is { } named ? await Task.WhenAll(named.Select(Mediator)) : null,
        };

    private async Task<CaseMediatorView> Mediator(string id, int place) => new(
        id,
        await roster.Name(id) is { } name ? Mask.Name(name) : null,
        Leads: place == 0,
        Active: (await roster.Find(id))?.IsActive(shelf.Current.Calendar.LocalDate(desk.Time.GetUtcNow())) == true);

    private async Task<DisputeView> ViewWithHints(CaseRecord<Dispute> record)
    {
        var people = await desk.Personal.GetParties(record.Id);
        return await View(record, people) with { Duplicates = await hints.Of(record.State, people) };
    }

    /// <summary>The answer to a registration: the only one with the parties' codes.</summary>
    private async Task<DisputeView> Registered(CaseRecord<Dispute> record, CancellationToken cancellation) =>
        (await ViewWithHints(record)) with
        {
            Codes = await IssueCodes(record.Id, await desk.Personal.GetParties(record.Id, cancellation), cancellation),
        };

    private async Task<IReadOnlyDictionary<string, string>> IssueCodes(string id, IReadOnlyList<PartyData> people, CancellationToken cancellation)
    {
        var codes = await Task.WhenAll(people.Select(person => desk.Personal.Codes.Issue(id, person.PartyId, cancellation)));
        return people.Zip(codes).ToDictionary(pair => pair.First.PartyId, pair => PartyCode.Print(pair.Second));
    }

    private (Intake? Intake, Reply? Refusal) Read(RegisterDispute request, DateTimeOffset at)
    {
        var rules = shelf.Current.Disputes;
        var errors = new FieldErrors();
        if (DisputeIntake.Read(request, rules, at, errors) is not { } intake)
        {
            return (null, Reply.Invalid(errors));
        }

        if (intake.NotAcceptable is { } elsewhere)
        {
            return (null, Reply.Refused("not-acceptable", Acceptance.Reason(elsewhere)));
        }

        var (fact, occasion) = kind.Opening(intake.Dispute);
        return kind.Decide(intake.Dispute, fact, occasion, rules) is Step<Dispute, DisputeFact>.Refused refused
            ? (null, Reply.Refused(refused.Code, refused.Reason))
            : (intake, null);
    }

    private async Task<string> NewId(int year, string commandId, CancellationToken cancellation)
    {
        var number = await numbers.Next(string.Create(CultureInfo.InvariantCulture, $"disputes-{year}"), commandId, cancellation);
        return DisputeCode.IdOf(year, number);
    }
}
