using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using MimeKit;

namespace Workflows.Activities.Tests.Notices;

[CollectionDefinition(nameof(SmtpSink))]
public sealed class SmtpSinkUsers : ICollectionFixture<SmtpSink>;

/// <summary>A real SMTP server (npm smtp-server) in a process of its own.</summary>
public sealed class SmtpSink : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Channel<Delivery> received = Channel.CreateUnbounded<Delivery>();
    private readonly List<Delivery> seen = [];
    private Process? server;

    public int Port { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var folder = SinkFolder();
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            using var install = Start("npm", folder, "ci", "--no-audit", "--no-fund");
            using var limit = new CancellationTokenSource(Patience);
            await Task.WhenAll(
                install.StandardOutput.ReadToEndAsync(limit.Token), install.WaitForExitAsync(limit.Token));
            Assert.Equal(0, install.ExitCode);
        }

        server = Start("node", folder, "smtp-sink.mjs");
        var first = await server.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        Port = JsonDocument.Parse(first!).RootElement.GetProperty("port").GetInt32();
        _ = Task.Run(Listen);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            server.StandardInput.Close();
            await server.WaitForExitAsync().WaitAsync(Patience);
            server.Dispose();
        }
    }

    /// <summary>Waits until <paramref name="count"/> messages for the recipient have come; gives all that have.</summary>
    public async Task<IReadOnlyList<Delivery>> For(string to, int count = 1)
    {
        while (Seen(to).Count < count)
        {
            var delivery = await received.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);
            seen.Add(delivery);
        }

        return Seen(to);
    }

    private List<Delivery> Seen(string to) => [.. seen.Where(d => d.To.Contains(to))];

    private async Task Listen()
    {
        while (await server!.StandardOutput.ReadLineAsync() is { } line)
        {
            var json = JsonDocument.Parse(line).RootElement;
            using var bytes = new MemoryStream(json.GetProperty("message").GetBytesFromBase64());
            received.Writer.TryWrite(new Delivery(
                json.GetProperty("session").GetString()!,
                json.GetProperty("user").GetString(),
                [.. json.GetProperty("to").EnumerateArray().Select(t => t.GetString()!)],
                await MimeMessage.LoadAsync(bytes)));
        }
    }

    private static Process Start(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return Process.Start(start)!;
    }

    private static string SinkFolder()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Workflows.sln")))
        {
            at = at.Parent;
        }

        return Path.Combine(at!.FullName, "tests", "Activities.Tests", "Smtp");
    }

    public sealed record Delivery(string Session, string? User, IReadOnlyList<string> To, MimeMessage Message);
}
