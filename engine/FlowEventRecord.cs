using Workflows.Orchestrations.Durable;

namespace Workflows.Engine;

/// <summary>What a history records. The numbers are in every file and never change.</summary>
internal enum EventKind : byte
{
    /// <summary>Name: the flow; Data: its input.</summary>
    Started = 1,

    /// <summary>Key: the command id; Name: its type; Moment: when it was accepted; Data: its body.</summary>
    Command = 2,

    /// <summary>Number: the call; Name: the activity; Key: the request's key; Data: the request.</summary>
    Called = 3,

    /// <summary>Number: the call; Name: the activity; Data: the result.</summary>
    Result = 4,

    /// <summary>Number: the call; Name: the activity; Key: the request's key; Moment: the attempts; Text: the reason.</summary>
    Failed = 5,

    /// <summary>Moment: the date that had come.</summary>
    DateReached = 6,

    /// <summary>Name: the other flow; Key: its id; Data: its input.</summary>
    FlowStarted = 7,

    /// <summary>Key: the other flow's id; Text: the command id; Name: its type; Number: the outcome; Data: its body.</summary>
    Sent = 8,

    /// <summary>As Started, for every generation but the first.</summary>
    Restarted = 9,

    /// <summary>Data: the result, when there is one.</summary>
    Completed = 10,
}

/// <summary>One recorded event; the kind says what its parts mean.</summary>
internal sealed record FlowEventRecord(
    EventKind Kind,
    int Number = 0,
    long Moment = 0,
    string? Name = null,
    string? Key = null,
    string? Text = null,
    byte[]? Data = null,
    Retry? Retry = null)
{
    /// <summary>The payload that holds Data in the file; 0 while it has none. Read without its payload, Data is null.</summary>
    public int Payload { get; set; }

    /// <summary>What reached the flow, as opposed to what its code did.</summary>
    public bool IsInput => Kind is EventKind.Started or EventKind.Restarted or EventKind.Command or EventKind.Result
        or EventKind.Failed or EventKind.DateReached;

    /// <summary>Whether replayed code does what this event says it did; what became of a sent command is not its doing.</summary>
    public bool IsSameAction(FlowEventRecord other) =>
        Kind == other.Kind && (Number == other.Number || Kind == EventKind.Sent) && Name == other.Name && Key == other.Key && Text == other.Text
        && Data.AsSpan().SequenceEqual(other.Data);

    /// <summary>For an incident: enough to recognise the action, without its body.</summary>
    public string Describe() => Kind switch
    {
        EventKind.Started => $"started {Name}",
        EventKind.Restarted => $"restarted {Name}",
        EventKind.Command => $"read command {Name} {Key}",
        EventKind.Called => $"called {Name} {Key} (call {Number}, {Fingerprint})",
        EventKind.Result => $"got the result of call {Number} {Name}",
        EventKind.Failed => $"got the failure of call {Number} {Name}",
        EventKind.DateReached => $"reached the date {Codes.Time(Moment):O}",
        EventKind.FlowStarted => $"started flow {Name} {Key} ({Fingerprint})",
        EventKind.Sent => $"sent {Name} {Text} to {Key} ({Fingerprint})",
        EventKind.Completed => "completed",
        _ => throw new InvalidDataException($"No event has the kind {Kind}."),
    };

    private string Fingerprint
    {
        get
        {
            var data = Data ?? [];
            var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(data).AsSpan(0, 4));
            return $"{data.Length} bytes, {hash}";
        }
    }
}

/// <summary>What one episode recorded.</summary>
internal sealed record Episode(long At, IReadOnlyList<FlowEventRecord> Events)
{
    /// <summary>With what lies in payloads.</summary>
    /// <exception cref="InvalidDataException">A payload is missing.</exception>
    public Episode Whole(Func<int, byte[]?> payload)
    {
        if (Events.All(item => item.Payload == 0))
        {
            return this;
        }

        return this with
        {
            Events = [.. Events.Select(item => item.Payload == 0 ? item : item with
            {
                Data = payload(item.Payload)
                    ?? throw new InvalidDataException($"The history is damaged: payload {item.Payload} is missing."),
            })],
        };
    }
}
