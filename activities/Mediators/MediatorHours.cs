using System.Globalization;
using System.Text.Json;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.Mediators;

/// <summary>
/// Hours of a mediator that are just being planned. What is planned is in its case; a claim bridges the moment until it
/// is there, so that two plans of one instant meet in one row and only one goes through. It lapses by itself.
/// </summary>
public sealed class MediatorHours(ITables tables, TimeProvider time)
{
    /// <summary>Technical: longer than a command is on its way.</summary>
    public static readonly TimeSpan Lapse = TimeSpan.FromMinutes(1);

    private const string Table = "MediatorHours";
    private const string Property = "Claims";
    private const int AttemptsMax = 20;

    /// <summary>Claims the hours of a plan for a case; what the case has claimed before is no obstacle.</summary>
    /// <returns>The case that has just claimed some of them; null when they are this one's.</returns>
    /// <exception cref="TableConflictException">Others were faster every time; try later.</exception>
    public async Task<string?> Claim(string mediator, PlannedSession plan, string caseId, CancellationToken cancellation = default)
    {
        var day = plan.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        for (var attempt = 1; ; attempt++)
        {
            var row = await tables.Get(Table, mediator, day, cancellation);
            var now = time.GetUtcNow();
            List<Claimed> claims = row is null ? [] : [.. Read(row).Where(claim => claim.Until > now)];
            if (claims.Find(claim => claim.Case != caseId && claim.From < plan.To && plan.From < claim.To) is { } other)
            {
                return other.Case;
            }

            claims.Add(new Claimed(caseId, plan.From, plan.To, now + Lapse));
            var written = new Dictionary<string, object> { [Property] = JsonSerializer.Serialize(claims, Wire.Options) };
            try
            {
                await tables.Submit(
                    Table, mediator, [row is null ? new TableOperation.Insert(day, written) : new TableOperation.Replace(day, written, row.ETag!)], cancellation);
                return null;
            }
            catch (TableConflictException) when (attempt < AttemptsMax)
            {
                // Somebody was faster and may have left room: look again.
            }
        }
    }

    private static List<Claimed> Read(Entity row) => JsonSerializer.Deserialize<List<Claimed>>(row.Text(Property), Wire.Options)!;

    /// <param name="Case">For which.</param>
    /// <param name="From">Local.</param>
    /// <param name="To">Local.</param>
    /// <param name="Until">UTC; it has lapsed then.</param>
    private sealed record Claimed(string Case, TimeOnly From, TimeOnly To, DateTimeOffset Until);
}
