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
internal sealed record Intake(Dispute Dispute, IReadOnlyList<PartyData> People, string Summary, string? LevelReason);

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

        var parties = Parties(request.Parties, errors);
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
            request.Danger ?? false,
            [.. parties.Select(party => party.Party)],
            by,
            System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(channel.ToString()),
            at,
            SummaryText: SummaryText,
            WantedLevel: level,
            WantedLevelText: levelReason is null ? null : LevelText);
        return new Intake(dispute, [.. parties.Select(party => party.Data)], summary, levelReason);
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
            errors.Add("category", $"{(category is null ? "is required" : "is not known")}; one of {string.Join(", ", known.Select(rule => rule.Id))}");
        }

        return category ?? "";
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

    private static List<(Party Party, PartyData Data)> Parties(IReadOnlyList<RegisterParty?>? parties, FieldErrors errors)
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
                read.Add(Party(string.Create(CultureInfo.InvariantCulture, $"p{index + 1}"), field, party, errors));
            }
            else
            {
                errors.Add(field, "must be an object, not null");
            }
        }

        foreach (var role in Enum.GetValues<PartyRole>())
        {
            if (!errors.Any && !read.Any(party => party.Item1.Role == role))
            {
                errors.Add("parties", $"must include a party with role {System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(role.ToString())}");
            }
        }

        return read;
    }

    private static (Party Party, PartyData Data) Party(string id, string field, RegisterParty party, FieldErrors errors)
    {
        var role = errors.OneOf<PartyRole>($"{field}.role", party.Role);
        var name = errors.Text($"{field}.name", party.Name, charactersMax: 50).Trim();
        if (party.Phone is not null && !Phone().IsMatch(party.Phone))
        {
            errors.Add($"{field}.phone", "must be 5 to 20 digits, spaces, + and -");
        }

        if (party.IdentityNumber is not null && !IdentityNumber().IsMatch(party.IdentityNumber))
        {
            errors.Add($"{field}.identityNumber", "must be 17 digits and a digit or X");
        }

        errors.OptionalText($"{field}.address", party.Address, charactersMax: 200);
        var consent = errors.OptionalOneOf<Consent>($"{field}.consent", party.Consent) ?? Consent.NotAsked;
        var goUp = errors.OptionalOneOf<ConsentToGoUp>($"{field}.goUp", party.GoUp) ?? ConsentToGoUp.NotAsked;
        return (new Party(id, role, consent, goUp), new PartyData(id, name, party.Phone, party.IdentityNumber, party.Address));
    }

    [GeneratedRegex(@"^[0-9+\- ]{5,20}\z")]
    private static partial Regex Phone();

    [GeneratedRegex(@"^[0-9]{17}[0-9Xx]\z")]
    private static partial Regex IdentityNumber();
}
