using Workflows.Orchestrations.Durable;

namespace Workflows.Engine.Tests.Simulation;

/// <summary>What flows of a simulation ask of the outside.</summary>
public sealed record Do(string Flow, string What) : IActivity<string>
{
    public string Key => $"{Flow}/{What}";
}

/// <summary>How the outside takes a request. It follows from the key, so a run without faults has the same.</summary>
internal enum Fate
{
    Fine,
    Slow,
    FailsOnce,
    FailsTwice,
    HangsOnce,
    Down,
}

/// <summary>When the process dies within an attempt.</summary>
internal enum Death
{
    None,
    BeforeTheEffect,
    AfterTheEffect,
}

/// <summary>The outside: it outlives every crash and remembers what was done to it.</summary>
internal sealed class World
{
    private const int AttemptsMax = 3;

    private readonly Dictionary<string, int> attempts = new(StringComparer.Ordinal);

    public World() => Activities = new ActivityTable().Add<Do, string>(Run);

    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(10);

    public ActivityTable Activities { get; }

    /// <summary>Effects by key.</summary>
    public Dictionary<string, int> Effects { get; } = new(StringComparer.Ordinal);

    /// <summary>Attempts under way that answer when the simulation likes.</summary>
    public List<(CallJob Job, TaskCompletionSource<string> Answer)> Slow { get; } = [];

    /// <summary>Attempts that never answer.</summary>
    public int Hanging { get; private set; }

    public Death Death { get; set; }

    /// <summary>The attempt that runs.</summary>
    public CallJob? Running { get; set; }

    /// <summary>Told of every answer that is given.</summary>
    public Action<CallJob, string>? Answered { get; set; }

    public static Retry RetryOf(string key) => new(
        AttemptsMax,
        TimeSpan.FromMinutes(1),
        2,
        TimeSpan.FromHours(1),
        FateOf(key) == Fate.HangsOnce ? Patience : TimeSpan.FromDays(30));

    /// <summary>What a flow learns in the end, whatever happens in between.</summary>
    public static string Expected(string key) =>
        FateOf(key) == Fate.Down ? $"{key} failed after {AttemptsMax}" : "did " + key;

    public static Fate FateOf(string key) => (Hash(key) % 100) switch
    {
        < 50 => Fate.Fine,
        < 70 => Fate.Slow,
        < 80 => Fate.FailsOnce,
        < 87 => Fate.FailsTwice,
        < 92 => Fate.HangsOnce,
        _ => Fate.Down,
    };

    /// <summary>Stable over processes, as string's own is not.</summary>
    public static uint Hash(string text)
    {
        var hash = 2_166_136_261u;
        foreach (var letter in text)
        {
            hash = unchecked((hash ^ letter) * 16_777_619u);
        }

        return hash ^ (hash >> 15);
    }

    public void Answer(int slow)
    {
        var (job, answer) = Slow[slow];
        Slow.RemoveAt(slow);
        answer.SetResult("did " + job.Key);
        Answered?.Invoke(job, "did " + job.Key);
    }

    /// <summary>The process is gone, and with it whoever waited for an answer.</summary>
    public void Crash()
    {
        Slow.Clear();
        Hanging = 0;
        Death = Death.None;
    }

    private Task<string> Run(Do request, CancellationToken cancellation)
    {
        var job = Running!;
        var attempt = attempts[request.Key] = attempts.GetValueOrDefault(request.Key) + 1;
        if (Death == Death.BeforeTheEffect)
        {
            return new TaskCompletionSource<string>().Task;
        }

        var fate = FateOf(request.Key);
        if (fate == Fate.HangsOnce && attempt == 1)
        {
            Hanging++;
            cancellation.Register(() => Hanging--);
            return new TaskCompletionSource<string>().Task;
        }

        if (fate == Fate.Down || (fate == Fate.FailsOnce && attempt == 1) || (fate == Fate.FailsTwice && attempt <= 2))
        {
            throw new IOException("down");
        }

        Effects[request.Key] = Effects.GetValueOrDefault(request.Key) + 1;
        if (Death == Death.AfterTheEffect)
        {
            return new TaskCompletionSource<string>().Task;
        }

        if (fate == Fate.Slow)
        {
            var answer = new TaskCompletionSource<string>();
            Slow.Add((job, answer));
            return answer.Task;
        }

        Answered?.Invoke(job, "did " + request.Key);
        return Task.FromResult("did " + request.Key);
    }
}
