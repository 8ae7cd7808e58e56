using System.Globalization;
using Workflows.Orchestrations.Supervision;
using Workflows.Web.Http;

namespace Workflows.Web.Supervision;

/// <param name="By">The unit that answers for the assignment.</param>
public sealed record SignForAssignment(string? By = null);

/// <summary>A value of an indicator.</summary>
/// <param name="Indicator">Its id in the plan.</param>
/// <param name="Value">In the indicator's unit.</param>
/// <param name="On">The day for which it holds, such as 2025-10-09.</param>
public sealed record ReportedFigure(string? Indicator = null, decimal? Value = null, string? On = null);

/// <param name="By">The unit that answers for the assignment.</param>
/// <param name="Evidence">What shows that it is done, at most 10,000 characters; kept with the personal data.</param>
/// <param name="Figures">What its indicators are now; at most 50.</param>
/// <param name="Files">Ids of files of the assignment that show it.</param>
public sealed record ClaimAssignment(
    string? By = null, string? Evidence = null, IReadOnlyList<ReportedFigure?>? Figures = null, IReadOnlyList<string?>? Files = null);

/// <param name="By">The supervising office.</param>
/// <param name="Done">True strikes the assignment off; false returns it.</param>
/// <param name="Reason">Why, at most 2,000 characters; needed when it is returned.</param>
public sealed record CheckAssignment(string? By = null, bool? Done = null, string? Reason = null);

/// <param name="By">The unit that answers for the assignment.</param>
/// <param name="Text">How it goes, at most 10,000 characters; kept with the personal data.</param>
/// <param name="Period">The period it is about, such as 2025-10 or 2025-Q4; left out when none is asked.</param>
/// <param name="Figures">What its indicators are now; at most 50.</param>
/// <param name="Files">Ids of files of the assignment that show it.</param>
public sealed record GiveFeedback(
    string? By = null, string? Text = null, string? Period = null, IReadOnlyList<ReportedFigure?>? Figures = null, IReadOnlyList<string?>? Files = null);

/// <param name="By">The unit that answers for the assignment.</param>
/// <param name="Until">The day it expects to be done, such as 2025-11-28.</param>
/// <param name="Reason">Why, at most 2,000 characters.</param>
public sealed record AskMoreTime(string? By = null, string? Until = null, string? Reason = null);

/// <param name="By">The supervising office, or the leaders when much is asked.</param>
/// <param name="Approved">Whether more time is granted.</param>
/// <param name="Reason">Why, at most 2,000 characters.</param>
public sealed record DecideMoreTime(string? By = null, bool? Approved = null, string? Reason = null);

/// <param name="By">The supervising office.</param>
/// <param name="Kind">An id of the kinds of standstill.</param>
/// <param name="Reason">Why, at most 2,000 characters.</param>
public sealed record SuspendAssignment(string? By = null, string? Kind = null, string? Reason = null);

/// <param name="By">The supervising office, or the unit.</param>
public sealed record ResumeAssignment(string? By = null);

/// <param name="By">The unit that answers for the assignment.</param>
/// <param name="Reason">Why the check is wrong, at most 2,000 characters.</param>
public sealed record RaiseObjection(string? By = null, string? Reason = null);

/// <param name="By">The unit that reviews; never the one that checked.</param>
/// <param name="Accepted">False: the check stands.</param>
/// <param name="Done">When accepted: true strikes the assignment off, false has the claim checked anew.</param>
/// <param name="Reason">Why, at most 2,000 characters.</param>
public sealed record DecideObjection(string? By = null, bool? Accepted = null, bool? Done = null, string? Reason = null);

/// <param name="By">The supervising office.</param>
/// <param name="Matter">The other plan's task, as plan.task.</param>
public sealed record LinkMatter(string? By = null, string? Matter = null);

/// <summary>Reads what is more than a member of a request.</summary>
internal static class AssignmentRequests
{
    private const int FiguresMax = 50;

    /// <summary>No count of a county is larger.</summary>
    private const decimal FigureMax = 1_000_000_000_000m;

    private const int PeriodCharactersMax = 10;

    public static IReadOnlyList<Figure>? Figures(IReadOnlyList<ReportedFigure?>? reported, FieldErrors errors)
    {
        if (reported is null)
        {
            return null;
        }

        if (reported.Count > FiguresMax)
        {
            errors.Add("figures", $"must be at most {FiguresMax}");
            return null;
        }

        var figures = new List<Figure>();
        for (var index = 0; index < reported.Count; index++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"figures[{index}]");
            if (reported[index] is not { } figure)
            {
                errors.Add(at, "must not be null");
                continue;
            }

            if (figure.Value is not { } value)
            {
                errors.Add($"{at}.value", "is required");
            }
            else if (Math.Abs(value) > FigureMax)
            {
                errors.Add($"{at}.value", $"must be from -{FigureMax} to {FigureMax}");
            }

            figures.Add(new Figure(errors.Id($"{at}.indicator", figure.Indicator), figure.Value ?? 0, errors.Date($"{at}.on", figure.On)));
        }

        return figures.Count > 0 ? figures : null;
    }

    public static string? Period(string? period, FieldErrors errors)
    {
        if (period is not null && errors.Id("period", period).Length > PeriodCharactersMax)
        {
            errors.Add("period", "must be such as 2025-10, 2025-Q4 or 2025-11-15");
        }

        return period;
    }

    /// <summary>A task of another plan.</summary>
    public static string Matter(string? matter, FieldErrors errors)
    {
        var id = errors.Id("matter", matter);
        if (id.Length > 0 && (id.Split('.') is not [{ Length: > 0 }, { Length: > 0 }]))
        {
            errors.Add("matter", "must be a plan and a task, such as 2026-1.T02");
        }

        return id;
    }
}
