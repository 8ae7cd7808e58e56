using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Workflows.Web.Http;

/// <summary>The query of a list: at most one filter, a page size and a cursor. Anything else is refused by name.</summary>
/// <param name="Filter">The filter's name; null for the whole list.</param>
/// <param name="Value">What it filters by.</param>
/// <param name="Size">1 to 200; 50 when not given.</param>
/// <param name="After">The cursor that the page before gave as <c>next</c>.</param>
public sealed record ListQuery(string? Filter, string Value, int Size, string? After)
{
    public const int SizeMax = 200;
    public const int SizeDefault = 50;
    public const int ValueCharactersMax = 100;

    public static (ListQuery? Query, Reply? Refusal) Read(HttpRequest request, IReadOnlyList<ListFilter> filters)
    {
        var errors = new FieldErrors();
        string? filter = null;
        var value = "";
        foreach (var (name, values) in request.Query)
        {
            if (filters.FirstOrDefault(known => known.Name == name) is { } known)
            {
                if (filter is not null)
                {
                    errors.Add(name, $"cannot be combined with {filter}; a list takes one filter");
                    continue;
                }

                filter = name;
                value = values.Count > 1 ? "" : values.ToString();
                if (values.Count > 1)
                {
                    errors.Add(name, "is given twice");
                }
                else
                {
                    known.Check(value, errors);
                }
            }
            else if (name is not ("size" or "after"))
            {
                errors.Add(name, $"is not a parameter of this list; there are {string.Join(", ", [.. filters.Select(known => known.Name), "size", "after"])}");
            }
        }

        var size = SizeDefault;
        if (request.Query.TryGetValue("size", out var asked)
            && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > SizeMax))
        {
            errors.Add("size", $"must be a number from 1 to {SizeMax}");
        }

        var after = request.Query.TryGetValue("after", out var cursor) ? cursor.ToString() : null;
        return errors.Any ? (null, Reply.Invalid(errors)) : (new ListQuery(filter, value, size, after), null);
    }
}

/// <summary>A page of a list.</summary>
/// <param name="Items">At most as many as asked.</param>
/// <param name="Next">Give it as <c>after</c> for the next page; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
