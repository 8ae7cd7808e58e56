using Workflows.Activities.PersonalData;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Notices;
using Workflows.Orchestrations.Reports;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Units;

namespace Workflows.Activities.Rules;

/// <summary>One version of everything the deciders decide by, parsed and checked as a whole.</summary>
public sealed class RuleSet
{
    private RuleSet(string version, CountySettings county, CountyCalendar calendar, PolicyBook policies, UnitRegister units, DisputeProcess disputes, SupervisionProcess supervision, DigestRule? digest, MeasureBook measures)
    {
        Version = version;
        County = county;
        Calendar = calendar;
        Policies = policies;
        Units = units;
        Disputes = new DisputeRules(version, calendar, policies, units, disputes);
        Supervision = new SupervisionRules(version, calendar, policies, units, supervision);
        Notices = new NoticeRules(version, calendar, units, digest);
        Measures = measures;
    }

    public string Version { get; }

    public CountySettings County { get; }

    public CountyCalendar Calendar { get; }

    public PolicyBook Policies { get; }

    public UnitRegister Units { get; }

    public DisputeRules Disputes { get; }

    public SupervisionRules Supervision { get; }

    public NoticeRules Notices { get; }

    /// <summary>What is counted; empty in a set from before there were measures.</summary>
    public MeasureBook Measures { get; }

    public PersonalRules Personal { get; private init; } = PersonalRules.Usual;

    /// <exception cref="RuleSetRefusedException">Anything is wrong with any file; the message lists all of it.</exception>
    public static RuleSet Parse(RuleFiles files)
    {
        List<DataError> errors = [];
        var county = Good(UnitData.ParseCounty("county.json", files["county.json"].Json.Span), errors);
        var units = Good(UnitData.Parse(files["units.json"], files["divisions.json"], files["county.json"]), errors);
        var years = Good(CalendarData.ParseYears(files.Calendar), errors);
        var policies = Good(CalendarData.ParsePolicies("policies.json", files["policies.json"].Json.Span), errors);
        if (policies is null || county is null || units is null || years is null)
        {
            throw new RuleSetRefusedException(errors);
        }

        var disputes = Good(DisputeData.Parse("disputes.json", files["disputes.json"].Json.Span, policies), errors);
        var supervision = Good(SupervisionData.Parse("supervision.json", files["supervision.json"].Json.Span, policies, units), errors);
        var digest = files.Find("notices.json") is { } notices
            ? Good(NoticeData.ParseDigest(notices.Name, notices.Json.Span), errors)
            : null;
        var measures = files.Find("measures.json") is { } counted
            ? Good(MeasureData.Parse("measures.json", counted.Json.Span, EndWords), errors)
            : MeasureBook.None;
        var personal = files.Find(PersonalRules.FileName) is { } people
            ? Good(PersonalRules.Parse(people.Name, people.Json.Span), errors)
            : PersonalRules.Usual;
        if (disputes is null || supervision is null || measures is null || personal is null || errors.Count > 0)
        {
            throw new RuleSetRefusedException(errors);
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(county.TimeZone);
        var calendar = new CountyCalendar(years, zone, county.OfficeOpens, county.OfficeCloses);
        return new RuleSet(files.Version, county, calendar, policies, units, disputes, supervision, digest, measures) { Personal = personal };
    }

    private static IReadOnlyCollection<string> EndWords { get; } =
        [.. Enum.GetNames<DisputeStatus>().Select(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName)];

    private static T? Good<T>(DataResult<T> result, List<DataError> errors)
        where T : class
    {
        // units.json and county.json are read twice; an error of theirs is told once.
        errors.AddRange(result.Errors.Except(errors));
        return result.Value;
    }
}

/// <summary>A rule set is wrong and is refused as a whole.</summary>
public sealed class RuleSetRefusedException(IReadOnlyList<DataError> errors)
    : Exception("The rule set is refused:\n" + string.Join('\n', errors))
{
    public IReadOnlyList<DataError> Errors { get; } = errors;
}
