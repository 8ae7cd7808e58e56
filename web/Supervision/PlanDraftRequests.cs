using Workflows.Activities.Supervision;
using Workflows.Orchestrations.Supervision.Import;

namespace Workflows.Web.Supervision;

/// <param name="By">The supervising office.</param>
/// <param name="Content">The file, .txt or .docx, in base64; the whole request is at most 256 KiB.</param>
public sealed record UploadPlan(string? By = null, string? Content = null);

/// <param name="By">The supervising office.</param>
/// <param name="Version">The version that was looked at.</param>
/// <param name="Item">The task or indicator that is right, such as T01.</param>
public sealed record AcceptDraftItem(string? By = null, int? Version = null, string? Item = null);

/// <param name="By">The supervising office.</param>
/// <param name="Version">The version that was looked at.</param>
/// <param name="Item">T01, I01 or document.</param>
/// <param name="Member">The value's name, such as due; or dropped.</param>
/// <param name="Value">As text, at most 500 characters; units as ids parted by commas, a lead with :lead.</param>
public sealed record ChangeDraftItem(string? By = null, int? Version = null, string? Item = null, string? Member = null, string? Value = null);

/// <param name="By">The supervising office.</param>
/// <param name="Version">The version that was looked at.</param>
/// <param name="Task">The task.</param>
/// <param name="Title">Of the new task, at most 200 characters.</param>
/// <param name="Indicators">Those that go with it.</param>
public sealed record SplitDraftTask(string? By = null, int? Version = null, string? Task = null, string? Title = null, IReadOnlyList<string>? Indicators = null);

/// <param name="By">The supervising office.</param>
/// <param name="Version">The version that was looked at.</param>
/// <param name="Task">The task that ends.</param>
/// <param name="Into">The task that goes on.</param>
public sealed record MergeDraftTasks(string? By = null, int? Version = null, string? Task = null, string? Into = null);

/// <param name="By">The supervising office.</param>
/// <param name="Version">The version that was looked at.</param>
/// <param name="Question">Its id, such as Q1.</param>
/// <param name="Value">A unit's id, a date, same or different, or words of at most 200 characters.</param>
public sealed record AnswerDraftQuestion(string? By = null, int? Version = null, string? Question = null, string? Value = null);

/// <param name="By">The supervising office.</param>
/// <param name="Confirm">The confirmation of the summary.</param>
public sealed record ActivateDraft(string? By = null, string? Confirm = null);

/// <summary>A draft with everything that is to be looked at.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Counts its changes.</param>
/// <param name="Draft">Every value with its words and how sure it is.</param>
/// <param name="Accepted">What somebody found right.</param>
/// <param name="Answers">By the question's id.</param>
/// <param name="Open">Ids of the questions that must be answered first.</param>
/// <param name="ActivatedAt">UTC.</param>
public sealed record PlanDraftView(
    string Id,
    int Version,
    PlanDraft Draft,
    IReadOnlyList<string> Accepted,
    IReadOnlyDictionary<string, string> Answers,
    IReadOnlyList<string> Open,
    DateTimeOffset? ActivatedAt)
{
    public static PlanDraftView Of(PlanReview review) => new(
        review.Id, review.Version, review.Draft, review.Accepted, review.Answers, [.. review.OpenQuestions().Select(question => question.Id)], review.ActivatedAt);
}

/// <summary>What activating a draft would begin.</summary>
/// <param name="Id">The draft's, and then the plan's id.</param>
/// <param name="Tasks">How many.</param>
/// <param name="Assignments">Per task and named unit, and per task and township; 0 while a question is open.</param>
/// <param name="Indicators">How many.</param>
/// <param name="FirstDates">The first five dates.</param>
/// <param name="Open">Ids of the questions that must be answered first.</param>
/// <param name="Confirm">Names exactly this content; activation repeats it.</param>
public sealed record ActivationSummary(
    string Id, int Tasks, int Assignments, int Indicators, IReadOnlyList<DateOnly> FirstDates, IReadOnlyList<string> Open, string Confirm);

/// <summary>What was done to a draft, oldest first.</summary>
public sealed record DraftJournalView(IReadOnlyList<DraftEntry> Entries);
