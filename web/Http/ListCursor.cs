using System.Security.Cryptography;
using System.Text;

namespace Workflows.Web.Http;

/// <summary>
/// A store's cursor with a mark of the list it belongs to: one of another list would be read as a place in this one
/// and silently skip cases. The mark finds mistakes; it keeps nothing secret.
/// </summary>
internal static class ListCursor
{
    private const int MarkLength = 8;

    /// <summary>What callers get as <c>next</c>.</summary>
    public static string? Give(string list, string? cursor) => cursor is null ? null : Mark(list, cursor) + cursor;

    /// <summary>What the store gave; false when it gave nothing such for this list.</summary>
    public static bool TryTake(string list, string? given, out string? cursor)
    {
        cursor = given is { Length: > MarkLength } ? given[MarkLength..] : null;
        return given is null || (cursor is not null && given == Mark(list, cursor) + cursor);
    }

    private static string Mark(string list, string cursor) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{list}\n{cursor}")))[..MarkLength];
}
