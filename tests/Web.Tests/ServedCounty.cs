using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workflows.Engine;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Server;
using Workflows.Testing;
using Workflows.Web.Cases;

namespace Workflows.Web.Tests;

/// <summary>
/// A county with the repository's seeds on a clock that stands still, served by Kestrel on a real loopback port. Beside
/// the county's own plan there is a small one, <c>small</c>, of one task for two units.
/// </summary>
public sealed class ServedCounty : IAsyncLifetime
{
    public const string SmallTask = "small.T1";
    public const string SmallTitle = "疏导机制<试点>&\"一站式\"";
    private readonly TempFolder folder = new();
    private WebApplication app = null!;

    /// <summary>A Monday, when the offices are open.</summary>
    public static DateTimeOffset Begins { get; } = new(2025, 9, 15, 9, 0, 0, TimeSpan.FromHours(8));

    /// <summary>Adds routes or services' settings of one test before the county is served.</summary>
    public Action<WebApplication>? BeforeStart { get; init; }

    /// <summary>Changes a copy of the seeds, given its folder.</summary>
    public Action<string>? ChangeSeeds { get; init; }

    public bool Quiet { get; init; } = true;

    public CapturedLogs Logs { get; } = new();

    public VirtualClock Clock { get; } = new(Begins);

    public County County { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public IServiceProvider Services => app.Services;

    public Uri Address { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        using var logs = LoggerFactory.Create(logging => logging.AddProvider(Logs));
        County = await County.Open(
            new CountyOptions(folder.File("data"), Seeds()), Clock, logs, [SmallPlan], Cancellation);
        app = CountyHost.Build(County, port: 0, Quiet);
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(Logs);
        BeforeStart?.Invoke(app);
        await app.StartAsync(Cancellation);
        Address = new Uri(app.Urls.Single());
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        if (County is not null)
        {
            await County.DisposeAsync();
        }

        folder.Dispose();
    }

    /// <summary>A county of one test alone.</summary>
    public static async Task<ServedCounty> Start(
        Action<WebApplication>? beforeStart = null, bool quiet = true, Action<string>? changeSeeds = null)
    {
        var county = new ServedCounty { BeforeStart = beforeStart, Quiet = quiet, ChangeSeeds = changeSeeds };
        await county.InitializeAsync();
        return county;
    }

    /// <summary>Stops serving and serves the same data again.</summary>
    public async Task Restart()
    {
        Http.Dispose();
        await app.DisposeAsync();
        await County.DisposeAsync();
        await InitializeAsync();
    }

    public Task<Answer> Get(string path) => Send(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Posts an object as JSON, or a string as it stands.</summary>
    public Task<Answer> Post(string path, object body, string? key = null) =>
        PostBytes(path, body is string text ? Encoding.UTF8.GetBytes(text) : Wire.Write(body), key);

    public Task<Answer> PostBytes(string path, byte[] body, string? key = null, string contentType = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return Send(request);
    }

    public async Task<Answer> Send(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await Http.SendAsync(request, Cancellation);
            return await Answer.Of(response);
        }
    }

    /// <summary>Registers a dispute; gives its number.</summary>
    public async Task<string> Register(object? body = null)
    {
        var answer = await Post("/api/disputes", body ?? Requests.Register());
        return answer.Is(201).Json.GetProperty("id").GetString()!;
    }

    /// <summary>Registers a dispute that its village has signed for.</summary>
    public async Task<string> RegisterMediated(object? body = null, string by = Requests.Village)
    {
        var id = await Register(body);
        (await Post($"/api/disputes/{id}/sign-for", new { by })).Is(200);
        return id;
    }

    /// <summary>Activates the small plan and waits until its assignments are there.</summary>
    public async Task ActivateSmallPlan()
    {
        (await Post("/api/plans/small/activate", new { by = Requests.Supervision })).Is(200);
        await County.Engine.WhenIdle(Cancellation);
    }

    /// <summary>How long callers wait for a case's answer from now on.</summary>
    public void HavePatience(TimeSpan patience) =>
        typeof(Desk).GetProperty(nameof(Desk.Patience))!.SetValue(Services.GetRequiredService<Desk>(), patience);

    /// <summary>Lives until a moment of the county's time.</summary>
    public Task Until(string local) => VirtualRun.Until(County.Engine, Clock, LocalTime.Local(local), Cancellation);

    public Task Idle() => County.Engine.WhenIdle(Cancellation);

    /// <summary>All items of a list, page by page, as a patient caller reads them.</summary>
    public async Task<List<JsonElement>> All(string path, int size = 200)
    {
        var items = new List<JsonElement>();
        string? after = null;
        do
        {
            var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var page = (await Get($"{path}{separator}size={size}{(after is null ? "" : "&after=" + Uri.EscapeDataString(after))}")).Is(200).Json;
            items.AddRange(page.GetProperty("items").EnumerateArray());
            after = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (after is not null);
        return items;
    }

    private string Seeds()
    {
        var seeds = Path.Combine(ReferenceCounty.Root, "seeds");
        if (ChangeSeeds is null)
        {
            return seeds;
        }

        var copy = folder.File("seeds");
        foreach (var file in Directory.EnumerateFiles(seeds, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(seeds, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        ChangeSeeds(copy);
        return copy;
    }

    private static Plan SmallPlan { get; } = new(
        "small",
        "测试",
        "矛盾纠纷多元疏导机制（测试）",
        new DateOnly(2025, 10, 24),
        [
            new PlanTask(
                "T1",
                "1",
                SmallTitle,
                Open: false,
                [new("sfj", AssignmentRole.Lead), new("mzj", AssignmentRole.Participant)],
                TownshipsImplied: false),
        ]);
}
