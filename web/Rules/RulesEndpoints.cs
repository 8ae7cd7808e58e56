using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Rules;
using Workflows.Web.Flows;
using Workflows.Web.Http;

namespace Workflows.Web.Rules;

/// <summary>The county's rules over HTTP, for its administrator: versions, a candidate, what it would move, and its activation.</summary>
internal static class RulesEndpoints
{
    public const string Path = "/api/rules";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var rules = routes.MapGroup(Path).WithTags("Rules");
        rules.MapGet("", Get).Describe<RulesView>("GetRules", "The versions of the county's rules, which one is current, and what was activated when, with the progress of each change.");
        rules.MapGet("/{version}", GetVersion).Describe<VersionView>("GetRuleVersion", "One version with its files.");
        rules.MapGet("/{version}/files/{name}", (string version, string name, HttpContext http) => GetFile(http, version, name))
            .Describe<JsonElement>("GetRuleFile", "A file of a version, byte for byte.");
        rules.MapGet("/{version}/files/calendar/{name}", (string version, string name, HttpContext http) => GetFile(http, version, $"calendar/{name}"))
            .Describe<JsonElement>("GetRuleCalendar", "A calendar year of a version, byte for byte.");
        rules.MapGet("/{version}/preview", Preview).Describe<PreviewView>("PreviewRules", "Every running case whose dates the version would move, or that would keep its rules; with totals and a stamp to confirm on the first page.")
            .Takes(QueryParameter.Of([]));
        rules.MapCommand<AddRules, VersionView>("", "AddRules", "Checks a set of rules as a whole and keeps it as a version; nothing lives under it yet.", StatusCodes.Status201Created, Add);
        rules.MapCommand<ActivateVersion, ActivationView>(
            "/{version}/activate", "ActivateRules", "Makes a version current: running cases keep theirs, or their dates are counted anew as the preview shows.", StatusCodes.Status200OK, RulesActivation.Activate);
    }

    /// <summary>An activation with the progress of its change.</summary>
    internal static async Task<ActivationView> View(RuleActivation activation, IFlowClient flows, CancellationToken cancellation)
    {
        var id = RulesChange.FlowId(activation.Number);
        var flow = activation.From == RuleSource.Http ? await flows.Get(id, cancellation) : null;
        return new ActivationView(
            activation.Number,
            activation.Version,
            activation.At,
            activation.By,
            activation.Reason,
            activation.Running,
            activation.From,
            flow is null ? null : new ChangeView(id, flow.State, flow.Status?.Deserialize<ChangeProgress>(Wire.Options)?.Tally));
    }

    internal static Reply NoSuchVersion(string version) => Reply.NotFound($"There is no version {version} of the rules.");

    private static async Task<Reply> Get(HttpContext http, RuleShelf shelf, IFlowClient flows)
    {
        await shelf.Look(http.RequestAborted);
        var versions = await shelf.Versions.All(http.RequestAborted);
        var views = new List<ActivationView>();
        foreach (var activation in (await shelf.Versions.History(http.RequestAborted)).Reverse())
        {
            views.Add(await View(activation, flows, http.RequestAborted));
        }

        return Reply.Ok(new RulesView(
            shelf.Current.Version,
            [.. versions.OrderByDescending(version => version.AddedAt).ThenBy(version => version.Version, StringComparer.Ordinal)],
            views));
    }

    private static async Task<Reply> GetVersion(string version, HttpContext http, RuleShelf shelf) =>
        await Shown(http, shelf, version) is { } view ? Reply.Ok(view) : NoSuchVersion(version);

    private static async Task<VersionView?> Shown(HttpContext http, RuleShelf shelf, string version)
    {
        if (await shelf.Versions.Find(version, http.RequestAborted) is not { } known || await shelf.Files(version, http.RequestAborted) is not { } files)
        {
            return null;
        }

        return new VersionView(
            version,
            known.AddedAt,
            known.By,
            known.Reason,
            known.From,
            shelf.Current.Version == version,
            [.. files.Files.Select(file => new RuleFileView(file.Name, file.Json.Length, Convert.ToHexStringLower(SHA256.HashData(file.Json.Span))))]);
    }

    private static async Task<Reply> GetFile(HttpContext http, string version, string name)
    {
        if (await http.Get<RuleShelf>().Files(version, http.RequestAborted) is not { } files)
        {
            return NoSuchVersion(version);
        }

        return files.Find(name) is { } file
            ? new Reply(StatusCodes.Status200OK, file.Json.ToArray(), "application/json")
            : Reply.NotFound($"Version {version} has no file {name}.");
    }

    private static async Task<Reply> Preview(string version, HttpContext http, RuleShelf shelf, RulesPreview preview)
    {
        var (query, refusal) = ListQuery.Read(http.Request, []);
        if (query is null)
        {
            return refusal!;
        }

        var list = $"rules {version}";
        if (!ListCursor.TryTake(list, query.After, out var after))
        {
            return Reply.Invalid("after", "is not a cursor that this list gave");
        }

        if (await shelf.Versions.Find(version, http.RequestAborted) is null)
        {
            return NoSuchVersion(version);
        }

        var totals = after is null ? await preview.Totals(version, http.RequestAborted) : null;
        var page = await preview.Page(version, query.Size, after, http.RequestAborted);
        return Reply.Ok(new PreviewView(version, totals, [.. page.Cases.Select(PreviewItem.Of)], ListCursor.Give(list, page.Next)));
    }

    private static async Task<Reply> Add(HttpContext http, AddRules request, string commandId)
    {
        var shelf = http.Get<RuleShelf>();
        var check = new RequestCheck(shelf.Current.Units);
        var by = check.Unit(request.By);
        var reason = check.Errors.Text("reason", request.Reason, FlowOperations.ReasonCharactersMax);
        var files = await Files(http, request, check.Errors);
        if (check.Errors.Any)
        {
            return Reply.Invalid(check.Errors);
        }

        try
        {
            var set = await shelf.Add(files, by, reason, RuleSource.Http, http.RequestAborted);
            return Reply.Created($"{Path}/{set.Version}", (await Shown(http, shelf, set.Version))!);
        }
        catch (RuleSetRefusedException refused)
        {
            foreach (var error in refused.Errors)
            {
                check.Errors.Add($"{error.File} {error.Path}", $"{error.Rule}: {error.Text.TrimEnd('.')}");
            }

            return Reply.Invalid(check.Errors);
        }
    }

    /// <summary>The set that the request means; what is wrong with its names is added to the errors.</summary>
    private static async Task<RuleFiles> Files(HttpContext http, AddRules request, FieldErrors errors)
    {
        var files = RuleFiles.None;
        if (request.Base is not null)
        {
            if (await http.Get<RuleShelf>().Files(request.Base, http.RequestAborted) is not { } basis)
            {
                errors.Add("base", "is not a version of the rules");
                return files;
            }

            files = basis;
        }

        if (request.Files is not { Count: > 0 } given)
        {
            errors.Add("files", "is required: at least one file by its name");
            return files;
        }

        files = files.With(given);
        foreach (var (name, rule) in RuleFiles.Problems([.. files.Files.Select(file => file.Name)]))
        {
            errors.Add($"files.{name}", rule);
        }

        return files;
    }
}
