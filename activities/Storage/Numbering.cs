using System.Security.Cryptography;
using System.Text;

namespace Workflows.Activities.Storage;

/// <summary>
/// Official numbers without gaps. A series is a partition; the counter and the row that says who got the number are
/// written in one batch, so a crash can neither lose a number nor give one twice.
/// </summary>
public sealed class Numbering(ITables tables) : IDisposable
{
    private const string Table = "Numbers";
    private const string CounterRow = "counter";
    private const int AttemptsMax = 20;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(50);

    // Callers of one process queue here instead of losing against each other in the store.
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>The next number of the series, from 1; for a key that has one already, that number.</summary>
    /// <param name="series">For example <c>sheets.2026</c>; a valid partition key.</param>
    /// <param name="key">What gets the number, stable over all attempts.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TableConflictException">Others were faster every time; try later.</exception>
    public async Task<long> Next(string series, string key, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await Try(series, key, cancellation);
                }
                catch (TableConflictException) when (attempt < AttemptsMax)
                {
                    await Task.Delay(LongestWait * Random.Shared.NextDouble(), cancellation);
                }
            }
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<long> Try(string series, string key, CancellationToken cancellation)
    {
        // Keys are free text, row keys are not.
        var row = "key:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        if (await tables.Get(Table, series, row, cancellation) is { } given)
        {
            return given.Number("Number");
        }

        var counter = await tables.Get(Table, series, CounterRow, cancellation);
        var number = (counter?.Number("Last") ?? 0) + 1;
        var last = new Dictionary<string, object> { ["Last"] = number };
        await tables.Submit(
            Table,
            series,
            [
                counter is null
                    ? new TableOperation.Insert(CounterRow, last)
                    : new TableOperation.Replace(CounterRow, last, counter.ETag!),
                new TableOperation.Insert(row, new Dictionary<string, object> { ["Number"] = number, ["Key"] = key }),
            ],
            cancellation);
        return number;
    }
}
