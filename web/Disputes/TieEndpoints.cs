using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Disputes;
using Workflows.Web.Http;

namespace Workflows.Web.Disputes;

/// <summary>What ties two cases, over HTTP: links, one taken into the other, one split off.</summary>
internal static class TieEndpoints
{
    private const int TextCharactersMax = 2_000;
    private const int CodeCharactersMax = 60;
    private const int PeopleMax = 1_000_000;
    private const int SameMax = 50;

    public static void Map(RouteGroupBuilder disputes)
    {
        Command<LinkDispute>(disputes, "links", "LinkDispute", "This case and another belong together; both know it.", (request, check, rules) =>
            Linked(request, check, rules, other => new DisputeFact.LinkAsked(other)));
        Command<LinkDispute>(disputes, "links/remove", "UnlinkDispute", "They do not any more.", (request, check, rules) =>
            Linked(request, check, rules, other => new DisputeFact.UnlinkAsked(other)));
        Command<MergeDispute>(disputes, "merge", "MergeDispute", "Another case of the same place takes this one in; its parties go on there.", (request, check, rules) =>
        {
            var fact = new DisputeFact.MergeAsked(Case("into", request.Into, rules, check.Errors), Same(request.Same, check.Errors));
            return new Said(check.Unit(request.By), fact, check.Errors.Text("reason", request.Reason, TextCharactersMax), ("into", fact.Into));
        });
        Command<SplitDispute>(disputes, "split", "SplitDispute", "The matter of some parties goes on in a case of its own, by the same clocks.", (request, check, rules) =>
        {
            var category = request.Category is null ? null : check.Errors.Id("category", request.Category);
            return new Said(
                check.Unit(request.By),
                new DisputeFact.SplitAsked(
                    DisputeDesk.NotNumbered,
                    check.Parties("parties", request.Parties),
                    check.Errors.Number("people", request.People, 2, PeopleMax),
                    request.Also is null ? null : check.Parties("also", request.Also),
                    category),
                check.Errors.Text("summary", request.Summary, TextCharactersMax),
                null);
        });
    }

    /// <summary>What was read: who says what, and the field that names another case.</summary>
    private sealed record Said(string By, DisputeFact Fact, string? Text, (string Field, string Case)? Other);

    private static void Command<TRequest>(
        RouteGroupBuilder disputes, string path, string name, string summary, Func<TRequest, RequestCheck, DisputeProcess, Said> read)
        where TRequest : class =>
        disputes.MapCommand<TRequest, DisputeView>($"/{{id}}/{path}", name, summary, StatusCodes.Status200OK, (http, request, commandId) =>
        {
            var rules = http.Get<RuleShelf>().Current;
            var check = new RequestCheck(rules.Units);
            var said = read(request, check, rules.Disputes.Process);
            return check.Errors.Any
                ? Task.FromResult(Reply.Invalid(check.Errors))
                : http.Get<DisputeDesk>().Tie((string)http.Request.RouteValues["id"]!, commandId, said.By, said.Fact, said.Text, said.Other, http.RequestAborted);
        });

    private static Said Linked(LinkDispute request, RequestCheck check, DisputeProcess rules, Func<string, DisputeFact> fact)
    {
        var other = Case("other", request.Other, rules, check.Errors);
        return new Said(check.Unit(request.By), fact(other), null, ("other", other));
    }

    /// <summary>The id of a case that was named by its id or its official code.</summary>
    private static string Case(string field, string? typed, DisputeProcess rules, FieldErrors errors)
    {
        if (errors.Text(field, typed, CodeCharactersMax).Length > CodeCharactersMax || string.IsNullOrWhiteSpace(typed))
        {
            return "";
        }

        if (DisputeCode.Find(typed, rules) is { } id)
        {
            return id;
        }

        errors.Add(field, "is neither the id nor the official code of a case");
        return "";
    }

    private static List<SameParty>? Same(IReadOnlyList<SamePartyRequest?>? same, FieldErrors errors)
    {
        if (same is null)
        {
            return null;
        }

        if (same.Count > SameMax)
        {
            errors.Add("same", $"must be at most {SameMax}");
            return null;
        }

        var read = new List<SameParty>();
        for (var index = 0; index < same.Count; index++)
        {
            var field = string.Create(CultureInfo.InvariantCulture, $"same[{index}]");
            if (same[index] is { } pair)
            {
                read.Add(new SameParty(Fields.Party($"{field}.party", pair.Party, errors), Fields.Party($"{field}.is", pair.Is, errors)));
            }
            else
            {
                errors.Add(field, "must be an object, not null");
            }
        }

        return read;
    }
}
