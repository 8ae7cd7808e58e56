using Workflows.Orchestrations.Calendar;

namespace Workflows.Orchestrations.Tests.Calendar;

/// <summary>The seeds as they are committed; tests count with the data that is shipped.</summary>
internal static class SeedFiles
{
    private static readonly Lazy<CountyCalendar> LazyCalendar = new(ReadCalendar);

    private static readonly Lazy<PolicyBook> LazyPolicies = new(() =>
        Good(CalendarData.ParsePolicies("policies.json", Read("policies.json").Json.Span)));

    public static CountyCalendar Calendar => LazyCalendar.Value;

    public static PolicyBook Policies => LazyPolicies.Value;

    public static IReadOnlyList<DataFile> Years { get; } =
        [.. new[] { 2023, 2024, 2025, 2026 }.Select(year => Read($"calendar/{year}.json"))];

    public static DataFile Read(string name) => new(name, File.ReadAllBytes(Path.Combine(Folder(), name)));

    public static T Good<T>(DataResult<T> result)
        where T : class
    {
        Assert.Empty(result.Errors);
        return result.Value!;
    }

    private static CountyCalendar ReadCalendar() => new(
        Good(CalendarData.ParseYears(Years)),
        TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"),
        new TimeOnly(8, 30),
        new TimeOnly(17, 30));

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Workflows.sln")))
            {
                return Path.Combine(folder.FullName, "seeds");
            }
        }

        throw new InvalidOperationException("No folder above the tests holds Workflows.sln.");
    }
}
