using Workflows.Activities.PersonalData;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Web.Cases;
using Workflows.Web.Http;

namespace Workflows.Web.Disputes;

/// <summary>Who the parties of a case are, in full.</summary>
/// <param name="Case">The case's code.</param>
/// <param name="Parties">Names, numbers and addresses as they were registered; none after the case was made anonymous.</param>
/// <param name="Summary">The matter in the words of the registration.</param>
/// <param name="Places">Where planned sessions are held, by their number.</param>
public sealed record PersonalView(string Case, IReadOnlyList<PersonInFull> Parties, string? Summary, IReadOnlyDictionary<int, string>? Places = null);

/// <param name="Id">The party within its case.</param>
/// <param name="Name">In full.</param>
/// <param name="Phone">In full.</param>
/// <param name="IdentityNumber">In full.</param>
/// <param name="Address">In full.</param>
/// <param name="Code">For the party's own side.</param>
/// <param name="RepresentativeName">Who acts for it, in full.</param>
/// <param name="RepresentativePhone">In full.</param>
public sealed record PersonInFull(
    string Id,
    string Name,
    string? Phone,
    string? IdentityNumber,
    string? Address,
    string Code,
    string? RepresentativeName = null,
    string? RepresentativePhone = null);

/// <summary>A party that was found by what is known of it; everything masked.</summary>
public sealed record FoundView(string Case, string Party, string? Name, string? Phone, string? IdentityNumber, string? Address, DisputeStatus Status, DateTimeOffset OpenedAt, string? Code = null);

/// <summary>
/// What is shown of people, and to whom. Whoever asks for more than the masked form is written down before anything
/// is handed out, and so is whoever is refused.
/// </summary>
public sealed class PersonalDesk(Desk desk, AccessJournal accesses, RuleShelf shelf)
{
    private const string Via = "api";

    /// <summary>The personal data of a case, for the unit that works on it or is above, and a purpose.</summary>
    public async Task<Reply> Show(string id, string by, string purpose, CancellationToken cancellation)
    {
        var (record, refusal) = await Enter(id, by, "Shown", "the personal data", "查看当事人信息", purpose, cancellation);
        if (record is null)
        {
            return refusal!;
        }

        var people = await desk.Personal.GetParties(id, cancellation);
        var inFull = new List<PersonInFull>(people.Count);
        foreach (var person in people)
        {
            var code = await desk.Personal.Codes.Issue(id, person.PartyId, cancellation);
            inFull.Add(new PersonInFull(
                person.PartyId, person.Name, person.Phone, person.IdentityNumber, person.Address, PartyCode.Print(code), person.RepresentativeName, person.RepresentativePhone));
        }

        var places = new Dictionary<int, string>();
        foreach (var plan in record.State.SessionPlans ?? [])
        {
            places[plan.Number] = await desk.Personal.GetText(id, plan.PlaceText, cancellation) ?? "";
        }

        return Reply.Ok(new PersonalView(
            id, inFull, await desk.Personal.GetText(id, DisputeIntake.SummaryText, cancellation), places.Count > 0 ? places : null));
    }

    /// <summary>The words that came with what was said to a case, for a unit that may read them.</summary>
    public async Task<Reply> Text(string id, string textId, string by, CancellationToken cancellation)
    {
        if (!CaseReads.CanBeId(textId) || await Find(id, cancellation) is null || await desk.Personal.GetText(id, textId, cancellation) is not { } text)
        {
            return Reply.NotFound($"There is no text {textId} of a case {id}.");
        }

        var (record, refusal) = await Enter(id, by, "Shown", $"text {textId}", $"查看文字{textId}", null, cancellation);
        return record is null ? refusal! : Reply.Ok(new TextView(textId, text));
    }

    /// <summary>Who was shown what of a case, chained by hashes.</summary>
    public async Task<Reply> Accesses(string id, CancellationToken cancellation) =>
        await Find(id, cancellation) is null
            ? Reply.NotFound($"There is no case {id}.")
            : Reply.Ok(JournalView.Of(await accesses.Read(id, cancellation)));

    /// <summary>A page of those who have exactly this name or number, masked.</summary>
    public async Task<Reply> Search(PersonalKey key, string value, int size, string? after, CancellationToken cancellation)
    {
        var list = $"search {key} {PersonalIndex.Normal(key, value)}";
        if (!ListCursor.TryTake(list, after, out var cursor))
        {
            return Reply.Invalid("after", "is not a cursor that this list gave");
        }

        var page = await desk.Personal.Index.Find(key, value, size, cursor, cancellation);
        var found = new List<FoundView>(page.Parties.Count);
        foreach (var party in page.Parties)
        {
            // A registration that died before its case was opened has no case.
            if (await Find(party.Case, cancellation) is { } record)
            {
                var people = await desk.Personal.GetParties(party.Case, cancellation);
                found.Add(Found(record.State, party.Party, people));
            }
        }

        return Reply.Ok(new Page<FoundView>(found, ListCursor.Give(list, page.Next)));
    }

    /// <summary>The parties of the case that has this code, masked; an empty page when no case has it.</summary>
    public async Task<Reply> Search(string code, CancellationToken cancellation)
    {
        if (DisputeCode.Find(code, shelf.Current.Disputes.Process) is not { } id || await Find(id, cancellation) is not { State: var dispute })
        {
            return Reply.Ok(new Page<FoundView>([], null));
        }

        var people = await desk.Personal.GetParties(id, cancellation);
        return Reply.Ok(new Page<FoundView>([.. dispute.Parties.Select(party => Found(dispute, party.Id, people))], null));
    }

    private FoundView Found(Dispute dispute, string party, IReadOnlyList<PartyData> people)
    {
        var masked = people.FirstOrDefault(known => known.PartyId == party) is { } person ? Mask.Party(person) : null;
        return new FoundView(
            dispute.Id, party, masked?.Name, masked?.Phone, masked?.IdentityNumber, masked?.Address, dispute.Status, dispute.OpenedAt, shelf.CodeOf(dispute.Id));
    }

    /// <summary>
    /// Lets a unit in, or not; either way it is in the access journal when this returns. The case is null when it is not
    /// let in.
    /// </summary>
    internal async Task<(CaseRecord<Dispute>? Record, Reply? Refusal)> Enter(
        string id, string by, string what, string asked, string askedZh, string? purpose, CancellationToken cancellation)
    {
        if (await Find(id, cancellation) is not { } record)
        {
            return (null, Reply.NotFound($"There is no case {id}."));
        }

        var rules = desk.Rules.Get<DisputeRules>(record.State.Rules);
        var isLetIn = MayRead(record.State, by, rules);
        var occasion = new Occasion(desk.Time.GetUtcNow(), by, Via, $"a-{Guid.CreateVersion7():N}");
        if (purpose is not null)
        {
            await desk.Personal.PutText(id, occasion.Id, purpose, cancellation);
        }

        var textId = purpose is null ? null : occasion.Id;
        await accesses.Add(
            id,
            occasion,
            isLetIn
                ? new JournalLine(what, $"{by} was shown {asked}.", $"{askedZh}。", TextId: textId)
                : new JournalLine("Refused", $"{by} was refused {asked}.", $"申请{askedZh}，未获允许。", TextId: textId),
            cancellation);
        return isLetIn
            ? (record, null)
            : (null, Reply.Of(403, "not-concerned", "Not for this unit.", $"Only {record.State.Handler}, a unit that handled it before or assists it, or a unit above it is shown {asked}, and police and leaders of a case with danger; {by} is not. The attempt is on record."));
    }

    private Task<CaseRecord<Dispute>?> Find(string id, CancellationToken cancellation) =>
        desk.Cases.Find<Dispute>(DisputeEscalation.FlowName, id, cancellation);

    private static bool MayRead(Dispute dispute, string by, DisputeRules rules)
    {
        var units = rules.Units;

        // Whoever is told of the danger must know who is in it, and where (人民调解法 25).
        if ((by == units.Duties.Police || by == units.Duties.Leaders) && Triage.Of(dispute, rules.Process).Alert)
        {
            return true;
        }

        // Who had the case goes on reading what becomes of it.
        if (dispute.FormerHandlers?.Contains(by) == true || dispute.Assists?.Any(assist => assist.Unit == by) == true)
        {
            return true;
        }

        for (var unit = units.Find(dispute.Handler); unit is not null; unit = units.SuperiorOf(unit.Id))
        {
            if (unit.Id == by)
            {
                return true;
            }
        }

        return false;
    }
}
