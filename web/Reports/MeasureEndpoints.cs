using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Activities.Reports;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Reports;
using Workflows.Web.Http;

namespace Workflows.Web.Reports;

/// <summary>The measures of a month, and the cases behind each number.</summary>
internal static class MeasureEndpoints
{
    private const int IdCharactersMax = 200;

    private static readonly QueryParameter[] Scope =
    [
        new("month", "Such as 2025-10.", Required: true),
        new("place", "A division code; a township stands for its villages too. The county when not given."),
        new("category", "An id of the category list; stands for those below it too."),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/measures", List).WithTags("Reports")
            .Describe<MeasuresView>("ListMeasures", "Every measure of a month, with numerator, denominator and how it is counted.")
            .Takes(Scope);
        routes.MapGet("/api/measures/{id}/cases", Cases).WithTags("Reports")
            .Describe<Page<string>>("ListMeasureCases", "The ids of the cases behind a number, in their order.")
            .Takes(
            [
                .. Scope,
                new QueryParameter("of", "The cases above the line when not given.", Words: ["numerator", "denominator"]),
                new QueryParameter("size", $"How many items a page has at most; {ListQuery.SizeDefault} when not given.", Max: ListQuery.SizeMax),
                new QueryParameter("after", "The cursor that the page before gave as next."),
            ]);
    }

    private static async Task<Reply> List(HttpRequest request, MonthlyMeasures measures, RuleShelf shelf)
    {
        var errors = new FieldErrors();
        var scope = Read(QueryOnce.Read(request, errors, "month", "place", "category"), shelf.Current, errors);
        if (errors.Any)
        {
            return Reply.Invalid(errors);
        }

        var measured = await measures.Of(scope.Month, scope.Place, scope.Categories, request.HttpContext.RequestAborted);
        return Reply.Ok(new MeasuresView(scope.Month, scope.Place, scope.Category, [.. measured.Select(MeasureRow.Of)]));
    }

    private static async Task<Reply> Cases(string id, HttpRequest request, MonthlyMeasures measures, RuleShelf shelf)
    {
        var errors = new FieldErrors();
        var query = QueryOnce.Read(request, errors, "month", "place", "category", "of", "size", "after");
        if (shelf.Current.Measures.Find(id) is not { } measure)
        {
            return Reply.NotFound($"There is no measure {id}.");
        }

        var scope = Read(query, shelf.Current, errors);
        if (query["of"] is not (null or "numerator" or "denominator"))
        {
            errors.Add("of", "must be one of numerator, denominator");
        }
        else if (query["of"] == "denominator" && measure.Of is null)
        {
            errors.Add("of", $"has nothing below the line of {id}");
        }

        var size = ListQuery.SizeDefault;
        if (query["size"] is { } asked
            && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > ListQuery.SizeMax))
        {
            errors.Add("size", $"must be a number from 1 to {ListQuery.SizeMax}");
        }

        var list = $"{id}.{query["month"]}.{query["place"]}.{query["category"]}.{query["of"]}";
        if (!ListCursor.TryTake(list, query["after"], out var after))
        {
            errors.Add("after", "is not a cursor that this list gave");
        }

        if (errors.Any)
        {
            return Reply.Invalid(errors);
        }

        var measured = (await measures.Of(scope.Month, scope.Place, scope.Categories, request.HttpContext.RequestAborted))
            .Single(one => one.Measure.Id == id);
        var cases = (query["of"] == "denominator" ? measured.Whole! : measured.Cases).Select(counted => counted.Id)
            .Where(counted => after is null || string.CompareOrdinal(counted, after) > 0)
            .Take(size + 1)
            .ToList();
        return Reply.Ok(new Page<string>(
            [.. cases.Take(size)], ListCursor.Give(list, cases.Count > size ? cases[size - 1] : null)));
    }

    private static MeasureScope Read(IReadOnlyDictionary<string, string?> query, RuleSet rules, FieldErrors errors)
    {
        var month = ReportEndpoints.Month(query["month"]);
        if (month is null)
        {
            errors.Add("month", "must be a month such as 2025-10");
        }

        var place = errors.OptionalText("place", query["place"], IdCharactersMax);
        if (!string.IsNullOrWhiteSpace(place) && !rules.Units.IsPlace(place))
        {
            errors.Add("place", "must be the code of a village, a township or the county");
        }

        var category = errors.OptionalText("category", query["category"], IdCharactersMax);
        if (!string.IsNullOrWhiteSpace(category) && rules.Disputes.Process.Categories.All(known => known.Id != category))
        {
            errors.Add("category", $"must be one of {string.Join(", ", rules.Disputes.Process.Categories.Select(known => known.Id))}");
        }

        return new MeasureScope(month ?? default, place, category, category is null ? null : Below(category, rules));
    }

    /// <summary>A category stands for those below it too.</summary>
    private static List<string> Below(string category, RuleSet rules)
    {
        var all = rules.Disputes.Process.Categories;
        return [.. all.Select(rule => rule.Id).Where(id => IsUnder(id, category, all))];
    }

    private static bool IsUnder(string? id, string category, IReadOnlyList<CategoryRule> all) =>
        id is not null && (id == category || IsUnder(all.First(rule => rule.Id == id).Parent, category, all));

    private sealed record MeasureScope(DateOnly Month, string? Place, string? Category, IReadOnlyCollection<string>? Categories);
}

/// <summary>The measures of a month.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Place">Where; null: the county.</param>
/// <param name="Category">What; null: everything.</param>
/// <param name="Measures">In the order of the rule set.</param>
public sealed record MeasuresView(DateOnly Month, string? Place, string? Category, IReadOnlyList<MeasureRow> Measures);
