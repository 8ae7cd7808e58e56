using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Activities.Rules;
using Workflows.Activities.Storage;
using Workflows.Activities.Supervision;
using Workflows.Activities.Supervision.Import;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Supervision.Import;
using Workflows.Web.Http;

namespace Workflows.Web.Supervision;

/// <summary>Plans on their way in: uploaded, looked through item by item, and activated by one confirmed act.</summary>
internal static partial class PlanDraftEndpoints
{
    private const string Path = "/api/plans/drafts";
    private const int ValueCharactersMax = 500;
    private const int TitleCharactersMax = 200;
    private const int FirstDates = 5;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var drafts = routes.MapGroup(Path).WithTags("Plans");
        drafts.MapGet("", async (HttpContext http, PlanDrafts kept) => Reply.Ok(await kept.List(http.RequestAborted)))
            .Describe<IReadOnlyList<DraftSummary>>("ListPlanDrafts", "Drafts of plans, at most 200.");
        drafts.MapGet("/{id}", Get).Describe<PlanDraftView>("GetPlanDraft", "A draft: every value with its words and how sure it is, and what is asked.");
        drafts.MapGet("/{id}/journal", Journal).Describe<DraftJournalView>("GetPlanDraftJournal", "Who did what to a draft, oldest first.");
        drafts.MapGet("/{id}/summary", Summary).Describe<ActivationSummary>("SummarisePlanDraft", "What activating the draft would begin, with the confirmation that it needs.");
        drafts.MapCommand<UploadPlan, PlanDraftView>("", "UploadPlan", "Reads a plan's file and keeps the draft.", StatusCodes.Status201Created, Upload);
        drafts.MapAct<AcceptDraftItem>("accept", "AcceptPlanDraftItem", "A task or indicator is right.", (request, errors) => (request.By, request.Version, new ReviewAct.Accept(errors.Text("item", request.Item, 20)), request.Item, null));
        drafts.MapAct<ChangeDraftItem>("change", "ChangePlanDraftItem", "Another value for an item.", (request, errors) => (
            request.By, request.Version, new ReviewAct.Change(errors.Text("item", request.Item, 20), errors.Text("member", request.Member, 40), errors.Text("value", request.Value, ValueCharactersMax)), request.Item, $"{request.Member}: {request.Value}"));
        drafts.MapAct<SplitDraftTask>("split", "SplitPlanDraftTask", "A part of a task becomes a task of its own.", (request, errors) => (
            request.By, request.Version, new ReviewAct.Split(errors.Text("task", request.Task, 20), errors.Text("title", request.Title, TitleCharactersMax), [.. (request.Indicators ?? []).OfType<string>()]), request.Task, request.Title));
        drafts.MapAct<MergeDraftTasks>("merge", "MergePlanDraftTasks", "A task goes into another.", (request, errors) => (
            request.By, request.Version, new ReviewAct.Merge(errors.Text("task", request.Task, 20), errors.Text("into", request.Into, 20)), request.Task, request.Into));
        drafts.MapAct<AnswerDraftQuestion>("answer", "AnswerPlanDraftQuestion", "A question is answered.", (request, errors) => (
            request.By, request.Version, new ReviewAct.Answer(errors.Text("question", request.Question, 20), errors.Text("value", request.Value, TitleCharactersMax)), request.Question, request.Value));
        drafts.MapCommand<ActivateDraft, PlanDraftView>("/{id}/activate", "ActivatePlanDraft", "Starts the supervision of everything the draft means; needs the summary's confirmation.", StatusCodes.Status200OK, Activate);
    }

    private static void MapAct<TRequest>(
        this RouteGroupBuilder drafts,
        string path,
        string name,
        string summary,
        Func<TRequest, FieldErrors, (string? By, int? Version, ReviewAct Act, string? About, string? Value)> read)
        where TRequest : class =>
        drafts.MapCommand<TRequest, PlanDraftView>($"/{{id}}/{path}", name, summary, StatusCodes.Status200OK, async (http, request, _) =>
        {
            var check = new RequestCheck(http.Get<RuleShelf>().Current.Units);
            var (by, version, act, about, value) = read(request, check.Errors);
            check.Unit(by);
            if (version is null)
            {
                check.Errors.Add("version", "is required: the version that was looked at");
            }

            if (check.Errors.Any)
            {
                return Reply.Invalid(check.Errors);
            }

            return await Change(http, by!, version!.Value, path, about!, value, review => ReviewSteps.Take(review, act, Register(http)));
        });

    private static async Task<Reply> Get(string id, HttpContext http, PlanDrafts drafts) =>
        await drafts.Find(Key(id), http.RequestAborted) is { } found ? Reply.Ok(PlanDraftView.Of(found.Review)) : Missing(id);

    private static async Task<Reply> Journal(string id, HttpContext http, PlanDrafts drafts) =>
        await drafts.JournalOf(Key(id), http.RequestAborted) is { Count: > 0 } entries ? Reply.Ok(new DraftJournalView(entries)) : Missing(id);

    private static async Task<Reply> Summary(string id, HttpContext http, PlanDrafts drafts)
    {
        if (await drafts.Find(Key(id), http.RequestAborted) is not { Review: var review })
        {
            return Missing(id);
        }

        var assignments = review.ToPlan() is { } plan ? PlanDesk.Count(plan, http.Get<RuleShelf>().Current) : 0;
        var dates = review.Draft.Indicators.Select(indicator => indicator.Due).Concat(review.Draft.Tasks.Select(task => task.Due)).OfType<DateOnly>().Distinct().Order().Take(FirstDates);
        return Reply.Ok(new ActivationSummary(
            id, review.Draft.Tasks.Count, assignments, review.Draft.Indicators.Count, [.. dates], [.. review.OpenQuestions().Select(question => question.Id)], review.Confirmation()));
    }

    private static async Task<Reply> Upload(HttpContext http, UploadPlan request, string commandId)
    {
        var check = new RequestCheck(http.Get<RuleShelf>().Current.Units);
        var by = check.Unit(request.By);
        byte[] bytes = [];
        if (check.Errors.Text("content", request.Content, RequestBody.BytesMax).Length > 0)
        {
            bytes = new byte[request.Content!.Length];
            if (Convert.TryFromBase64String(request.Content, bytes, out var length))
            {
                Array.Resize(ref bytes, length);
            }
            else
            {
                check.Errors.Add("content", "must be base64");
            }
        }

        if (check.Errors.Any)
        {
            return Reply.Invalid(check.Errors);
        }

        if (NotTheSupervision(http, by) is { } refusal)
        {
            return refusal;
        }

        PlanReading reading;
        try
        {
            reading = PlanImport.Read(PlanFile.Read(bytes), Register(http));
        }
        catch (PlanFileException bad)
        {
            return Reply.Invalid("content", $"{bad.Code}: {bad.Message}");
        }

        return reading.Draft is { } draft
            ? await Keep(http, by, draft, Convert.ToHexStringLower(SHA256.HashData(bytes))[..16])
            : Reply.Invalid("content", $"{reading.Code}: {reading.Reason}");
    }

    /// <summary>The id is the year and number of the document; one that was uploaded before gets the next.</summary>
    private static async Task<Reply> Keep(HttpContext http, string by, PlanDraft draft, string hash)
    {
        var number = DocumentNumber().Match(draft.Document.Number ?? "");
        var stem = number.Success ? $"{number.Groups[1].Value}-{number.Groups[2].Value}" : $"draft-{hash[..8]}";
        var drafts = http.Get<PlanDrafts>();
        for (var copy = 1; copy <= 100; copy++)
        {
            var id = copy == 1 ? stem : $"{stem}-{copy}";
            if (await http.Get<KeptPlans>().Find(id, http.RequestAborted) is not null)
            {
                continue;
            }

            try
            {
                var review = PlanReview.Begin(id, draft);
                await drafts.Save(review, new DraftEntry(1, http.Get<TimeProvider>().GetUtcNow(), by, "upload", hash), null);
                return Reply.Created($"{Path}/{id}", PlanDraftView.Of(review));
            }
            catch (TableConflictException)
            {
                // Taken: the next copy.
            }
            catch (DraftTooLargeException large)
            {
                return Reply.Invalid("content", large.Message);
            }
        }

        return Reply.Refused("too-many-copies", $"There are 100 drafts {stem}.");
    }

    private static async Task<Reply> Activate(HttpContext http, ActivateDraft request, string commandId)
    {
        var rules = http.Get<RuleShelf>().Current;
        var check = new RequestCheck(rules.Units);
        var by = check.Unit(request.By);
        check.Errors.Text("confirm", request.Confirm, 64);
        if (check.Errors.Any)
        {
            return Reply.Invalid(check.Errors);
        }

        var id = (string)http.Request.RouteValues["id"]!;
        if (await http.Get<PlanDrafts>().Find(Key(id), http.RequestAborted) is not { Review: var review })
        {
            return Missing(id);
        }

        if (NotTheSupervision(http, by) is { } refusal)
        {
            return refusal;
        }

        if (review.ActivatedAt is not null)
        {
            return Reply.Refused("already-active", $"Draft {id} is an active plan; a plan is activated once.");
        }

        if (review.ToPlan() is not { } plan)
        {
            return Reply.Refused("open-questions", $"These questions must be answered first: {string.Join(", ", review.OpenQuestions().Select(question => question.Id))}.");
        }

        if (NotReady(plan, rules) is { } reason)
        {
            return Reply.Refused("not-ready", reason);
        }

        if (review.Confirmation() != request.Confirm)
        {
            return Reply.Refused("not-confirmed", "The confirmation is not that of the draft as it is now; look at the summary again.");
        }

        // The plan is started first: its id makes a second start the same one, and a draft that seems idle is never a lost plan.
        await http.Get<PlanDesk>().Start(plan, by, http.RequestAborted);
        return await Change(http, by, review.Version, "activate", id, request.Confirm, current =>
            new ReviewStep(current with { ActivatedAt = http.Get<TimeProvider>().GetUtcNow(), Version = current.Version + 1 }, null, null));
    }

    /// <summary>What the register and the rules of plans want beyond answered questions.</summary>
    private static string? NotReady(Plan plan, RuleSet rules)
    {
        foreach (var task in plan.Tasks)
        {
            if (task.Units.FirstOrDefault(unit => rules.Units.Find(unit.Unit) is null) is { } stranger)
            {
                return $"{stranger.Unit} of {task.Id} is not in the register.";
            }

            if (task.Units.Count == 0 && !task.TownshipsImplied)
            {
                return $"{task.Id} has nobody to do it.";
            }

            if (task.Units.Count(unit => unit.Role == AssignmentRole.Lead) > 1)
            {
                return $"{task.Id} has more than one lead.";
            }
        }

        return plan.Tasks.Count > 0 ? null : "There is no task in it.";
    }

    private static async Task<Reply> Change(HttpContext http, string by, int version, string act, string about, string? value, Func<PlanReview, ReviewStep> take)
    {
        var id = (string)http.Request.RouteValues["id"]!;
        var drafts = http.Get<PlanDrafts>();
        if (await drafts.Find(Key(id), http.RequestAborted) is not var (review, etag))
        {
            return Missing(id);
        }

        if (NotTheSupervision(http, by) is { } refusal)
        {
            return refusal;
        }

        if (review.Version != version)
        {
            return Reply.Refused("changed-meanwhile", $"Draft {id} is at version {review.Version}, not {version}; look at it again.");
        }

        var step = take(review);
        if (step.Review is not { } next)
        {
            return Reply.Refused(step.Code!, step.Reason!);
        }

        try
        {
            await drafts.Save(next, new DraftEntry(next.Version, http.Get<TimeProvider>().GetUtcNow(), by, act, about, value), etag);
            return Reply.Ok(PlanDraftView.Of(next));
        }
        catch (TableConflictException)
        {
            return Reply.Refused("changed-meanwhile", $"Draft {id} was changed by somebody else; look at it again.");
        }
    }

    private static Reply? NotTheSupervision(HttpContext http, string by)
    {
        var supervision = http.Get<RuleShelf>().Current.Units.Duties.Supervision;
        return by == supervision ? null : Reply.Refused("not-the-supervision", $"Only {supervision} imports and activates plans, not {by}.");
    }

    private static ImportRegister Register(HttpContext http)
    {
        var rules = http.Get<RuleShelf>().Current;
        return ImportRegister.Of(rules.County.Name, rules.Units);
    }

    private static Reply Missing(string id) => Reply.NotFound($"There is no draft {id}.");

    /// <summary>What cannot be an id is looked up as one that never was.</summary>
    private static string Key(string id) => Id().IsMatch(id) ? id : "none";

    [GeneratedRegex(@"^[A-Za-z0-9-]{1,60}\z")]
    private static partial Regex Id();

    [GeneratedRegex("〔([0-9]{4})〕([0-9]+)号")]
    private static partial Regex DocumentNumber();
}
