using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Web.Http;

namespace Workflows.Web.Parties;

/// <summary>
/// Keeps guessing of codes out: few wrong codes for one address, and not many from all addresses together. While it is
/// shut nobody's code is looked at, since a right one that opens would be what a guesser wants to know.
/// </summary>
/// <remarks>
/// Counted in this process; several hosts of one county each count their own. The numbers are operator defaults: a
/// person mistypes a few times, an office counts as one address, and at 600 an hour finding one of a million codes by
/// guessing would take more than a century.
/// </remarks>
public sealed class PartyGate : IDisposable
{
    public const int WrongOfOneMax = 10;
    public const int WrongOfAllMax = 600;

    private readonly PartitionedRateLimiter<HttpContext> wrong = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<HttpContext, string>(http => RateLimitPartition.GetFixedWindowLimiter(
            ClientAddress.Of(http), _ => Window(WrongOfOneMax, TimeSpan.FromMinutes(15)))),
        PartitionedRateLimiter.Create<HttpContext, string>(_ => RateLimitPartition.GetFixedWindowLimiter(
            "all", _ => Window(WrongOfAllMax, TimeSpan.FromHours(1)))));

    /// <summary>Null when a code may be looked at; else how long to wait.</summary>
    public TimeSpan? ShutFor(HttpContext http)
    {
        // No permit is taken here: right codes cost nothing.
        using var lease = wrong.AttemptAcquire(http, 0);
        return lease.IsAcquired ? null : PartyLimits.RetryAfter(lease);
    }

    public void Wrong(HttpContext http) => wrong.AttemptAcquire(http).Dispose();

    public void Dispose() => wrong.Dispose();

    private static FixedWindowRateLimiterOptions Window(int permits, TimeSpan window) => new() { PermitLimit = permits, Window = window };
}

/// <summary>How often one address may ask at all, right or wrong.</summary>
internal static class PartyLimits
{
    public const string Policy = "party";
    public const int AMinuteMax = 120;

    public static IServiceCollection AddPartyLimits(this IServiceCollection services) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.AddPolicy(Policy, http => RateLimitPartition.GetFixedWindowLimiter(
            ClientAddress.Of(http), _ => new FixedWindowRateLimiterOptions { PermitLimit = AMinuteMax, Window = TimeSpan.FromMinutes(1) }));
        options.OnRejected = async (context, _) => await TooMany(context.HttpContext, RetryAfter(context.Lease)).ExecuteAsync(context.HttpContext);
    });

    public static TimeSpan RetryAfter(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);

    /// <summary>The answer to who asks too often: a problem, or a page where a page was asked for.</summary>
    public static IResult TooMany(HttpContext http, TimeSpan after)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(after.TotalSeconds));
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return http.Request.Path.StartsWithSegments(PartyPages.Path, StringComparison.OrdinalIgnoreCase)
            ? PartyHtml.Message(StatusCodes.Status429TooManyRequests, "请稍后再试", $"查询过于频繁，请在{(seconds + 59) / 60}分钟后再试。")
            : Reply.Of(StatusCodes.Status429TooManyRequests, "too-often", "Too often.", $"Try again in {seconds} seconds.");
    }
}
