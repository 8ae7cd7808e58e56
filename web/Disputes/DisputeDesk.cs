using System.Globalization;
using Workflows.Activities.Rules;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Web.Cases;
using Workflows.Web.Http;

namespace Workflows.Web.Disputes;

/// <summary>What can be said to disputes from outside.</summary>
public sealed class DisputeDesk(Desk desk, RuleShelf shelf, Numbering numbers)
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
        foreach (var party in intake.People)
        {
            await desk.Personal.PutParty(id, party, cancellation);
        }

        await desk.Personal.PutText(id, DisputeIntake.SummaryText, intake.Summary, cancellation);
        if (intake.LevelReason is { } reason)
        {
            await desk.Personal.PutText(id, DisputeIntake.LevelText, reason, cancellation);
        }

        return await Cases.Open(id, intake.Dispute with { Id = id }, View, cancellation);
    }

    public async Task<Reply> Get(string id, CancellationToken cancellation) =>
        await Cases.Get(id, cancellation) is { } record
            ? Reply.Ok(await View(record))
            : Reply.NotFound($"There is no dispute {id}.");

    /// <summary>Says a fact to a dispute.</summary>
    public Task<Reply> Say(string id, string commandId, string by, DisputeFact fact, string? text, CancellationToken cancellation) =>
        Cases.Say(id, commandId, by, fact, text, View, cancellation);

    /// <summary>Says what a party said itself; the caller has made sure that it is this party.</summary>
    public Task<Reply> SayAsParty(string id, string commandId, string party, DisputeFact fact, string? text, CancellationToken cancellation) =>
        Cases.Say(id, commandId, Speakers.PartyPrefix + party, fact, text, View, cancellation, Speakers.PartyVia);

    private async Task<DisputeView> View(CaseRecord<Dispute> record) =>
        DisputeView.Of(record, Cases.RulesOf(record.State), await desk.Personal.GetParties(record.Id));

    private async Task<string> NewId(int year, string commandId, CancellationToken cancellation)
    {
        var number = await numbers.Next(string.Create(CultureInfo.InvariantCulture, $"disputes-{year}"), commandId, cancellation);
        return string.Create(CultureInfo.InvariantCulture, $"D{year}-{number:D5}");
    }
}
