using System.Diagnostics;
using System.Globalization;

namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>What acts make of a draft. Pure: the same draft and act give the same draft.</summary>
public static class ReviewSteps
{
    /// <summary>The draft after an act.</summary>
    /// <param name="review">Before it.</param>
    /// <param name="act">What is done.</param>
    /// <param name="register">The units that may be named.</param>
    public static ReviewStep Take(PlanReview review, ReviewAct act, ImportRegister register)
    {
        if (review.ActivatedAt is not null)
        {
            return ReviewStep.Refuse("already-active", $"Draft {review.Id} is an active plan; it is not changed any more.");
        }

        var step = act switch
        {
            ReviewAct.Accept accept => Accept(review, accept),
            ReviewAct.Change change => Change(review, change, register),
            ReviewAct.Split split => Split(review, split),
            ReviewAct.Merge merge => Merge(review, merge),
            ReviewAct.Answer answer => Answer(review, answer, register),
            _ => throw new UnreachableException(),
        };
        return step.Review is { } next ? step with { Review = next with { Version = review.Version + 1 } } : step;
    }

    private static ReviewStep Accept(PlanReview review, ReviewAct.Accept accept) =>
        review.Draft.Tasks.All(task => task.Id != accept.Item) && review.Draft.Indicators.All(indicator => indicator.Id != accept.Item)
            ? NoItem(accept.Item)
            : Good(review with { Accepted = [.. review.Accepted.Append(accept.Item).Distinct()] });

    private static ReviewStep Change(PlanReview review, ReviewAct.Change change, ImportRegister register)
    {
        var draft = review.Draft;
        if (change.Item == "document")
        {
            return Document(review, change);
        }

        if (draft.Tasks.FirstOrDefault(task => task.Id == change.Item) is { } task)
        {
            if (change is { Member: "dropped", Value: "true" })
            {
                return Good(review with
                {
                    Draft = draft with
                    {
                        Tasks = [.. draft.Tasks.Where(other => other.Id != task.Id)],
                        Indicators = [.. draft.Indicators.Where(indicator => indicator.Task != task.Id)],
                        Questions = [.. draft.Questions.Where(question => question.About != task.Id)],
                    },
                });
            }

            return ChangedItem.Of(task, change.Member, change.Value, register) is { } changed
                ? Good(review with { Draft = draft with { Tasks = [.. draft.Tasks.Select(other => other.Id == task.Id ? changed : other)] } })
                : BadValue(change);
        }

        if (draft.Indicators.FirstOrDefault(indicator => indicator.Id == change.Item) is { } target)
        {
            if (change is { Member: "dropped", Value: "true" })
            {
                return Good(review with { Draft = draft with { Indicators = [.. draft.Indicators.Where(other => other.Id != target.Id)] } });
            }

            return change.Member == "task" && draft.Tasks.All(other => other.Id != change.Value) ? NoItem(change.Value)
                : ChangedItem.Of(target, change.Member, change.Value) is { } changed
                    ? Good(review with { Draft = draft with { Indicators = [.. draft.Indicators.Select(other => other.Id == target.Id ? changed : other)] } })
                    : BadValue(change);
        }

        return NoItem(change.Item);
    }

    private static ReviewStep Document(PlanReview review, ReviewAct.Change change)
    {
        if (ChangedItem.Of(review.Draft.Document, change.Member, change.Value) is not { } document)
        {
            return BadValue(change);
        }

        var answers = change.Member == "expires"
            ? review.Draft.Questions.Where(question => question.Kind == "no-expiry").Select(question => question.Id)
            : [];
        return Good(review with
        {
            Draft = WithExpiry(review.Draft with { Document = document }),
            Answers = answers.Aggregate(review.Answers, (given, id) => With(given, id, change.Value)),
        });
    }

    private static PlanDraft WithExpiry(PlanDraft draft) => draft with
    {
        Indicators = [.. draft.Indicators.Select(indicator => indicator.DueSource == "plan-expiry" ? indicator with { Due = draft.Document.Expires } : indicator)],
    };

    private static ReviewStep Split(PlanReview review, ReviewAct.Split split)
    {
        var draft = review.Draft;
        if (draft.Tasks.FirstOrDefault(task => task.Id == split.Task) is not { } task)
        {
            return NoItem(split.Task);
        }

        if (split.Indicators.FirstOrDefault(id => draft.Indicators.All(indicator => indicator.Id != id || indicator.Task != task.Id)) is { } stranger)
        {
            return ReviewStep.Refuse("not-of-the-task", $"{stranger} is no indicator of {task.Id}.");
        }

        var last = draft.Tasks.Max(other => int.Parse(other.Id.AsSpan(1), CultureInfo.InvariantCulture));
        var added = task with { Id = $"T{(last + 1).ToString("00", CultureInfo.InvariantCulture)}", Title = split.Title };
        return Good(review with
        {
            Draft = draft with
            {
                Tasks = [.. draft.Tasks.SelectMany(other => other.Id == task.Id ? (DraftTask[])[other, added] : [other])],
                Indicators = [.. draft.Indicators.Select(indicator => split.Indicators.Contains(indicator.Id) ? indicator with { Task = added.Id } : indicator)],
            },
        });
    }

    private static ReviewStep Merge(PlanReview review, ReviewAct.Merge merge)
    {
        var draft = review.Draft;
        var from = draft.Tasks.FirstOrDefault(task => task.Id == merge.Task);
        var into = draft.Tasks.FirstOrDefault(task => task.Id == merge.Into);
        if (from is null || into is null || from == into)
        {
            return NoItem(from is null ? merge.Task : merge.Into);
        }

        var merged = into with
        {
            Responsible = [.. into.Responsible.Concat(from.Responsible.Where(unit => into.Responsible.All(other => other.Unit != unit.Unit)))],
            Etc = into.Etc || from.Etc,
            Important = into.Important ?? from.Important,
            TownshipsImplied = into.TownshipsImplied || from.TownshipsImplied,
        };
        return Good(review with
        {
            Draft = draft with
            {
                Tasks = [.. draft.Tasks.Where(task => task.Id != from.Id).Select(task => task.Id == into.Id ? ChangedItem.WithMode(merged) : task)],
                Indicators = [.. draft.Indicators.Select(indicator => indicator.Task == from.Id ? indicator with { Task = into.Id } : indicator)],
            },
        });
    }

    private static ReviewStep Answer(PlanReview review, ReviewAct.Answer answer, ImportRegister register)
    {
        if (review.Draft.Questions.FirstOrDefault(question => question.Id == answer.Question) is not { } question)
        {
            return NoItem(answer.Question);
        }

        var draft = question.Kind switch
        {
            "unknown-unit" => Named(review.Draft, question.About, answer.Value, register),
            "look-alike" => answer.Value == "different" ? review.Draft
                : question.Suggestions.Contains(answer.Value)
                    ? Named(review.Draft, question.Suggestions.First(id => id != answer.Value), answer.Value, register)
                    : null,
            "no-unit" => Changed("responsible"),
            "two-leads" => Led(review.Draft, question.About, answer.Value),
            "no-expiry" => ChangedItem.Of(review.Draft.Document, "expires", answer.Value) is { } document
                ? WithExpiry(review.Draft with { Document = document })
                : null,
            _ => review.Draft,
        };
        return draft is null
            ? ReviewStep.Refuse("bad-answer", $"{answer.Value} is no answer to {question.Id}, {question.Kind}.")
            : Good(review with { Draft = draft, Answers = With(review.Answers, question.Id, answer.Value) });

        PlanDraft? Changed(string member) =>
            review.Draft.Tasks.FirstOrDefault(task => task.Id == question.About) is { } task && ChangedItem.Of(task, member, answer.Value, register) is { } changed
                ? review.Draft with { Tasks = [.. review.Draft.Tasks.Select(other => other.Id == task.Id ? changed : other)] }
                : null;
    }

    /// <summary>A unit of the draft is one of the register, or <c>none</c>: then nobody by that name is responsible.</summary>
    private static PlanDraft? Named(PlanDraft draft, string unit, string value, ImportRegister register)
    {
        var known = register.Units.FirstOrDefault(candidate => candidate.Id == value);
        if (known is null && value != "none")
        {
            return null;
        }

        return draft with
        {
            Units =
            [
                .. draft.Units.Select(other => other.Id == unit && known is not null ? other with { Id = known.Id, Name = known.Name, Kind = known.Kind, Known = true } : other)
                    .Where(other => known is not null || other.Id != unit).DistinctBy(other => other.Id),
            ],
            Tasks = [.. draft.Tasks.Select(task => ChangedItem.WithMode(task with
            {
                Responsible =
                [
                    .. task.Responsible
                        .Where(part => known is not null || part.Unit != unit)
                        .Select(part => part.Unit == unit ? part with { Unit = known!.Id, Name = known.Name } : part)
                        .OrderBy(part => part.Role != AssignmentRole.Lead).DistinctBy(part => part.Unit),
                ],
            }))],
        };
    }

    private static PlanDraft? Led(PlanDraft draft, string task, string lead) =>
        draft.Tasks.FirstOrDefault(other => other.Id == task) is { } found && found.Responsible.Any(unit => unit.Unit == lead)
            ? draft with
            {
                Tasks = [.. draft.Tasks.Select(other => other.Id != task ? other : other with
                {
                    Responsible = [.. other.Responsible.Select(unit => unit.Role == AssignmentRole.Lead && unit.Unit != lead ? unit with { Role = AssignmentRole.Participant }
                        : unit.Unit == lead ? unit with { Role = AssignmentRole.Lead } : unit)],
                })],
            }
            : null;

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> answers, string id, string value) =>
        new(answers, StringComparer.Ordinal) { [id] = value };

    private static ReviewStep Good(PlanReview review) => new(review, null, null);

    private static ReviewStep NoItem(string id) => ReviewStep.Refuse("no-such-item", $"There is no {id} in the draft.");

    private static ReviewStep BadValue(ReviewAct.Change change) =>
        ReviewStep.Refuse("bad-value", $"{change.Member} of {change.Item} cannot be {change.Value}.");
}
