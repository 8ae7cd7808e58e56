using System.Security.Cryptography;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>A draft while people look at it.</summary>
/// <param name="Id">Becomes the plan's id: letters, digits and hyphens.</param>
/// <param name="Version">Counts its changes, from 1.</param>
/// <param name="Draft">As changed so far.</param>
/// <param name="Accepted">Ids of tasks and indicators that somebody looked at and found right.</param>
/// <param name="Answers">By the question's id.</param>
/// <param name="ActivatedAt">UTC; from then on nothing changes.</param>
public sealed record PlanReview(
    string Id,
    int Version,
    PlanDraft Draft,
    IReadOnlyList<string> Accepted,
    IReadOnlyDictionary<string, string> Answers,
    DateTimeOffset? ActivatedAt = null)
{
    public static PlanReview Begin(string id, PlanDraft draft) => new(id, 1, draft, [], new Dictionary<string, string>());

    /// <summary>Questions that must be answered before the plan can be activated.</summary>
    public IReadOnlyList<DraftQuestion> OpenQuestions() => [.. Draft.Questions.Where(question => question.Matters && !Answers.ContainsKey(question.Id))];

    /// <summary>Names exactly this content; who activates the plan repeats it.</summary>
    public string Confirmation() => Convert.ToHexStringLower(SHA256.HashData(Wire.Write(this)))[..16];

    /// <summary>The plan that the draft means; null while a question that matters is open.</summary>
    public Plan? ToPlan() => OpenQuestions().Count > 0 || Draft.Document.Expires is not { } expires
        ? null
        : new Plan(
            Id,
            Draft.Document.Number ?? Id,
            Draft.Document.Subject ?? Id,
            expires,
            [.. Draft.Tasks.Select(task => new PlanTask(
                task.Id, task.Path, task.Title, task.Etc, [.. task.Responsible.Select(unit => new TaskUnit(unit.Unit, unit.Role))], task.TownshipsImplied, task.Due, CadenceOf(task.Cadence), Important: task.Important))],
            [.. Draft.Indicators.Where(indicator => indicator.Task is not null).Select(indicator => new PlanIndicator(
                indicator.Id,
                indicator.Task!,
                indicator.Name,
                ComparatorOf(indicator.Comparator),
                indicator.Value,
                indicator.Unit,
                indicator.Due ?? expires,
                indicator.Cadence,
                indicator.Scope,
                indicator.Force == "aspirational" ? IndicatorForce.Aspirational : IndicatorForce.Binding,
                indicator.ValueTo))]);

    /// <summary>A rhythm of the text that feedback can follow; the others leave it to the county's rules.</summary>
    private static Cadence? CadenceOf(string? cadence) => cadence switch
    {
        "monthly" => Cadence.Monthly,
        "quarterly" => Cadence.Quarterly,
        _ => null,
    };

    private static Comparator ComparatorOf(string comparator) => comparator switch
    {
        "eq" => Comparator.Eq,
        "lte" => Comparator.Lte,
        "gt" => Comparator.Gt,
        "lt" => Comparator.Lt,
        _ => Comparator.Gte,
    };
}

/// <summary>What a person does to a draft.</summary>
public abstract record ReviewAct
{
    private ReviewAct()
    {
    }

    /// <summary>A task or indicator is right.</summary>
    public sealed record Accept(string Item) : ReviewAct;

    /// <summary>A value of a task, an indicator or the document gets another one.</summary>
    /// <param name="Item">T01, I01 or document.</param>
    /// <param name="Member">Its name in the draft, or <c>dropped</c>.</param>
    /// <param name="Value">As text; units are ids, a lead with <c>:lead</c>, parted by commas.</param>
    public sealed record Change(string Item, string Member, string Value) : ReviewAct;

    /// <summary>A part of a task becomes a task of its own, with the same units.</summary>
    /// <param name="Task">Which.</param>
    /// <param name="Title">Of the new task.</param>
    /// <param name="Indicators">Those that go with it.</param>
    public sealed record Split(string Task, string Title, IReadOnlyList<string> Indicators) : ReviewAct;

    /// <summary>A task goes into another.</summary>
    public sealed record Merge(string Task, string Into) : ReviewAct;

    /// <summary>A question is answered.</summary>
    public sealed record Answer(string Question, string Value) : ReviewAct;
}

/// <summary>The draft after an act, or why it is refused.</summary>
public sealed record ReviewStep(PlanReview? Review, string? Code, string? Reason)
{
    internal static ReviewStep Refuse(string code, string reason) => new(null, code, reason);
}
