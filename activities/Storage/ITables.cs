namespace Workflows.Activities.Storage;

/// <summary>
/// Tables with the semantics of Azure Table storage and no more: partition and row key, ETags, batches within one
/// partition, range scans in ordinal order of the row key. Every adapter refuses what Azure would refuse.
/// </summary>
public interface ITables
{
    /// <summary>The entity, or null.</summary>
    Task<Entity?> Get(string table, string partition, string row, CancellationToken cancellation = default);

    /// <summary>One page of a partition in the order of the row key.</summary>
    Task<EntityPage> Query(string table, RowRange range, int size, string? after = null, CancellationToken cancellation = default);

    /// <summary>Carries out 1 to 100 operations on one partition, all or none, durable when it returns.</summary>
    /// <exception cref="TableConflictException">An insert met an entity, or an ETag did not match; nothing was done.</exception>
    /// <exception cref="ArgumentException">Over a limit of <see cref="TableLimits"/>, or two operations on one row.</exception>
    Task Submit(string table, string partition, IReadOnlyList<TableOperation> operations, CancellationToken cancellation = default);
}

/// <summary>A row of a table.</summary>
/// <param name="Partition">Partition key.</param>
/// <param name="Row">Row key.</param>
/// <param name="Properties">string, bool, int, long, double, DateTimeOffset or byte[]; never null.</param>
/// <param name="ETag">As read; ignored when written.</param>
public sealed record Entity(string Partition, string Row, IReadOnlyDictionary<string, object> Properties, string? ETag = null)
{
    public string Text(string name) => (string)Properties[name];

    public string? TextOrNull(string name) => Properties.TryGetValue(name, out var value) ? (string)value : null;

    /// <summary>An integer property, whether it was written as int or as long.</summary>
    public long Number(string name) => Convert.ToInt64(Properties[name], System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A stretch of one partition: from <paramref name="From"/> (included) to <paramref name="To"/> (not included).</summary>
/// <param name="Partition">Which partition.</param>
/// <param name="From">Null: from its beginning.</param>
/// <param name="To">Null: to its end.</param>
public sealed record RowRange(string Partition, string? From = null, string? To = null)
{
    /// <summary>All rows whose key begins with <paramref name="prefix"/>.</summary>
    public static RowRange Prefix(string partition, string prefix) => new(partition, prefix, prefix + '\uffff');
}

/// <param name="Entities">At most as many as asked.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record EntityPage(IReadOnlyList<Entity> Entities, string? Next);

/// <summary>One change to one row.</summary>
public abstract record TableOperation
{
    private TableOperation()
    {
    }

    public abstract string Row { get; }

    /// <summary>Refused when the row exists.</summary>
    public sealed record Insert(string Key, IReadOnlyDictionary<string, object> Properties) : TableOperation
    {
        public override string Row => Key;
    }

    /// <summary>Inserts or replaces, whatever is there.</summary>
    public sealed record Put(string Key, IReadOnlyDictionary<string, object> Properties) : TableOperation
    {
        public override string Row => Key;
    }

    /// <summary>Replaces the row if it is still as it was read.</summary>
    public sealed record Replace(string Key, IReadOnlyDictionary<string, object> Properties, string ETag) : TableOperation
    {
        public override string Row => Key;
    }

    /// <summary>Deletes the row, if it is still as it was read when an ETag is given; a missing row is no conflict without one.</summary>
    public sealed record Delete(string Key, string? ETag = null) : TableOperation
    {
        public override string Row => Key;
    }
}

/// <summary>Somebody else was first.</summary>
public sealed class TableConflictException(string table, string partition, string row)
    : Exception($"Row {row} of partition {partition} in table {table} is not as expected.")
{
    public string Row { get; } = row;
}

/// <summary>The limits of Azure Table storage that every adapter holds.</summary>
/// <remarks>Source: Azure Table service data model and scalability targets.</remarks>
public static class TableLimits
{
    public const int BatchMax = 100;
    public const int BatchBytesMax = 4 * 1024 * 1024;
    public const int EntityBytesMax = 1024 * 1024;
    public const int PropertiesMax = 252;
    public const int PropertyBytesMax = 64 * 1024;
    public const int KeyCharactersMax = 1024;
}
