using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.Flows;

/// <summary>
/// How flows lie in tables. <c>Flows</c>: a partition per flow with its row, input, result, inbox, command ids and what
/// operators did. <c>FlowLists</c>: a partition per list with a row per flow. A list may hold too much, never too
/// little: its rows are put before the flow's row changes and deleted after, and a reader checks the flow itself.
/// </summary>
internal static class FlowRows
{
    public const string Flows = "Flows";
    public const string Lists = "FlowLists";

    public const string Flow = "flow";
    public const string Input = "input";
    public const string Result = "result";
    public const string Box = "inbox";
    public const string CommandPrefix = "i-";
    public const string IdPrefix = "c-";
    public const string ActPrefix = "o-";

    public const string All = "all";

    /// <summary>Flows whose latest generation the platform may not have yet.</summary>
    public const string Starting = "starting";

    /// <summary>Flows that got a command a while ago or less.</summary>
    public const string Unread = "unread";
    public const string Due = "due";
    public const string Ended = "ended";

    public static string OfFlow(string flow) => $"flow {flow}";

    public static string OfState(FlowState state) => $"state {state}";

    public static string StartedBy(string id) => $"children {id}";

    /// <summary>A tag's value may hold what a key may not.</summary>
    public static string OfTag(string key, string value) =>
        "tag " + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{key}={value}")));

    public static string Command(long number) => CommandPrefix + number.ToString("D12", CultureInfo.InvariantCulture);

    public static string Act(DateTimeOffset at, string kind) =>
        string.Create(CultureInfo.InvariantCulture, $"{ActPrefix}{at.UtcTicks:D19}-{kind}");

    /// <summary>Newest first: what is left of time sorts before.</summary>
    public static string Newest(FlowRow row) =>
        string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.MaxValue.UtcTicks - row.CreatedAt.UtcTicks:D19}-{row.Id}");

    public static string Earliest(DateTimeOffset at, string id) => Moment(at) + "-" + id;

    public static string Moment(DateTimeOffset at) => at.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>The moment that a row begins with.</summary>
    public static DateTimeOffset MomentOf(string row) =>
        new(long.Parse(row.AsSpan(0, 19), CultureInfo.InvariantCulture), TimeSpan.Zero);

    /// <summary>Every list a flow stands in, as partition and row.</summary>
    public static HashSet<(string List, string Row)> ListsOf(FlowRow? row)
    {
        if (row is null)
        {
            return [];
        }

        var newest = Newest(row);
        HashSet<(string, string)> lists =
        [
            (All, newest), (OfFlow(row.Flow), newest), (OfState(row.State), newest),
            .. (row.Tags ?? new Dictionary<string, string>()).Select(tag => (OfTag(tag.Key, tag.Value), newest)),
        ];
        if (row.StartedBy is { } starter)
        {
            lists.Add((StartedBy(starter), row.Id));
        }

        if (row.Due is { } due)
        {
            lists.Add((Due, Earliest(due, row.Id)));
        }

        if (row.IsEnded)
        {
            lists.Add((Ended, Earliest(row.UpdatedAt, row.Id)));
        }

        return lists;
    }

    /// <summary>Bytes cut into parts, since one property holds 64 KiB and a row 1 MiB.</summary>
    public static Dictionary<string, object> Parts(byte[] data, params (string Name, object Value)[] beside)
    {
        var properties = beside.ToDictionary(property => property.Name, property => property.Value);
        var part = 0;
        foreach (var bytes in data.Chunk(TableLimits.PropertyBytesMax))
        {
            properties[Part(part++)] = bytes;
        }

        return properties;
    }

    public static byte[] Whole(Entity entity)
    {
        var data = new MemoryStream();
        for (var part = 0; entity.Properties.TryGetValue(Part(part), out var bytes); part++)
        {
            data.Write((byte[])bytes);
        }

        return data.ToArray();
    }

    private static string Part(int number) => string.Create(CultureInfo.InvariantCulture, $"Part{number:D2}");
}
