using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;

namespace Workflows.Server.Tests.Year;

/// <summary>A dispute of the year as the test has heard of it: its last saved state and its whole journal.</summary>
internal sealed class YearCase(Dispute registered)
{
    private readonly List<JournalEntry> journal = [];

    /// <summary>As it was registered, before anything was decided.</summary>
    public Dispute Registered { get; } = registered;

    public Dispute State { get; private set; } = registered;

    public int Version { get; private set; }

    public IReadOnlyList<JournalEntry> Journal => journal;

    /// <summary>Its handlers never sign.</summary>
    public bool IsDead { get; init; }

    /// <summary>Its parties never answer.</summary>
    public bool IsMute { get; init; }

    /// <summary>A step that is saved again after a first try happened once.</summary>
    public void Hear(int version, Dispute state, IReadOnlyList<JournalEntry> entries)
    {
        if (version <= Version)
        {
            return;
        }

        Assert.Equal(Version + 1, version);
        (Version, State) = (version, state);
        journal.AddRange(entries);
    }
}
