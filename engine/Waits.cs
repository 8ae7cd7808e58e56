using System.Text.Json;
using Workflows.Orchestrations.Durable;

namespace Workflows.Engine;

/// <summary>A call whose result the flow does not have yet.</summary>
internal abstract class PendingCall(int number, string name, string key)
{
    public int Number { get; } = number;

    public string Name { get; } = name;

    public string Key { get; } = key;

    /// <exception cref="JsonException">The recorded result is not what the code expects.</exception>
    public abstract void Complete(byte[] result);

    public abstract void Fail(int attempts, string reason);
}

/// <summary>Continuations run inline: the step goes on where the result is handed over.</summary>
internal sealed class PendingCall<TResult>(int number, string name, string key) : PendingCall(number, name, key)
{
    private readonly TaskCompletionSource<TResult> source = new();

    public Task<TResult> Task => source.Task;

    public override void Complete(byte[] result) => source.SetResult(Wire.Read<TResult>(result));

    public override void Fail(int attempts, string reason) =>
        source.SetException(new ActivityFailedException(Name, Key, attempts, reason));
}

/// <summary>The flow's one open wait for a command or a date.</summary>
internal abstract class OpenWait(long? until)
{
    /// <summary>UTC ticks; null waits without end.</summary>
    public long? Until { get; } = until;

    /// <summary>Hands over a command, or the news that the date has come.</summary>
    public abstract void Complete(FlowEventRecord? command);
}

internal sealed class OpenWait<TCommand>(long? until) : OpenWait(until)
    where TCommand : class
{
    private readonly TaskCompletionSource<Received<TCommand>?> source = new();

    public Task<Received<TCommand>?> Task => source.Task;

    public override void Complete(FlowEventRecord? command) =>
        source.SetResult(command is null ? null : Read(command));

    /// <exception cref="JsonException">The command is none that the code expects.</exception>
    public static Received<TCommand> Read(FlowEventRecord command) =>
        new(command.Key!, Codes.Time(command.Moment), Wire.Read<TCommand>(command.Data));
}
