using System.Globalization;
using System.Text.RegularExpressions;
using Workflows.Activities.PersonalData;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Units;
using Workflows.Web.Http;

namespace Workflows.Web.Disputes;

/// <summary>Where a dispute comes from.</summary>
public enum IntakeChannel
{
    Window,
    Grid,
    Hotline,
    Online,
    Police,
    Petitions,
    Court,
}

/// <summary>A registration that has been checked: the state without and the people with their names.</summary>
internal sealed record Intake(Dispute Dispute, IReadOnlyList<PartyData> People, string Summary, string? LevelReason, NotAcceptable? NotAcceptable);

/// <summary>Checks a registration field by field.</summary>
internal static partial class DisputeIntake
{
    private const int PartiesMax = 50;
    private const int PeopleMax = 1_000_000;

    public static Intake? Read(RegisterDispute request, DisputeRules rules, DateTimeOffset at, FieldErrors errors)
    {
        var place = Place(request.Place, rules.Units, errors);
        var category = Category(request.Category, rules, errors);
        var people = People(request.People, errors);
        var channel = errors.OneOf<IntakeChannel>("channel", request.Channel);
        var by = Fields.Unit("by", request.By, rules.Units, errors);
        var summary = errors.Text("summary", request.Summary, charactersMax: 2000);
        var level = errors.OptionalOneOf<Level>("level", request.Level);
        var levelReason = errors.OptionalText("levelReason", request.LevelReason, charactersMax: 2000);
        if (request.Level is not null != request.LevelReason is not null)
        {
            errors.Add(request.Level is null ? "level" : "levelReason", "level and levelReason go together");
        }

        var signs = Known("dangerSigns", request.DangerSigns, rules.Process.DangerSigns?.Select(sign => sign.Id), errors);
        var matters = Known("matters", request.Matters, rules.Process.NotAcceptable?.Select(rule => rule.Id), errors);
        var parties = Parties(request.Parties, rules, errors);
        if (errors.Any)
        {
            return null;
        }

        var dispute = new Dispute(
            Id: "",
            rules.Version,
            place,
            category,
            people,
            request.Danger == true || signs.Count > 0,
            [.. parties.Select(party => party.Party)],
            by,
            System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(channel.ToString()),
            at,
            SummaryText: SummaryText,
            WantedLevel: level,
            WantedLevelText: levelReason is null ? null : LevelText,
            DangerSigns: signs.Count > 0 ? signs : null);
        return new Intake(
            dispute, [.. parties.Select(party => party.Data)], summary, levelReason, Acceptance.Of(category, matters, rules.Process));
    }

    /// <summary>The id of the text that tells the matter.</summary>
    public const string SummaryText = "summary";

    /// <summary>The id of the text that says why a person chose the start level.</summary>
    public const string LevelText = "level-reason";

    private static string Place(string? place, UnitRegister units, FieldErrors errors)
    {
        if (place is null)
        {
            errors.Add("place", "is required");
        }
        else if (place.Length is not (9 or 12) || !units.IsPlace(place))
        {
            errors.Add("place", "must be the 12-digit code of a village or community or the 9-digit code of a township of this county");
        }

        return place ?? "";
    }

    private static string Category(string? category, DisputeRules rules, FieldErrors errors)
    {
        var known = rules.Process.Categories;
        if (!known.Any(rule => rule.Id == category))
        {
            // The whole tree is at /words; its tops are enough to find the way.
            errors.Add("category", $"{(category is null ? "is required" : "is not known")}; one of {string.Join(", ", known.Where(rule => rule.Parent is null).Select(rule => rule.Id))}");
        }

        return category ?? "";
    }

    /// <summary>Ids of a list that is data.</summary>
    private static IReadOnlyList<string> Known(string field, IReadOnlyList<string?>? given, IEnumerable<string>? known, FieldErrors errors)
    {
        var ids = errors.OptionalIds(field, given) ?? [];
        List<string> list = [.. known ?? []];
        for (var index = 0; index < ids.Count; index++)
        {
            if (!list.Contains(ids[index]))
            {
                errors.Add(string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]"), list.Count > 0 ? $"is not known; one of {string.Join(", ", list)}" : "is not known; there is none");
            }
        }

        return ids;
    }

    private static int People(int? people, FieldErrors errors)
    {
        if (people is null)
        {
            errors.Add("people", "is required");
        }
        else if (people is < 2 or > PeopleMax)
        {
            errors.Add("people", $"must be from 2 to {PeopleMax}");
        }

        return people ?? 0;
    }

    private static List<(Party Party, PartyData Data)> Parties(IReadOnlyList<RegisterParty?>? parties, DisputeRules rules, FieldErrors errors)
    {
        if (parties is null || parties.Count is < 2 or > PartiesMax)
        {
            errors.Add("parties", $"must be 2 to {PartiesMax} parties");
            return [];
        }

        var read = new List<(Party, PartyData)>();
        for (var index = 0; index < parties.Count; index++)
        {
            var field = string.Create(CultureInfo.InvariantCulture, $"parties[{index}]");
            if (parties[index] is { } party)
            {
                read.Add(Party(string.Create(CultureInfo.InvariantCulture, $"p{index + 1}"), field, party, rules, errors));
            }
            else
            {
                errors.Add(field, "must be an object, not null");
            }
        }

        CheckPersons(read, errors);
        foreach (var role in Enum.GetValues<PartyRole>())
        {
            if (!errors.Any && !read.Any(party => party.Item1.Role == role))
            {
                errors.Add("parties", $"must include a party with role {System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(role.ToString())}");
            }
        }

        if (!errors.Any && rules.Process.Group is { } group)
        {
            CheckGroups(read, group, errors);
        }

        return read;
    }

    /// <summary>A dispute is between people: nobody is two of its parties.</summary>
    private static void CheckPersons(List<(Party Party, PartyData Data)> parties, FieldErrors errors)
    {
        var seen = new Dictionary<string, int>();
        for (var index = 0; index < parties.Count; index++)
        {
            if (parties[index].Data.IdentityNumber is { } number && !seen.TryAdd(PersonalIndex.Normal(PersonalKey.IdentityNumber, number), index))
            {
                errors.Add(
                    string.Create(CultureInfo.InvariantCulture, $"parties[{index}].identityNumber"),
                    string.Create(CultureInfo.InvariantCulture, $"is that of parties[{seen[PersonalIndex.Normal(PersonalKey.IdentityNumber, number)]}]; nobody is two parties of one dispute"));
            }
        }
    }

    /// <summary>A large side speaks by a few it has named; a small one speaks for itself.</summary>
    private static void CheckGroups(List<(Party Party, PartyData Data)> parties, GroupRule group, FieldErrors errors)
    {
        foreach (var side in parties.GroupBy(party => party.Party.Role))
        {
            var role = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(side.Key.ToString());
            var (all, named) = (side.Count(), side.Count(party => party.Party.Represents == true));
            if (all >= group.PartiesFrom && (named < 1 || named > group.RepresentativesMax))
            {
                errors.Add("parties", $"must name 1 to {group.RepresentativesMax} representatives of the {all} parties with role {role} by represents ({group.Source})");
            }
            else if (all < group.PartiesFrom && named > 0)
            {
                errors.Add("parties", $"name representatives by represents only on a side of {group.PartiesFrom} or more, not for role {role}");
            }
        }
    }

    private static (Party Party, PartyData Data) Party(string id, string field, RegisterParty party, DisputeRules rules, FieldErrors errors)
    {
        var role = errors.OneOf<PartyRole>($"{field}.role", party.Role);
        var name = errors.Name($"{field}.name", party.Name, charactersMax: 50);
        if (party.Phone is not null && !Phone().IsMatch(party.Phone))
        {
            errors.Add($"{field}.phone", "must be 5 to 20 digits, spaces, + and -");
        }

        if (party.IdentityNumber is not null && IdentityNumber.Wrong(party.IdentityNumber) is { } wrong)
        {
            errors.Add($"{field}.identityNumber", wrong);
        }

        errors.OptionalText($"{field}.address", party.Address, charactersMax: 200);
        var consent = errors.OptionalOneOf<Consent>($"{field}.consent", party.Consent) ?? Consent.NotAsked;
        var goUp = errors.OptionalOneOf<ConsentToGoUp>($"{field}.goUp", party.GoUp) ?? ConsentToGoUp.NotAsked;
        var kind = errors.OptionalOneOf<PartyKind>($"{field}.kind", party.Kind);
        var (representedBy, representative) = Representative(field, party, rules, errors);
        return (
            new Party(id, role, consent, goUp, kind, representedBy, party.Represents == true ? true : null),
            new PartyData(id, name, party.Phone, party.IdentityNumber, party.Address, representative, party.RepresentativePhone));
    }

    private static (string? Kind, string? Name) Representative(string field, RegisterParty party, DisputeRules rules, FieldErrors errors)
    {
        var name = errors.OptionalName($"{field}.representativeName", party.RepresentativeName, charactersMax: 50);
        if (party.RepresentativePhone is not null && !Phone().IsMatch(party.RepresentativePhone))
        {
            errors.Add($"{field}.representativePhone", "must be 5 to 20 digits, spaces, + and -");
        }

        if (party.RepresentedBy is null)
        {
            if (party.RepresentativeName is not null || party.RepresentativePhone is not null)
            {
                errors.Add($"{field}.representedBy", "is needed with the representative's name or phone");
            }

            return (null, null);
        }

        var known = (rules.Process.Representations ?? []).Select(kind => kind.Id).ToList();
        if (!known.Contains(party.RepresentedBy))
        {
            errors.Add($"{field}.representedBy", $"is not known; {(known.Count > 0 ? $"one of {string.Join(", ", known)}" : "there is none")}");
        }

        if (name is null)
        {
            errors.Add($"{field}.representativeName", "is required with representedBy");
        }

        return (party.RepresentedBy, name);
    }

    [GeneratedRegex(@"^[0-9+\- ]{5,20}\z")]
    private static partial Regex Phone();
}
