using System.Diagnostics.CodeAnalysis;

namespace Workflows.Orchestrations.Calendar;

/// <summary>The policies of one rule set, by id.</summary>
public sealed class PolicyBook
{
    private readonly Dictionary<string, DeadlinePolicy> byId;

    /// <exception cref="ArgumentException">
    /// Two policies share an id; <see cref="CalendarData"/> refuses it earlier.
    /// </exception>
    public PolicyBook(IReadOnlyList<DeadlinePolicy> policies)
    {
        byId = policies.ToDictionary(policy => policy.Id, StringComparer.Ordinal);
        All = [.. policies.OrderBy(policy => policy.Id, StringComparer.Ordinal)];
    }

    /// <summary>Ordered by id.</summary>
    public IReadOnlyList<DeadlinePolicy> All { get; }

    /// <exception cref="KeyNotFoundException">No policy has this id; the message names it.</exception>
    public DeadlinePolicy this[string id] =>
        byId.TryGetValue(id, out var policy) ? policy : throw new KeyNotFoundException($"There is no policy {id}.");

    public bool TryGet(string id, [NotNullWhen(true)] out DeadlinePolicy? policy) => byId.TryGetValue(id, out policy);
}
