using Workflows.Activities.Cases;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.Tests.Cases;

/// <summary>Attempts at saving, as an engine makes them: the next version of a case only after an answer for this one.</summary>
internal sealed class Saving(
    ITables tables, Func<ITables, CaseStore> open, IReadOnlyList<IReadOnlyList<SaveCase>> histories, Random random, bool overlaps)
{
    private const int AttemptsMax = 4;

    private readonly GatedTables gate = new(tables);
    private readonly int[] saved = new int[histories.Count];
    private readonly Dictionary<int, (int Case, Task<Saved> Task)> current = [];
    private readonly int[] tries = new int[histories.Count];
    private int attempts;

    public void Run()
    {
        // An attempt goes on on this thread as soon as its operation is let through.
        SynchronizationContext.SetSynchronizationContext(null);
        var store = open(gate);
        while (true)
        {
            Answered();
            var ready = Enumerable.Range(0, histories.Count)
                .Where(one => saved[one] < histories[one].Count && current.Values.All(attempt => attempt.Case != one))
                .ToList();
            if (ready.Count > 0 && (gate.Waiting == 0 || random.Next(4) == 0))
            {
                Begin(store, ready[random.Next(ready.Count)]);
            }
            else if (gate.Waiting > 0)
            {
                gate.Let(random.Next(gate.Waiting));
                GiveUp(store);
            }
            else
            {
                return;
            }
        }
    }

    private void Begin(CaseStore store, int one)
    {
        gate.Attempt = ++attempts;
        tries[one]++;
        current[attempts] = (one, store.Run(histories[one][saved[one]], CancellationToken.None));
    }

    private void Answered()
    {
        foreach (var (attempt, (one, task)) in current.Where(entry => entry.Value.Task.IsCompleted).ToList())
        {
            current.Remove(attempt);
            if (task.Exception is { InnerException: not TableConflictException })
            {
                throw task.Exception;
            }

            if (task.IsCompletedSuccessfully)
            {
                saved[one]++;
                tries[one] = 0;
                if (random.Next(8) == 0)
                {
                    saved[one] -= random.Next(Math.Min(saved[one], 2) + 1);
                }
            }
        }
    }

    /// <summary>Somebody's patience ends: the attempt dies, or goes on unheard while the next begins.</summary>
    private void GiveUp(CaseStore store)
    {
        if (current.Count == 0 || random.Next(12) != 0)
        {
            return;
        }

        var (attempt, (one, task)) = current.ElementAt(random.Next(current.Count));
        if (task.IsCompleted || tries[one] >= AttemptsMax)
        {
            return;
        }

        current.Remove(attempt);
        if (!overlaps || random.Next(2) == 0)
        {
            gate.Crash(attempt);
        }

        Begin(store, one);
    }
}
