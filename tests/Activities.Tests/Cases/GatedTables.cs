using Workflows.Activities.Storage;

namespace Workflows.Activities.Tests.Cases;

/// <summary>
/// Tables whose every operation waits until the test lets it through, or never: attempts go on in any interleaving, and
/// one that is never let through again is a crash.
/// </summary>
internal sealed class GatedTables(ITables tables) : ITables
{
    private readonly List<(int Attempt, Func<Task> Go)> waiting = [];

    /// <summary>The attempt that now begins or goes on; its operations stand under it.</summary>
    public int Attempt { get; set; }

    public int Waiting => waiting.Count;

    public Task<Entity?> Get(string table, string partition, string row, CancellationToken cancellation = default) =>
        Wait(() => tables.Get(table, partition, row, cancellation));

    public Task<EntityPage> Query(
        string table, RowRange range, int size, string? after = null, CancellationToken cancellation = default) =>
        Wait(() => tables.Query(table, range, size, after, cancellation));

    public Task Submit(
        string table, string partition, IReadOnlyList<TableOperation> operations, CancellationToken cancellation = default) =>
        Wait(async () =>
        {
            await tables.Submit(table, partition, operations, cancellation);
            return true;
        });

    /// <summary>Lets one waiting operation through; its attempt goes on at once, on this thread.</summary>
    public void Let(int index)
    {
        var (attempt, go) = waiting[index];
        waiting.RemoveAt(index);
        Attempt = attempt;
        _ = go();
    }

    /// <summary>The attempt dies: what it waits for never happens.</summary>
    public void Crash(int attempt) => waiting.RemoveAll(operation => operation.Attempt == attempt);

    private Task<T> Wait<T>(Func<Task<T>> operation)
    {
        var answer = new TaskCompletionSource<T>();
        waiting.Add((Attempt, Go));
        return answer.Task;

        async Task Go()
        {
            try
            {
                answer.SetResult(await operation());
            }
            catch (TableConflictException conflict)
            {
                answer.SetException(conflict);
            }
        }
    }
}
