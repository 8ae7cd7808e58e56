namespace Workflows.Activities.Storage;

/// <summary>How often and how long an Azure store is asked before the caller hears that it failed.</summary>
public sealed record AzurePatience
{
    /// <summary>All tries of one operation, the first included.</summary>
    public int TriesMax { get; init; } = 6;

    /// <summary>Between the first two tries; doubled every time.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Also the longest that a throttling answer's Retry-After is obeyed.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>One try on a table; the largest batch is 4 MiB.</summary>
    public TimeSpan TableTry { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>One try on a blob, which may be large.</summary>
    public TimeSpan BlobTry { get; init; } = TimeSpan.FromSeconds(60);
}
