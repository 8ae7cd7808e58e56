using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Activities.Cases;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Units;
using Workflows.Web.Http;

namespace Workflows.Web.Supervision;

/// <summary>How all open assignments stand. Every number has a list behind it.</summary>
/// <param name="Open">How many are open.</param>
/// <param name="Lights">By light.</param>
/// <param name="Units">By county unit, the reddest first.</param>
/// <param name="Townships">By township, the reddest first.</param>
/// <param name="Tasks">By task, the reddest first.</param>
/// <param name="Week">What is due this week.</param>
/// <param name="Stuck">What is stuck, by cause.</param>
/// <param name="More">True when there are more than were counted.</param>
public sealed record SupervisionBoardView(
    int Open,
    LightCounts Lights,
    IReadOnlyList<BoardRow> Units,
    IReadOnlyList<BoardRow> Townships,
    IReadOnlyList<BoardRow> Tasks,
    BoardCount Week,
    IReadOnlyList<BoardCount> Stuck,
    bool More);

/// <summary>How many there are of each light.</summary>
public sealed record LightCounts(int Green, int Yellow, int Red);

/// <param name="Id">The unit's id, or plan.task.</param>
/// <param name="Name">The unit's name, or the task's title.</param>
/// <param name="Lights">Its open assignments by light.</param>
/// <param name="Due">How many of them have a term that ends this week.</param>
/// <param name="Stuck">How many of them are stuck.</param>
/// <param name="List">Where they are listed.</param>
public sealed record BoardRow(string Id, string Name, LightCounts Lights, int Due, int Stuck, string List);

/// <param name="Id">The ISO week, or the cause.</param>
/// <param name="Text">English.</param>
/// <param name="TextZh">Chinese.</param>
/// <param name="Count">How many.</param>
/// <param name="List">Where they are listed.</param>
public sealed record BoardCount(string Id, string Text, string TextZh, int Count, string List);

/// <summary>The board of supervision: one range over the open assignments, counted every way that is looked for.</summary>
internal static class SupervisionBoard
{
    /// <summary>More open assignments than this are not counted; the largest plan planned for has 30,000.</summary>
    private const int CountMax = 50_000;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/supervision/board", Show).WithTags("Assignments")
            .Describe<SupervisionBoardView>("GetSupervisionBoard", "Open assignments by unit, township, task and light, what is due this week, and what is stuck and why.");

    private static async Task<Reply> Show(HttpContext http, CaseStore cases, RuleShelf shelf, TimeProvider time) =>
        Reply.Ok(await Of(cases, shelf, time, http.RequestAborted));

    /// <summary>The board as it stands now.</summary>
    public static async Task<SupervisionBoardView> Of(CaseStore cases, RuleShelf shelf, TimeProvider time, CancellationToken cancellation)
    {
        var rules = shelf.Current;
        var week = TaskSupervision.Week(rules.Calendar.LocalDate(time.GetUtcNow()));
        var open = new List<AssignmentSummary>();
        var isMore = false;
        await foreach (var row in cases.All("assignments.open", cancellation))
        {
            if (open.Count == CountMax)
            {
                isMore = true;
                break;
            }

            open.Add(row.Card.Summary.Deserialize<AssignmentSummary>(Wire.Options)!);
        }

        bool IsTownship(AssignmentSummary row) => rules.Units.Find(row.Unit)?.Kind == UnitKind.Township;
        string NameOf(string unit) => rules.Units.Find(unit)?.Name ?? unit;
        return new SupervisionBoardView(
            open.Count,
            Lights(open),
            Rows(open.Where(row => !IsTownship(row)), row => row.Unit, row => NameOf(row.Unit), "unit", week),
            Rows(open.Where(IsTownship), row => row.Unit, row => NameOf(row.Unit), "unit", week),
            Rows(open, row => $"{row.Plan}.{row.Task}", row => row.Title, "task", week),
            new BoardCount(week, "due this week", "本周到期", open.Count(row => IsDue(row, week)), $"{AssignmentDesk.Path}?week={week}"),
            [.. AssignmentBoard.Causes.Select(cause => Count(open, cause))],
            isMore);
    }

    private static List<BoardRow> Rows(
        IEnumerable<AssignmentSummary> open, Func<AssignmentSummary, string> key, Func<AssignmentSummary, string> name, string filter, string week) =>
    [
        .. open.GroupBy(key, StringComparer.Ordinal)
            .Select(rows => new BoardRow(
                rows.Key,
                name(rows.First()),
                Lights(rows),
                rows.Count(row => IsDue(row, week)),
                rows.Count(row => row.Stuck is { Count: > 0 }),
                $"{AssignmentDesk.Path}?{filter}={rows.Key}"))
            .OrderByDescending(row => row.Lights.Red)
            .ThenByDescending(row => row.Lights.Yellow)
            .ThenBy(row => row.Id, StringComparer.Ordinal),
    ];

    private static BoardCount Count(List<AssignmentSummary> open, string cause)
    {
        var (text, textZh) = AssignmentBoard.Words(cause);
        return new BoardCount(cause, text, textZh, open.Count(row => row.Stuck?.Contains(cause) == true), $"{AssignmentDesk.Path}?stuck={cause}");
    }

    public static LightCounts Lights(IEnumerable<AssignmentSummary> rows)
    {
        var counts = rows.CountBy(row => row.Light).ToDictionary();
        return new LightCounts(
            counts.GetValueOrDefault(AssignmentLight.Green), counts.GetValueOrDefault(AssignmentLight.Yellow), counts.GetValueOrDefault(AssignmentLight.Red));
    }

    private static bool IsDue(AssignmentSummary row, string week) => row.Weeks?.Contains(week) == true;
}
