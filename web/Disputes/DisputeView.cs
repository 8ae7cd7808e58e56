using System.Globalization;
using Workflows.Activities.PersonalData;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Units;
using Workflows.Web.Cases;

namespace Workflows.Web.Disputes;

/// <summary>A dispute as the API shows it.</summary>
/// <param name="Id">The case's code for life.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Level">Who mediates.</param>
/// <param name="Handler">The unit that handles it.</param>
/// <param name="FormerHandlers">Units that handled it before.</param>
/// <param name="Place">Where it arose.</param>
/// <param name="Category">What it is about.</param>
/// <param name="People">How many it touches.</param>
/// <param name="Danger">Signs of danger.</param>
/// <param name="Parties">Who; names masked.</param>
/// <param name="OpenedAt">UTC.</param>
/// <param name="Clocks">The terms that run now, each with why it ends when it does.</param>
/// <param name="GoingUp">Why it is on its way up, while the parties are asked.</param>
/// <param name="Sessions">Sessions held.</param>
/// <param name="Overdue">How often a term was missed.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Rules">The rule set it lives under.</param>
/// <param name="Version">Counts its steps.</param>
public sealed record DisputeView(
    string Id,
    DisputeStatus Status,
    Level Level,
    UnitView Handler,
    IReadOnlyList<UnitView> FormerHandlers,
    UnitView Place,
    string Category,
    int People,
    bool Danger,
    IReadOnlyList<PartyView> Parties,
    DateTimeOffset OpenedAt,
    IReadOnlyList<ClockView> Clocks,
    GoingUpReason? GoingUp,
    int Sessions,
    int Overdue,
    Outcome? Outcome,
    string Rules,
    int Version)
{
    public static DisputeView Of(CaseRecord<Dispute> record, DisputeRules rules, IReadOnlyList<PartyData> people)
    {
        var dispute = record.State;
        return new DisputeView(
            dispute.Id,
            dispute.Status,
            dispute.Level,
            UnitView.Of(dispute.Handler, rules.Units),
            [.. (dispute.FormerHandlers ?? []).Select(unit => UnitView.Of(unit, rules.Units))],
            UnitView.Of(dispute.Place, rules.Units),
            dispute.Category,
            dispute.People,
            dispute.Danger,
            [.. dispute.Parties.Select(party => new PartyView(
                party.Id, party.Role, party.Consent, party.GoUp, Mask(people.FirstOrDefault(data => data.PartyId == party.Id)?.Name)))],
            dispute.OpenedAt,
            ClockView.Of(("signFor", dispute.SignFor), ("level", dispute.Term), ("consent", dispute.ConsentTerm), ("total", dispute.Total)),
            dispute.GoingUp,
            dispute.Sessions,
            dispute.Overdue,
            dispute.Outcome,
            dispute.Rules,
            record.Version);
    }

    /// <summary>The family name and nothing else; of a name of one character nothing at all.</summary>
    private static string? Mask(string? name)
    {
        if (name is null)
        {
            return null;
        }

        // A rare character is two code units; half of it is none.
        var family = StringInfo.GetNextTextElement(name);
        return (family.Length < name.Length ? family : "") + "**";
    }
}

/// <param name="Id">The party within its case.</param>
/// <param name="Role">applicant or respondent.</param>
/// <param name="Consent">To be mediated.</param>
/// <param name="GoUp">To go up to the next level.</param>
/// <param name="Name">Masked; null when the personal data has been erased.</param>
public sealed record PartyView(string Id, PartyRole Role, Consent Consent, ConsentToGoUp GoUp, string? Name);
