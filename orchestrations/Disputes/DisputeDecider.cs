using System.Diagnostics;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Disputes;

/// <summary>
/// What becomes of a dispute. Pure: the HTTP edge asks it before a command is accepted, the flow asks it again when
/// the command is read, and both get the same answer.
/// </summary>
public static class DisputeDecider
{
    /// <summary>Files of one case; its state names each.</summary>
    public const int FilesMax = 200;

    public static Step<Dispute, DisputeFact> Decide(
        Dispute dispute, DisputeFact fact, Occasion occasion, DisputeRules rules)
    {
        var draft = new DisputeDraft(dispute, occasion, rules);
        if (dispute.Ended)
        {
            return fact is DisputeFact.DateReached
                ? new Step<Dispute, DisputeFact>.Nothing()
                : Ended(draft);
        }

        if (fact is DisputeFact.RulesChanged changed)
        {
            return DisputeRulesChange.Take(draft, changed.Version);
        }

        if ((DisputeTies.Decide(draft, fact) ?? AftercareFacts.Decide(draft, fact)) is { } step)
        {
            return step;
        }

        if (dispute.Outcome is not null)
        {
            return fact is DisputeFact.DateReached ? AftercareDates.Reached(draft) : Ended(draft);
        }

        return fact switch
        {
            DisputeFact.Opened => Open(draft),
            DisputeFact.DateReached => DisputeDates.Reached(draft),
            DisputeFact.SignedFor => SignFor(draft),
            DisputeFact.SessionHeld held => HoldSession(draft, held),
            DisputeFact.Settled settled => Settle(draft, settled),
            DisputeFact.Refused refused => PartyRefuses(draft, refused.Party),
            DisputeFact.Withdrawn withdrawn => Withdraw(draft, withdrawn.Party),
            DisputeFact.EscalationAsked => AskNextLevel(draft),
            DisputeFact.NoAgreement => GiveUp(draft),
            DisputeFact.ConsentAnswered answered => DisputeConsent.ToGoUp(draft, answered),
            DisputeFact.MediationConsent said => DisputeConsent.Mediation(draft, said),
            DisputeFact.RepresentativesNamed named => DisputeGroups.Name(draft, named),
            DisputeFact.DangerReported reported => DisputeDanger.Report(draft, reported),
            DisputeFact.FileAdded added => AddFile(draft, added),
            DisputeFact.ReturnAsked => DisputeReturn.Ask(draft),
            DisputeFact.ReturnDecided decided => DisputeReturn.Decide(draft, decided),
            DisputeFact.AssistAsked asked => DisputeAssist.Ask(draft, asked),
            DisputeFact.AssistGiven => DisputeAssist.Give(draft),
            DisputeFact.Suspended suspended => DisputeSuspension.Suspend(draft, suspended),
            DisputeFact.Resumed => DisputeSuspension.Resume(draft),
            DisputeFact.ExtensionAsked asked => DisputeExtension.Ask(draft, asked),
            DisputeFact.ExtensionDecided decided => DisputeExtension.Decide(draft, decided),
            DisputeFact.SessionPlanned planned => DisputeSessions.Plan(draft, planned),
            DisputeFact.SessionMoved moved => DisputeSessions.Move(draft, moved),
            DisputeFact.SessionCancelled cancelled => DisputeSessions.Cancel(draft, cancelled),
            DisputeFact.MediatorsNamed named => DisputeMediators.Name(draft, named),
            DisputeFact.MediatorChosen chosen => DisputeMediators.Choose(draft, chosen),
            DisputeFact.AvoidanceAsked asked => MediatorAvoidance.Ask(draft, asked),
            DisputeFact.AvoidanceDecided decided => MediatorAvoidance.Decide(draft, decided),
            DisputeFact.ConflictDeclared declared => MediatorAvoidance.Declare(draft, declared),
            _ => throw new UnreachableException(),
        };
    }

    private static Step<Dispute, DisputeFact> Ended(DisputeDraft draft) =>
        draft.Refuse("ended", $"The dispute has ended: {draft.State.Outcome!.Reason}.");

    private static Step<Dispute, DisputeFact> Open(DisputeDraft draft)
    {
        var dispute = draft.State;
        if (dispute.Status != DisputeStatus.Registered)
        {
            return new Step<Dispute, DisputeFact>.Nothing();
        }

        if (dispute.SplitFrom is { } origin)
        {
            return DisputeSplit.Open(draft, origin);
        }

        var triaged = Triage.Of(dispute, draft.Rules.Process);
        if (dispute.WantedLevel is { } wanted && wanted != triaged.Level)
        {
            return draft.Refuse("level-below-floor", $"The triage does not allow a start at {Words.En(wanted)} level: {triaged.Reason}.");
        }

        var total = draft.Start(draft.Rules.Process.Total);
        var category = draft.Rules.CategoryOf(dispute.Category);
        draft.State = dispute with { Total = total, Level = triaged.Level, Handler = draft.Rules.Units.Duties.DutyBox };
        draft.Line(
            "Registered",
            $"Registered at {dispute.Place}: {category.Name}, {dispute.People} people; to be settled in all by {Why.Iso(total.Deadline.Date)}.",
            $"登记受理：{draft.NameOf(dispute.Place)}，{category.NameZh}，涉及{dispute.People}人。",
            total.Deadline,
            dispute.SummaryText);
        draft.Line("Triaged", $"Triaged to {Words.En(triaged.Level)} level: {triaged.Reason}.", $"分流至{Words.Zh(triaged.Level)}：{triaged.ReasonZh}。", textId: dispute.WantedLevelText);
        if (dispute.Parties.FirstOrDefault(party => party.Consent == Consent.No) is { } refusing)
        {
            // Nobody mediates then, but the danger is there all the same.
            AlertIfTriaged(draft, triaged);
            return DisputeEnd.Refuse(draft, refusing.Id);
        }

        var (level, handler, passedOver) = Triage.HandlerFrom(triaged.Level, dispute.Place, draft.Rules.Units);
        draft.Lines(passedOver);
        DisputeLevels.Offer(draft, level, handler, passedOver: passedOver.Count > 0);
        AlertIfTriaged(draft, triaged);
        return draft.Done();
    }

    private static void AlertIfTriaged(DisputeDraft draft, Triaged triaged)
    {
        if (triaged.Alert)
        {
            DisputeDanger.Alert(draft, triaged);
        }
    }

    private static Step<Dispute, DisputeFact> SignFor(DisputeDraft draft)
    {
        var dispute = draft.State;
        if (dispute.Status != DisputeStatus.Offered)
        {
            return draft.Refuse("not-offered", $"Only an offered dispute is signed for; this one is {dispute.Status}.");
        }

        if (Speakers.Handler(draft) is { } refusal)
        {
            return refusal;
        }

        var term = draft.Start(draft.Rules.At(dispute.Level).Term);
        draft.State = dispute with { Status = DisputeStatus.Mediating, SignFor = null, Term = term, Return = null, CameBy = null, PassedOver = null };
        draft.Line(
            "SignedFor",
            $"Signed for by {dispute.Handler}; {Words.En(dispute.Level)} level until {Why.Iso(term.Deadline.Date)}.",
            $"{draft.NameOf(dispute.Handler)}已签收，{Words.Zh(dispute.Level)}调处期限至{DeadlineText.Zh(term.Deadline.Date)}。",
            term.Deadline);
        return draft.Done();
    }

    private static Step<Dispute, DisputeFact> HoldSession(DisputeDraft draft, DisputeFact.SessionHeld held) =>
        NotMediating(draft) ?? Speakers.Handler(draft) ?? DisputeSuspension.NotSuspended(draft) ?? NotADayOfTheCase(draft, held.On, "session-date") ?? DisputeConsent.Missing(draft)
        ?? DisputeSessions.Hold(draft, held);

    private static Step<Dispute, DisputeFact> Settle(DisputeDraft draft, DisputeFact.Settled settled)
    {
        var refusal = NotMediating(draft) ?? Speakers.Handler(draft) ?? NotADayOfTheCase(draft, settled.On, "agreement-date") ?? DisputeConsent.Missing(draft);
        return refusal ?? DisputeMediators.MayMediate(draft, draft.State.Mediators) ?? AgreementChecks.Wrong(draft, settled) ?? DisputeEnd.Settle(draft, settled);
    }

    private static Step<Dispute, DisputeFact> PartyRefuses(DisputeDraft draft, string party) =>
        Speakers.ForParty(draft, party) ?? DisputeEnd.Refuse(draft, party);

    private static Step<Dispute, DisputeFact> Withdraw(DisputeDraft draft, string party)
    {
        var refusal = Speakers.ForParty(draft, party);
        if (refusal is not null)
        {
            return refusal;
        }

        return draft.State.Parties.First(known => known.Id == party).Role == PartyRole.Applicant
            ? DisputeEnd.Withdraw(draft, party)
            : draft.Refuse("not-an-applicant", $"Only an applicant can withdraw the case; {party} is a respondent, who can refuse.");
    }

    private static Step<Dispute, DisputeFact> AskNextLevel(DisputeDraft draft)
    {
        var dispute = draft.State;
        if (Speakers.Handler(draft) is { } refusal)
        {
            return refusal;
        }

        if (dispute.Status == DisputeStatus.AwaitingConsent)
        {
            return draft.Refuse("already-awaiting-consent", "The parties are being asked already.");
        }

        return dispute.Level == Level.County
            ? draft.Refuse("no-higher-level", "The county is the highest level; end the mediation instead.")
            : DisputeLevels.GoUp(draft, GoingUpReason.Asked, draft.Occasion.Id);
    }

    /// <summary>Below the county the next level is asked instead: it ends the case too when a party does not want it.</summary>
    private static Step<Dispute, DisputeFact> GiveUp(DisputeDraft draft)
    {
        if ((Speakers.Handler(draft) ?? NotMediating(draft)) is { } refusal)
        {
            return refusal;
        }

        return draft.State.Level < Level.County
            ? draft.Refuse("higher-level", "There is a higher level; ask it to take over instead.")
            : DisputeEnd.Fail(draft, "no-agreement", "The county finds that none can be had.", "经调解未能达成协议", draft.Occasion.Id);
    }

    internal static Step<Dispute, DisputeFact> AddFile(DisputeDraft draft, DisputeFact.FileAdded added)
    {
        var files = draft.State.Files ?? [];
        if (Speakers.Handler(draft) is { } refusal)
        {
            return refusal;
        }

        if (files.Any(file => file.File == added.File))
        {
            return draft.Refuse("file-known", $"The case has file {added.File} already.");
        }

        if (files.Count >= FilesMax)
        {
            return draft.Refuse("too-many-files", $"A case takes {FilesMax} files.");
        }

        draft.State = draft.State with { Files = [.. files, new CaseFile(added.File, added.Kind, added.Sha256, draft.Occasion.At)] };
        draft.Line("FileAdded", $"File {added.File} added: {added.Kind}, SHA-256 {added.Sha256}.", $"已添加附件{added.File}。");
        return draft.Done();
    }

    private static Step<Dispute, DisputeFact>? NotMediating(DisputeDraft draft) =>
        draft.State.Status == DisputeStatus.Mediating
            ? null
            : draft.Refuse("not-mediating", $"The dispute is not being mediated; it is {draft.State.Status}.");

    private static Step<Dispute, DisputeFact>? NotADayOfTheCase(DisputeDraft draft, DateOnly on, string code)
    {
        var first = draft.Rules.Calendar.LocalDate(draft.State.OpenedAt);
        var last = draft.Rules.Calendar.LocalDate(draft.Occasion.At);
        return on >= first && on <= last
            ? null
            : draft.Refuse(code, $"{Why.Iso(on)} is not between {Why.Iso(first)}, when the case was opened, and {Why.Iso(last)}, today.");
    }
}
