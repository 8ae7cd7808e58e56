using System.Globalization;
using Workflows.Activities.PersonalData;
using Workflows.Activities.Rules;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Web.Cases;
using Workflows.Web.Http;

namespace Workflows.Web.Disputes;

/// <summary>What can be said to disputes from outside.</summary>
public sealed class DisputeDesk(Desk desk, RuleShelf shelf, Numbering numbers, DuplicateHints hints)
{
    public const string Path = "/api/disputes";

    private readonly DisputeEscalation kind = new();

    private CaseDesk<Dispute, DisputeFact, DisputeRules> Cases => new(kind, desk, Path);

    /// <summary>Registers a dispute; the same command id finds the one it registered before.</summary>
    public async Task<Reply> Register(RegisterDispute request, string commandId, CancellationToken cancellation)
    {
        var rules = shelf.Current.Disputes;
        var errors = new FieldErrors();
        var at = desk.Time.GetUtcNow();
        if (DisputeIntake.Read(request, rules, at, errors) is not { } intake)
        {
            return Reply.Invalid(errors);
        }

        var (fact, occasion) = kind.Opening(intake.Dispute);
        if (kind.Decide(intake.Dispute, fact, occasion, rules) is Step<Dispute, DisputeFact>.Refused refused)
        {
            return Reply.Refused(refused.Code, refused.Reason);
        }

        var id = await NewId(rules.Calendar.LocalDate(at).Year, commandId, cancellation);
        var matter = new Matter(intake.Dispute.Place, intake.Dispute.Category, at);
        await desk.Personal.PutParties(id, matter, intake.People, cancellation);
        await desk.Personal.PutText(id, DisputeIntake.SummaryText, intake.Summary, cancellation);
        if (intake.LevelReason is { } reason)
        {
            await desk.Personal.PutText(id, DisputeIntake.LevelText, reason, cancellation);
        }

        var codes = await IssueCodes(id, intake.Dispute, cancellation);
        return await Cases.Open(
            id,
            intake.Dispute with { Id = id },
            async record => (await ViewWithHints(record)) with { Codes = codes },
            cancellation);
    }

    public async Task<Reply> Get(string id, CancellationToken cancellation) =>
        await Cases.Get(id, cancellation) is { } record
            ? Reply.Ok(await ViewWithHints(record))
            : Reply.NotFound($"There is no dispute {id}.");

    /// <summary>Says a fact to a dispute.</summary>
    public Task<Reply> Say(string id, string commandId, string by, DisputeFact fact, string? text, CancellationToken cancellation) =>
        Cases.Say(id, commandId, by, fact, text, View, cancellation);

    private async Task<DisputeView> View(CaseRecord<Dispute> record) =>
        DisputeView.Of(record, Cases.RulesOf(record.State), await desk.Personal.GetParties(record.Id));

    private async Task<DisputeView> ViewWithHints(CaseRecord<Dispute> record)
    {
        var people = await desk.Personal.GetParties(record.Id);
        var view = DisputeView.Of(record, Cases.RulesOf(record.State), people);
        return view with { Duplicates = await hints.Of(record.State, people) };
    }

    private async Task<IReadOnlyDictionary<string, string>> IssueCodes(string id, Dispute dispute, CancellationToken cancellation)
    {
        var codes = await Task.WhenAll(dispute.Parties.Select(party => desk.Personal.Codes.Issue(id, party.Id, cancellation)));
        return dispute.Parties.Zip(codes).ToDictionary(pair => pair.First.Id, pair => PartyCode.Print(pair.Second));
    }

    private async Task<string> NewId(int year, string commandId, CancellationToken cancellation)
    {
        var number = await numbers.Next(string.Create(CultureInfo.InvariantCulture, $"disputes-{year}"), commandId, cancellation);
        return string.Create(CultureInfo.InvariantCulture, $"D{year}-{number:D5}");
    }
}
