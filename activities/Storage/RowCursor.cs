using System.Buffers.Text;

namespace Workflows.Activities.Storage;

/// <summary>The row after which the next page begins: writes in between neither repeat nor hide other rows.</summary>
internal static class RowCursor
{
    private const string Form = "a";

    public static string After(string row) => Form + Base64Url.EncodeToString(OrdinalKey.Encode(row));

    /// <exception cref="ArgumentException">Nobody gave out this cursor.</exception>
    public static string Read(string cursor)
    {
        try
        {
            var row = cursor.StartsWith(Form, StringComparison.Ordinal)
                ? OrdinalKey.Decode(Base64Url.DecodeFromChars(cursor.AsSpan(Form.Length)))
                : throw new FormatException();
            TableChecks.Key("Row", row);
            return row;
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException)
        {
            throw new ArgumentException($"'{cursor}' is no cursor of this store.", nameof(cursor));
        }
    }
}
