namespace Workflows.Orchestrations.Durable;

/// <summary>The activities a host can run, by the name of their request type.</summary>
public sealed class ActivityTable
{
    private readonly Dictionary<string, Func<byte[], CancellationToken, Task<byte[]>>> activities = [];

    /// <summary>All names, in ordinal order.</summary>
    public IEnumerable<string> Names => activities.Keys.Order(StringComparer.Ordinal);

    public ActivityTable Add<TRequest, TResult>(IActivityHandler<TRequest, TResult> handler)
        where TRequest : IActivity<TResult> => Add<TRequest, TResult>(handler.Run);

    public ActivityTable Add<TRequest, TResult>(Func<TRequest, CancellationToken, Task<TResult>> run)
        where TRequest : IActivity<TResult>
    {
        activities.Add(
            typeof(TRequest).Name,
            async (request, cancellation) => Wire.Write(await run(Wire.Read<TRequest>(request), cancellation)));
        return this;
    }

    /// <summary>Runs one request from bytes to bytes.</summary>
    /// <exception cref="KeyNotFoundException">No activity has this name.</exception>
    public Task<byte[]> Run(string name, byte[] request, CancellationToken cancellation) =>
        activities.TryGetValue(name, out var run)
            ? run(request, cancellation)
            : throw new KeyNotFoundException($"No activity is called {name}.");
}
