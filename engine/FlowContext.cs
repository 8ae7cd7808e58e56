namespace Workflows.Engine;

/// <summary>
/// Flow code continues on the engine's thread, within the step, or not at all. A post from anywhere else means that
/// it awaited something which the engine does not know and could not replay.
/// </summary>
internal sealed class FlowContext(Action foreign) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> posted = new();
    private int thread;

    public bool IsRunning => thread == Environment.CurrentManagedThreadId;

    /// <summary>Runs a piece of flow code and whatever it posts.</summary>
    public void Run(Action code)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        Volatile.Write(ref thread, Environment.CurrentManagedThreadId);
        try
        {
            code();
            while (posted.TryDequeue(out var next))
            {
                next.Callback(next.State);
            }
        }
        finally
        {
            Volatile.Write(ref thread, 0);
            SetSynchronizationContext(outer);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsRunning)
        {
            posted.Enqueue((d, state));
        }
        else
        {
            foreign();
        }
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Flow code is never sent work from outside.");

    public override SynchronizationContext CreateCopy() => this;
}
