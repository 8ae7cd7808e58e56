using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Workflows.Activities.Storage;

namespace Workflows.Testing;

/// <summary>
/// Azurite (npm), the emulator of Azure's storage, in a process of its own on free loopback ports, with everything in
/// memory. It starts when it is first asked for and ends with its owner. Whoever asks gets an account of his own.
/// </summary>
public sealed partial class AzuriteServer : IAsyncDisposable
{
    private const int AccountsMax = 400;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TempFolder folder = new();
    private readonly Lazy<Task<(Uri Blobs, Uri Tables)>> started;
    private readonly ConcurrentQueue<string> words = new();
    private Process? server;
    private int accounts;

    public AzuriteServer() => started = new(Start);

    /// <summary>A storage account that nobody else has.</summary>
    public async Task<string> NewConnection()
    {
        var (blobs, tables) = await started.Value;
        var number = Interlocked.Increment(ref accounts);
        if (number > AccountsMax)
        {
            throw new InvalidOperationException($"All {AccountsMax} accounts of Azurite are taken; raise AccountsMax.");
        }

        var name = Name(number);
        return $"DefaultEndpointsProtocol=http;AccountName={name};AccountKey={Key(name)};BlobEndpoint={blobs}{name};TableEndpoint={tables}{name};";
    }

    public async Task<AzureAccount> NewAccount() => AzureAccount.ByConnectionString(await NewConnection());

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            server.StandardInput.Close();
            try
            {
                await server.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
            }
            catch (TimeoutException)
            {
                server.Kill(entireProcessTree: true);
            }

            server.Dispose();
        }

        folder.Dispose();
    }

    private static string Name(int number) => FormattableString.Invariant($"county{number:D4}");

    private static string Key(string name) => Convert.ToBase64String(Encoding.UTF8.GetBytes(name));

    private async Task<(Uri Blobs, Uri Tables)> Start()
    {
        var home = Path.Combine(ReferenceCounty.Root, "tests", "Testing", "Azurite");
        var program = Path.Combine(home, "node_modules", "azurite", "dist", "src", "azurite.js");
        if (!File.Exists(program))
        {
            using var install = Run("npm", home, "ci", "--no-audit", "--no-fund", "--loglevel=error");
            install.StandardInput.Close();
            await Task.WhenAll(install.StandardOutput.ReadToEndAsync(), install.StandardError.ReadToEndAsync(), install.WaitForExitAsync())
                .WaitAsync(2 * Patience);
        }

        server = Run(
            "node",
            folder.Root,
            ["-r", Path.Combine(home, "end-with-parent.cjs"), program, "--inMemoryPersistence", "--silent", "--disableTelemetry",
            "--skipApiVersionCheck", "--blobHost", "127.0.0.1", "--blobPort", "0", "--queueHost", "127.0.0.1", "--queuePort", "0",
            "--tableHost", "127.0.0.1", "--tablePort", "0"]);
        var (blobs, tables) = (Listening(), Listening());
        server.ErrorDataReceived += (_, line) => words.Enqueue(line.Data ?? "");
        server.OutputDataReceived += (_, line) =>
        {
            words.Enqueue(line.Data ?? "");
            switch (Address().Match(line.Data ?? ""))
            {
                case { Success: true, Groups: var found } when found[1].Value == "Blob":
                    blobs.TrySetResult(new Uri(found[2].Value));
                    break;
                case { Success: true, Groups: var found } when found[1].Value == "Table":
                    tables.TrySetResult(new Uri(found[2].Value));
                    break;
                default:
                    break;
            }
        };
        server.BeginErrorReadLine();
        server.BeginOutputReadLine();
        var ended = server.WaitForExitAsync();
        var both = Task.WhenAll(blobs.Task, tables.Task);
        if (await Task.WhenAny(both, ended, Task.Delay(Patience)) != both)
        {
            throw new InvalidOperationException(
                $"Azurite {(ended.IsCompleted ? "ended" : $"did not listen within {Patience}")}. It said: {string.Join('\n', words)}");
        }

        return (await blobs.Task, await tables.Task);
    }

    private static TaskCompletionSource<Uri> Listening() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static Process Run(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AZURITE_ACCOUNTS"] = string.Join(';', Enumerable.Range(1, AccountsMax).Select(Name).Select(name => $"{name}:{Key(name)}"));
        return Process.Start(start)!;
    }

    [GeneratedRegex(@"^Azurite (Blob|Table) service is successfully listening at (http://127\.0\.0\.1:\d+)$")]
    private static partial Regex Address();
}
