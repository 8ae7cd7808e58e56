namespace Workflows.Activities.Notices;

/// <summary>Keeps one mailbox within the limits of Exchange Online: 30 messages in any minute, 4 requests at once.</summary>
/// <remarks>
/// Sources: Exchange Online limits, "message rate limit"; Microsoft Graph throttling limits, "Outlook service". Both are
/// counted for this process; another one that sends from the same mailbox is noticed by the service's 429 only.
/// </remarks>
internal sealed class GraphPace(TimeProvider time, TimeSpan patience) : IDisposable
{
    public const int AtOnceMax = 4;
    public const int PerMinuteMax = 30;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim places = new(AtOnceMax);

    // Moments of the last sends, also of those that wait for theirs; the oldest first.
    private readonly Queue<DateTimeOffset> sends = new();

    /// <summary>Waits for one of the places; disposing gives it back.</summary>
    /// <exception cref="MailUnavailableException">None came free in time.</exception>
    public async Task<IDisposable> Enter(CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await places.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new MailUnavailableException($"The mailbox has {AtOnceMax} mails under way.", Minute);
        }

        return new Place(places);
    }

    /// <summary>Waits until the mailbox may send one more message.</summary>
    /// <exception cref="MailUnavailableException">That would be too long; says how long.</exception>
    public async Task MaySend(CancellationToken cancellation)
    {
        if (Reserve() is var wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellation);
        }
    }

    public void Dispose() => places.Dispose();

    private TimeSpan Reserve()
    {
        lock (sends)
        {
            var now = time.GetUtcNow();
            var wait = sends.Count == PerMinuteMax ? sends.Peek() + Minute - now : TimeSpan.Zero;
            wait = wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
            if (wait > patience)
            {
                throw new MailUnavailableException($"The mailbox has sent {PerMinuteMax} mails within a minute.", wait);
            }

            if (sends.Count == PerMinuteMax)
            {
                sends.Dequeue();
            }

            sends.Enqueue(now + wait);
            return wait;
        }
    }

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
