using Workflows.Orchestrations.Durable;

namespace Workflows.Engine;

/// <summary>How the engine's words are written in the file. The numbers and words are in every file and never change.</summary>
internal static class Codes
{
    public static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    public static long Of(FlowState state) => state switch
    {
        FlowState.Running => 0,
        FlowState.Suspended => 1,
        FlowState.Blocked => 2,
        FlowState.Completed => 3,
        FlowState.Terminated => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static FlowState State(long code) => code switch
    {
        0 => FlowState.Running,
        1 => FlowState.Suspended,
        2 => FlowState.Blocked,
        3 => FlowState.Completed,
        4 => FlowState.Terminated,
        _ => throw new InvalidDataException($"No state has the code {code}."),
    };

    public static int Of(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Accepted => 0,
        SendOutcome.Repeated => 1,
        SendOutcome.NotFound => 2,
        SendOutcome.Ended => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    public static SendOutcome Outcome(int code) => code switch
    {
        0 => SendOutcome.Accepted,
        1 => SendOutcome.Repeated,
        2 => SendOutcome.NotFound,
        3 => SendOutcome.Ended,
        _ => throw new InvalidDataException($"No outcome has the code {code}."),
    };

    public static string Word(EventKind kind) => kind switch
    {
        EventKind.Started => "started",
        EventKind.Command => "command",
        EventKind.Called => "called",
        EventKind.Result => "result",
        EventKind.Failed => "failed",
        EventKind.DateReached => "date-reached",
        EventKind.FlowStarted => "flow-started",
        EventKind.Sent => "sent",
        EventKind.Restarted => "restarted",
        EventKind.Completed => "completed",
        _ => throw new InvalidDataException($"No event has the kind {kind}."),
    };
}
