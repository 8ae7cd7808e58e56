using Azure.Data.Tables;

namespace Workflows.Activities.Storage;

/// <summary>
/// A random number of one submission, written into each of its rows and shown to nobody. A conflict after a lost answer
/// is by it either our own earlier try or somebody else, even if that somebody wrote the same.
/// </summary>
internal sealed class AzureMark
{
    /// <summary>The port refuses this name in rows of its callers.</summary>
    public const string Property = "_Submission";

    private readonly long number = Random.Shared.NextInt64();

    /// <summary>A row that is full to the limit goes without.</summary>
    public void PutOn(TableEntity entity, IReadOnlyDictionary<string, object> properties)
    {
        var size = TableSizes.Entity(entity.PartitionKey, entity.RowKey, properties)
            + TableSizes.Property(Property, number, sizeof(long));
        if (properties.Count < TableLimits.PropertiesMax && size <= TableLimits.EntityBytesMax)
        {
            entity[Property] = number;
        }
    }

    /// <summary>Whether this submission wrote the row; one without a mark is known by its content.</summary>
    public bool IsOn(TableEntity found, IReadOnlyDictionary<string, object> written) =>
        found.TryGetValue(Property, out var mark) ? mark is long other && other == number : IsSame(AzureRows.Read(found).Properties, written);

    private static bool IsSame(IReadOnlyDictionary<string, object> found, IReadOnlyDictionary<string, object> written) =>
        found.Count == written.Count && written.All(property => found.TryGetValue(property.Key, out var value) && (value, property.Value) switch
        {
            (byte[] one, byte[] other) => one.AsSpan().SequenceEqual(other),
            var (one, other) => one.Equals(other),
        });
}
