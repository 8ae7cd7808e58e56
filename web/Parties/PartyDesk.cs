using Microsoft.AspNetCore.Http;
using Workflows.Activities.Mediators;
using Workflows.Activities.PersonalData;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Web.Cases;
using Workflows.Web.Disputes;
using Workflows.Web.Http;

namespace Workflows.Web.Parties;

/// <summary>A case as it is found by a party's code.</summary>
/// <param name="Record">The case in which the party goes on.</param>
/// <param name="Party">Its id there.</param>
/// <param name="CameFrom">The case that the code was given for; null when it is this one.</param>
public sealed record PartyCase(CaseRecord<Dispute> Record, string Party, string? CameFrom = null);

/// <summary>What a party sees of its case and can say to it. Whoever has the code is the party.</summary>
public sealed class PartyDesk(Desk desk, PartyGate gate, RuleShelf shelf, MediatorRoster roster, MediatorCheck check)
{
    /// <summary>More than any case is taken into another.</summary>
    private const int MovesMax = 20;

    private readonly DisputeEscalation kind = new();

    private CaseDesk<Dispute, DisputeFact, DisputeRules> Cases => new(kind, desk, "");

    /// <summary>The case of a code; null for a wrong and for an unknown one alike, which is counted.</summary>
    /// <remarks>The caller asks the gate before.</remarks>
    public async Task<PartyCase?> Find(HttpContext http, string? code)
    {
        if (await desk.Personal.Codes.Whose(code, http.RequestAborted) is { } owner && await Follow(owner, http.RequestAborted) is { } known)
        {
            return known;
        }

        gate.Wrong(http);
        return null;
    }

    /// <summary>The code of a case that was taken into another, or split, leads to where its party goes on.</summary>
    private async Task<PartyCase?> Follow(PartyOfCase owner, CancellationToken cancellation)
    {
        var (caseId, party) = (owner.Case, owner.Party);
        for (var moves = 0; moves <= MovesMax; moves++)
        {
            if (await Cases.Get(caseId, cancellation) is not { } record)
            {
                return null;
            }

            if (record.State.MovedParties?.LastOrDefault(moved => moved.Party == party && !moved.Stays) is not { } next)
            {
                return record.State.Parties.Any(known => known.Id == party) ? new PartyCase(record, party, moves > 0 ? owner.Case : null) : null;
            }

            (caseId, party) = (next.Case, next.As);
        }

        return null;
    }

    public async Task<PartyCaseView> View(PartyCase known, CancellationToken cancellation)
    {
        var dispute = known.Record.State;
        var rules = Cases.RulesOf(dispute);
        var party = dispute.Parties.First(party => party.Id == known.Party);
        var person = (await desk.Personal.GetParties(dispute.Id, cancellation)).FirstOrDefault(person => person.PartyId == party.Id);
        var category = rules.CategoryOf(dispute.Category);
        var mediators = await PartyMediators.Of(roster, dispute.Handler, rules.Calendar.LocalDate(desk.Time.GetUtcNow()), cancellation);
        IReadOnlyList<PartyAct> acts = [.. PartyAct.All, .. PartyMediators.Acts(dispute, rules, mediators)];
        return new PartyCaseView(
            dispute.Id,
            new PartyYou(party.Id, party.Role, person is null ? null : Mask.Name(person.Name)),
            dispute.Status,
            PartyWords.Status(dispute),
            PartyWords.Level(dispute.Level),
            UnitView.Of(dispute.Handler, rules.Units).Name,
            category.NameZh,
            rules.Calendar.LocalDate(dispute.OpenedAt),
            PartyWords.Dates(dispute, party.Id),
            Can(known, rules, acts),
            dispute.Status is DisputeStatus.Failed or DisputeStatus.Refused ? category.OtherWays : [],
            await Told(dispute, party.Id, cancellation),
            PartyWords.History(await desk.Cases.Journal(dispute.Id, cancellation), rules.Calendar),
            shelf.CodeOf(dispute.Id),
            await NextSession(dispute, cancellation),
            [.. (dispute.Mediators ?? []).Select(mediator => PartyMediators.NameOf(mediator, mediators))],
            PartyWords.Group(dispute, party, rules.Process),
            known.CameFrom is { } before ? $"您原来的纠纷（{shelf.CodeOf(before)}）已转入本案继续调解，原查询码仍然有效。" : null);
    }

    /// <summary>The next session that will be held; none while the case stands still.</summary>
    private async Task<PartySession?> NextSession(Dispute dispute, CancellationToken cancellation)
    {
        var now = desk.Time.GetUtcNow();
        var calendar = Cases.RulesOf(dispute).Calendar;
        var next = dispute.Suspension is not null ? null : (dispute.SessionPlans ?? [])
            .Where(plan => calendar.At(plan.On, plan.To) > now)
            .OrderBy(plan => plan.On).ThenBy(plan => plan.From)
            .FirstOrDefault();
        return next is null ? null : new PartySession(
            next.On, next.From, next.To, next.Form == SessionForm.Online ? "线上" : "现场", await desk.Personal.GetText(dispute.Id, next.PlaceText, cancellation) ?? "");
    }

    /// <summary>What units wrote for this party and for nobody else.</summary>
    private async Task<IReadOnlyList<PartyTold>> Told(Dispute dispute, string party, CancellationToken cancellation)
    {
        var said = dispute.Aftercare?.Parties.FirstOrDefault(known => known.Id == party);
        var told = new List<PartyTold>();
        foreach (var (title, textId) in new[] { ("对您评价的反馈", said?.MendTextId), ("对您复查申请的答复", said?.Review?.AnswerTextId) })
        {
            if (textId is not null && await desk.Personal.GetText(dispute.Id, textId, cancellation) is { } text)
            {
                told.Add(new PartyTold(title, text));
            }
        }

        return told;
    }

    /// <summary>Says something to the case as the party; the caller has seen to it that the command's id fits the party.</summary>
    public async Task<Reply> Say(PartyCase known, string act, PartySays says, string commandId, CancellationToken cancellation)
    {
        var dispute = known.Record.State;
        var rules = Cases.RulesOf(dispute);
        var mediators = await PartyMediators.Of(roster, dispute.Handler, rules.Calendar.LocalDate(desk.Time.GetUtcNow()), cancellation);
        IReadOnlyList<PartyAct> acts = [.. PartyAct.All, .. PartyMediators.Acts(dispute, rules, mediators)];
        if (acts.FirstOrDefault(one => one.Act == act) is not { } found)
        {
            return Reply.NotFound($"There is no act {act}; there are {string.Join(", ", acts.Select(one => one.Act))}.");
        }

        var errors = new FieldErrors();
        if (!found.Choices.Any(choice => choice.Choice == says.Choice))
        {
            errors.Add("choice", $"{(says.Choice is null ? "is required; " : "must be ")}one of {string.Join(", ", found.Choices.Select(choice => choice.Choice))}");
        }

        if (found.Text is null && says.Text is not null)
        {
            errors.Add("text", "is not taken by this act");
        }
        else if (found.Text is { IsRequired: true })
        {
            errors.Text("text", says.Text, PartyText.CharactersMax);
        }
        else
        {
            errors.OptionalText("text", says.Text, PartyText.CharactersMax);
        }

        return errors.Any
            ? Reply.Invalid(errors)
            : await Cases.Say(
                known.Record.Id,
                commandId,
                By(known),
                await check.WithClashes(dispute, rules.Process, found.Fact(known.Party, says), cancellation),
                says.Text,
                record => View(known with { Record = record }, cancellation),
                cancellation,
                Speakers.PartyVia);
    }

    /// <summary>The acts and choices that the decider would take from this party at this moment.</summary>
    private List<PartyActView> Can(PartyCase known, DisputeRules rules, IReadOnlyList<PartyAct> acts)
    {
        var occasion = new Occasion(desk.Time.GetUtcNow(), By(known), Speakers.PartyVia, "asked-only");
        var can = new List<PartyActView>();
        var party = known.Record.State.Parties.First(party => party.Id == known.Party);
        foreach (var act in acts)
        {
            var said = act.Said?.Invoke(known.Record.State, party) ?? [];
            List<PartyChoice> choices =
            [
                .. act.Choices.Where(choice => !said.Contains(choice.Choice)
                    && kind.Decide(known.Record.State, act.Fact(known.Party, new PartySays(choice.Choice)), occasion, rules) is Step<Dispute, DisputeFact>.Taken),
            ];
            if (choices.Count > 0)
            {
                can.Add(new PartyActView(act.Act, act.Title, choices, act.Warning, act.Text?.Title, act.Text?.IsRequired ?? false));
            }
        }

        return can;
    }

    private static string By(PartyCase known) => Speakers.PartyPrefix + known.Party;
}
