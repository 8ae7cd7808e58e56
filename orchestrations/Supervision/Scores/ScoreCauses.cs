namespace Workflows.Orchestrations.Supervision.Scores;

/// <summary>What can cost or give points, as the data and the API call it.</summary>
public static class ScoreCauses
{
    /// <summary>It was said that a task is not signed for; each time counts.</summary>
    public const string SignForOverdue = "signForOverdue";

    /// <summary>It was said that a task is not finished; each time counts.</summary>
    public const string FinishOverdue = "finishOverdue";

    /// <summary>It was said that feedback is not given; each time counts.</summary>
    public const string FeedbackOverdue = "feedbackOverdue";

    /// <summary>A period was over without feedback when the next one was.</summary>
    public const string FeedbackMissed = "feedbackMissed";

    /// <summary>A claim was returned, and no reviewer took that back.</summary>
    public const string ClaimReturned = "claimReturned";

    /// <summary>Binding indicators were found to be behind that were not; an aspirational one never costs points.</summary>
    public const string IndicatorBehind = "indicatorBehind";

    /// <summary>A sheet was issued.</summary>
    public const string SheetIssued = "sheetIssued";

    /// <summary>It was said that a sheet is not signed for; each time counts.</summary>
    public const string SheetSignForOverdue = "sheetSignForOverdue";

    /// <summary>It was said that a sheet is not answered; each time counts.</summary>
    public const string SheetAnswerOverdue = "sheetAnswerOverdue";

    /// <summary>The answer to a sheet was returned.</summary>
    public const string SheetReturned = "sheetReturned";

    /// <summary>The term of a sheet passed without an answer.</summary>
    public const string SheetLapsed = "sheetLapsed";

    /// <summary>A task was struck off that had been claimed done before its date.</summary>
    public const string FinishedEarly = "finishedEarly";

    /// <summary>A sheet was answered before anybody had to say that it was not.</summary>
    public const string SheetAnsweredInTime = "sheetAnsweredInTime";

    /// <summary>Those that can cost points.</summary>
    public static IReadOnlyList<string> Costing { get; } =
    [
        SignForOverdue, FinishOverdue, FeedbackOverdue, FeedbackMissed, ClaimReturned, IndicatorBehind,
        SheetIssued, SheetSignForOverdue, SheetAnswerOverdue, SheetReturned, SheetLapsed,
    ];

    /// <summary>Those that can give points.</summary>
    public static IReadOnlyList<string> Giving { get; } = [FinishedEarly, SheetAnsweredInTime];

    internal static bool IsOfSheets(string cause) => cause.StartsWith("sheet", StringComparison.Ordinal);
}
