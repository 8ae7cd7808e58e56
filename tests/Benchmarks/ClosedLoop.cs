using System.Diagnostics;

namespace Workflows.Benchmarks;

/// <summary>Clients that each ask again once they are answered, so that a constant number of things is under way.</summary>
internal static class ClosedLoop
{
    /// <summary>Does <paramref name="count"/> things, gives how many were done per second.</summary>
    public static async Task<double> PerSecond(int count, int outstanding, Func<int, Task> operate)
    {
        var next = -1;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Math.Min(count, outstanding)).Select(_ => Client()));
        return count / watch.Elapsed.TotalSeconds;

        async Task Client()
        {
            for (int number; (number = Interlocked.Increment(ref next)) < count;)
            {
                await operate(number);
            }
        }
    }
}

/// <summary>Clients that go on beside something else that is measured.</summary>
internal sealed class Service : IAsyncDisposable
{
    private readonly Func<int, Task> operate;
    private readonly Task clients;
    private int next;
    private long done;
    private volatile bool isOver;

    public Service(int outstanding, int first, Func<int, Task> operate)
    {
        this.operate = operate;
        next = first - 1;
        clients = Task.WhenAll(Enumerable.Range(0, outstanding).Select(_ => Client()));
    }

    public long Done => Interlocked.Read(ref done);

    /// <summary>The rate from now on for so long.</summary>
    public async Task<double> PerSecond(TimeSpan window)
    {
        var (before, watch) = (Done, Stopwatch.StartNew());
        await Task.WhenAny(clients, Task.Delay(window));
        return (Done - before) / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Lets what is under way end; gives on what went wrong.</summary>
    public async ValueTask DisposeAsync()
    {
        isOver = true;
        await clients;
    }

    private async Task Client()
    {
        while (!isOver)
        {
            await operate(Interlocked.Increment(ref next));
            Interlocked.Increment(ref done);
        }
    }
}
