namespace Workflows.Functions.Tests.Scripted;

/// <summary>What goes wrong between a flow and its platform. Nothing does, unless a test says so.</summary>
internal class Disorder
{
    /// <summary>When a poke arrives after it was raised; empty when it is lost, several when it is doubled.</summary>
    public virtual IEnumerable<TimeSpan> Pokes() => [TimeSpan.Zero];

    /// <summary>How much later (or, negative, earlier) than its date a timer fires.</summary>
    public virtual TimeSpan Timer() => TimeSpan.Zero;

    /// <summary>When an activity runs after it was scheduled; several when it runs more than once.</summary>
    public virtual IEnumerable<TimeSpan> Runs() => [TimeSpan.Zero];

    /// <summary>Which of several waiting messages an instance is given in its next episode, in which order.</summary>
    public virtual IReadOnlyList<T> Batch<T>(IReadOnlyList<T> waiting) => waiting;
}

/// <summary>Loses, doubles, delays and reorders by a seed; timers fire up to a second early and half a minute late.</summary>
internal sealed class SeededDisorder(int seed) : Disorder
{
    private readonly Random random = new(seed);

    public override IEnumerable<TimeSpan> Pokes() => random.Next(10) switch
    {
        < 3 => [],
        < 5 => [Late(40), Late(3)],
        < 7 => [Late(20)],
        _ => [TimeSpan.Zero],
    };

    public override TimeSpan Timer() => random.Next(4) switch
    {
        0 => TimeSpan.FromMilliseconds(-random.Next(950)),
        1 => Late(30),
        _ => TimeSpan.Zero,
    };

    public override IEnumerable<TimeSpan> Runs() => random.Next(8) switch
    {
        0 => [Late(2), Late(90)],
        1 => [Late(5)],
        _ => [TimeSpan.Zero],
    };

    public override IReadOnlyList<T> Batch<T>(IReadOnlyList<T> waiting)
    {
        var shuffled = waiting.ToArray();
        random.Shuffle(shuffled);
        return [.. shuffled.Take(random.Next(1, shuffled.Length + 1))];
    }

    private TimeSpan Late(int seconds) => TimeSpan.FromMilliseconds(random.Next(seconds * 1000));
}
