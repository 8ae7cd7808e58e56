using System.Globalization;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Notices;

/// <summary>
/// One mail per unit and day for what can wait: it is a notice like any other, which says what was gathered for it
/// until its moment.
/// </summary>
public static class Digest
{
    /// <summary>The template of the mail.</summary>
    public const string Template = "unit-digest";

    /// <summary>The key of a unit's digest of a day, and of the notice that says it.</summary>
    public static string KeyOf(string unit, DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"digest.{unit}.{day:yyyy-MM-dd}");

    /// <summary>The day of the first digest after the moment.</summary>
    public static DateOnly DayAfter(DateTimeOffset moment, DigestRule rule, CountyCalendar calendar)
    {
        var day = calendar.LocalDate(moment);
        return calendar.IsWorkday(day) && moment < calendar.At(day, rule.At)
            ? day
            : calendar.WorkdayFrom(day.AddDays(1));
    }

    /// <summary>The notice that says a unit's digest.</summary>
    internal static StartFlow Say(DigestPlace place, Notice gathered, DateTimeOffset at, NoticeRules rules) => new Notice(
        KeyOf(place.Unit, place.Day),
        KeyOf(place.Unit, place.Day),
        gathered.Rules,
        Template,
        place.Unit,
        [],
        at,
        Urgent: false,
        new Dictionary<string, string>
        {
            ["to"] = rules.Units.Find(place.Unit)?.Name ?? place.Unit,
            ["day"] = DeadlineText.Zh(place.Day),
        },
        NotBefore: rules.Digest is { } rule ? rules.Calendar.At(place.Day, rule.At) : null).Say();
}

/// <summary>Where a notice was gathered: the digest of a unit and day.</summary>
public sealed record DigestPlace(string Unit, DateOnly Day);

/// <summary>Puts a notice into the digests of its addressee and of those who get a copy.</summary>
/// <param name="Notice">What is said.</param>
/// <param name="Day">The day of the digest; a digest that has gone out already leaves it to the first one after it.</param>
public sealed record GatherNotice(Notice Notice, DateOnly Day) : IActivity<DeliveryFact>
{
    public string Key => $"{Notice.Key}.gathered";
}
