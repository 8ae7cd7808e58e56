using System.Diagnostics;
using System.Text.RegularExpressions;
using Azure;
using Azure.Data.Tables;

namespace Workflows.Activities.Storage;

/// <summary>Rows and operations of the port as Azure's SDK has them. The types of values are the same on both sides.</summary>
internal static partial class AzureRows
{
    private const string ETagProperty = "odata.etag";

    // Of a row before there were computers. Azure refuses a malformed tag as a bad request; this one is just never met.
    private static readonly ETag Never = new("W/\"datetime'1601-01-01T00%3A00%3A00.0000000Z'\"");

    public static Entity Read(TableEntity entity)
    {
        var properties = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in entity)
        {
            if (name is not ("PartitionKey" or "RowKey" or "Timestamp" or ETagProperty or AzureMark.Property))
            {
                properties[name] = value is DateTime moment ? new DateTimeOffset(moment.ToUniversalTime()) : value;
            }
        }

        return new Entity(entity.PartitionKey, entity.RowKey, properties, entity.ETag.ToString());
    }

    public static TableTransactionAction Write(string partition, TableOperation operation, AzureMark mark) => operation switch
    {
        TableOperation.Insert o => new(TableTransactionActionType.Add, Row(partition, o.Key, o.Properties, mark)),
        TableOperation.Put o => new(TableTransactionActionType.UpsertReplace, Row(partition, o.Key, o.Properties, mark)),
        TableOperation.Replace o => new(TableTransactionActionType.UpdateReplace, Row(partition, o.Key, o.Properties, mark), Tag(o.ETag)),
        TableOperation.Delete o => new(
            TableTransactionActionType.Delete, new TableEntity(partition, o.Key), o.ETag is null ? ETag.All : Tag(o.ETag)),
        _ => throw new UnreachableException(),
    };

    /// <summary>What an operation writes; null for a delete.</summary>
    public static IReadOnlyDictionary<string, object>? Written(TableOperation operation) => operation switch
    {
        TableOperation.Insert o => o.Properties,
        TableOperation.Put o => o.Properties,
        TableOperation.Replace o => o.Properties,
        _ => null,
    };

    private static TableEntity Row(string partition, string row, IReadOnlyDictionary<string, object> properties, AzureMark mark)
    {
        var entity = new TableEntity(partition, row);
        foreach (var (name, value) in properties)
        {
            entity[name] = value is DateTimeOffset moment ? moment.ToUniversalTime() : value;
        }

        mark.PutOn(entity, properties);
        return entity;
    }

    /// <summary>A tag of another store, or "*", which Azure would take for any: never as read.</summary>
    private static ETag Tag(string tag) => Form().IsMatch(tag) ? new ETag(tag) : Never;

    [GeneratedRegex("""^W/"datetime'[0-9A-Za-z%.:-]+'"$""")]
    private static partial Regex Form();
}
