namespace Workflows.Engine;

/// <summary>Something for the engine's thread.</summary>
internal abstract class EngineInput
{
    /// <summary>Within the batch.</summary>
    public abstract void Apply(EngineLoop loop);

    /// <summary>After the batch is durable.</summary>
    public virtual void Committed(EngineLoop loop)
    {
    }

    /// <summary>The batch was not written, or never will be.</summary>
    public virtual void Failed(Exception reason)
    {
    }

    /// <summary>A failed batch may not lose it.</summary>
    public virtual bool IsRepeated => false;
}

/// <summary>What a client asks; answered after the commit.</summary>
internal sealed class Request<TAnswer>(Func<EngineLoop, TAnswer> apply) : EngineInput
{
    private readonly TaskCompletionSource<TAnswer> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TAnswer answer = default!;

    public Task<TAnswer> Answer => source.Task;

    public override void Apply(EngineLoop loop) => answer = apply(loop);

    public override void Committed(EngineLoop loop) => source.TrySetResult(answer);

    public override void Failed(Exception reason) => source.TrySetException(reason);
}

/// <summary>An attempt has ended.</summary>
internal sealed class CallEnded(CallOutcome outcome) : EngineInput
{
    public override bool IsRepeated => true;

    public override void Apply(EngineLoop loop) => loop.Answer(outcome);

    public override void Committed(EngineLoop loop) => loop.CallIsOver(outcome.Job);
}

/// <summary>A date has come.</summary>
internal sealed class DateCame : EngineInput
{
    public override void Apply(EngineLoop loop) => loop.Rang();
}

/// <summary>Flow code went on outside its step.</summary>
internal sealed class ForeignTouch(FlowExecution execution) : EngineInput
{
    public override bool IsRepeated => true;

    public override void Apply(EngineLoop loop) => loop.StopForeign(execution);
}

/// <summary>Time to say that the owner lives.</summary>
internal sealed class HeartbeatCame : EngineInput
{
    public override bool IsRepeated => true;

    public override void Apply(EngineLoop loop) => loop.Renew();

    public override void Committed(EngineLoop loop) => loop.ArmHeartbeat();
}
