using Workflows.Orchestrations.Durable;

namespace Workflows.Engine;

/// <summary>A flow in memory: its row, its unread inbox and, when it is awake, its code where it waits.</summary>
internal sealed class FlowEntry
{
    private const long RowBytes = 800;
    private const long ExecutionBytes = 2_000;
    private const long ItemBytes = 200;
    private const int InboxSeenMax = 20;

    public FlowEntry() => Node = new(this);

    public required long Number { get; init; }

    public required string Id { get; init; }

    public required string Definition { get; init; }

    public required int Version { get; init; }

    public required long Created { get; init; }

    /// <summary>The id of the flow that started it.</summary>
    public string? Starter { get; init; }

    /// <summary>As JSON, in the order of their keys.</summary>
    public byte[]? Tags { get; init; }

    public FlowState State { get; set; }

    public long Updated { get; set; }

    public int Generation { get; set; } = 1;

    public string? WaitsFor { get; set; }

    public long? Due { get; set; }

    public byte[]? Status { get; set; }

    public byte[]? Result { get; set; }

    public string? Incident { get; set; }

    /// <summary>Calls are under way: after a crash they are dispatched again.</summary>
    public bool IsAwake { get; set; }

    /// <summary>The file may remember command ids of it.</summary>
    public bool HasCommands { get; set; }

    /// <summary>The file may hold later attempts of its calls.</summary>
    public bool HasAttempts { get; set; }

    /// <summary>The file may hold counted tries and dead letters of it.</summary>
    public bool HasTries { get; set; }

    /// <summary>Of this generation; the next episode's place in the history.</summary>
    public int Episodes { get; set; }

    /// <summary>The last payload's number; 0 when it never had one.</summary>
    public int Payloads { get; set; }

    /// <summary>The payload that holds the result.</summary>
    public int Kept { get; set; }

    public LinkedList<InboxItem> Inbox { get; } = [];

    public FlowExecution? Execution
    {
        get;
        set
        {
            field = value;
            CodeBytes = 0;
        }
    }

    /// <summary>What the code where it waits is taken to hold: twice the largest step it has seen.</summary>
    public long CodeBytes { get; set; }

    /// <summary>What of the resident memory is counted for it.</summary>
    public long Bytes { get; set; }

    /// <summary>In the queue of flows whose episode comes next.</summary>
    public bool IsReady { get; set; }

    // What the file holds, to write only what changed.
    public bool IsStored { get; set; }

    public bool IsDirty { get; set; }

    public bool IsReadyStored { get; set; }

    public FlowState StateStored { get; set; }

    public long? DueStored { get; set; }

    public long LastPlace { get; set; }

    public List<InboxItem> Unstored { get; } = [];

    /// <summary>What is wrong with its stored inbox; the flow is blocked when it comes to run.</summary>
    public string? Damage { get; set; }

    /// <summary>Touched by the present batch.</summary>
    public bool IsTouched { get; set; }

    /// <summary>Replaced or purged within the batch.</summary>
    public bool IsGone { get; set; }

    public LinkedListNode<FlowEntry> Node { get; }

    /// <summary>About how much memory it takes; an estimate that errs a little high.</summary>
    public long Estimate()
    {
        var bytes = RowBytes + (Status?.Length ?? 0) + (Tags?.Length ?? 0) + (Execution is null ? 0 : ExecutionBytes + CodeBytes);
        var seen = 0;
        for (var node = Inbox.First; node is not null && seen < InboxSeenMax; node = node.Next, seen++)
        {
            bytes += ItemBytes + (node.Value.Content.Data?.Length ?? 0);
        }

        // A long inbox is not walked at every step; the rest is taken to be like the first.
        return seen < InboxSeenMax ? bytes : bytes * Inbox.Count / InboxSeenMax;
    }

    public bool IsEnded => State is FlowState.Completed or FlowState.Terminated;
}

/// <summary>Something that reached a flow and was not read yet.</summary>
internal sealed class InboxItem(FlowEventRecord content)
{
    public FlowEventRecord Content { get; } = content;

    /// <summary>Its row; 0 while it has none.</summary>
    public long Place { get; set; }

    /// <summary>Read by the episode that runs; back again when that episode fails.</summary>
    public bool IsTaken { get; set; }
}
