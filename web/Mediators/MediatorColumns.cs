using Workflows.Web.Tables;

namespace Workflows.Web.Mediators;

/// <summary>A row of a roster as it is written.</summary>
/// <param name="Id">Of a person who is known; the row changes what it gives. A new person when not given.</param>
/// <param name="Unit">Whose roster.</param>
/// <param name="Name">At most 50 characters; personal data.</param>
/// <param name="Time">fullTime or partTime; 专职 or 兼职.</param>
/// <param name="Fields">Ids of categories; any when not given.</param>
/// <param name="Since">The first day.</param>
/// <param name="Until">The last day; without end when not given.</param>
/// <param name="Qualified">The unit confirms that the person may mediate (人民调解法 14).</param>
internal sealed record MediatorCells(
    string? Id, string? Unit, string? Name, string? Time, IReadOnlyList<string?>? Fields, string? Since, string? Until, bool? Qualified);

/// <summary>The columns of a roster: by the names of the API or in Chinese. What is exported can be imported.</summary>
internal static class MediatorColumns
{
    private static readonly (string Field, string Chinese)[] All =
    [
        ("id", "编号"),
        ("unit", "单位编码"),
        ("name", "姓名"),
        ("time", "专兼职"),
        ("fields", "专长类别"),
        ("since", "上册日期"),
        ("until", "离册日期"),
        ("qualified", "符合任职条件"),
    ];

    private static readonly Dictionary<string, string> Times = new(StringComparer.Ordinal) { ["专职"] = "fullTime", ["兼职"] = "partTime" };

    public static IReadOnlyList<string> Headings { get; } = [.. All.Select(column => column.Chinese)];

    public static string? FieldOf(string heading) =>
        All.FirstOrDefault(column => heading.Trim() == column.Field || heading.Trim() == column.Chinese).Field;

    public static MediatorCells Read(TableRow row)
    {
        string? Cell(string field) =>
            row.Fields.Zip(row.Cells).FirstOrDefault(pair => pair.First == field).Second is { } cell && !string.IsNullOrWhiteSpace(cell) ? cell.Trim() : null;
        var time = Cell("time");
        return new MediatorCells(
            Cell("id"),
            Cell("unit"),
            Cell("name"),
            time is null ? null : Times.GetValueOrDefault(time, time),
            Cell("fields")?.Split(['；', ';', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Cell("since"),
            Cell("until"),
            Cell("qualified") switch { null => null, "true" or "是" => true, _ => false });
    }

    public static string TimeZh(string time) => Times.First(pair => pair.Value == time).Key;
}
