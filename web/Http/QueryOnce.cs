using Microsoft.AspNetCore.Http;

namespace Workflows.Web.Http;

/// <summary>Query parameters that may each be given once, and no others.</summary>
internal static class QueryOnce
{
    /// <summary>The value by name, null for one that is not given; what is unknown or doubled is named.</summary>
    public static IReadOnlyDictionary<string, string?> Read(HttpRequest request, FieldErrors errors, params string[] names)
    {
        var values = names.ToDictionary(name => name, _ => (string?)null);
        foreach (var (name, given) in request.Query)
        {
            if (!names.Contains(name))
            {
                errors.Add(name, $"is not a parameter; there are {string.Join(", ", names)}");
            }
            else if (given.Count > 1)
            {
                errors.Add(name, "is given twice");
                values[name] = given[0];
            }
            else
            {
                values[name] = given.ToString();
            }
        }

        return values;
    }
}
