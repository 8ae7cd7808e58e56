using System.Collections.Concurrent;
using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.Cases;

/// <summary>
/// Waits until a case has answered a command. Told by the store at once when the flow runs in this process; looks
/// again now and then for the case that it runs elsewhere.
/// </summary>
public sealed class StepWatch : IDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    private readonly CaseStore cases;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> steps = [];

    public StepWatch(CaseStore cases)
    {
        this.cases = cases;
        cases.StepSaved += Wake;
    }

    /// <summary>The case once it satisfies, or as it is when <paramref name="patience"/> (real time) is over.</summary>
    public async Task<(CaseRecord<TState>? Record, bool Satisfied)> Until<TState>(
        string kind, string id, Func<CaseRecord<TState>, bool> satisfied, TimeSpan patience, CancellationToken cancellation)
    {
        var deadline = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            // Taken before the look, so that a step saved in between is not slept through.
            var step = steps.GetOrAdd(id, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            var record = await cases.Get<TState>(kind, id, cancellation);
            if (record is not null && satisfied(record))
            {
                return (record, true);
            }

            var left = patience - deadline.Elapsed;
            if (left <= TimeSpan.Zero)
            {
                steps.TryRemove(id, out _);
                return (record, false);
            }

            await Task.WhenAny(step.Task, Task.Delay(left < LookAgain ? left : LookAgain, cancellation));
            cancellation.ThrowIfCancellationRequested();
        }
    }

    public void Dispose() => cases.StepSaved -= Wake;

    private void Wake(SaveCase saved)
    {
        if (steps.TryRemove(saved.Id, out var step))
        {
            step.SetResult();
        }
    }
}
