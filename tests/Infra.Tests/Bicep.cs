using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using StreamJsonRpc;
using Workflows.Testing;

namespace Workflows.Infra.Tests;

/// <summary>
/// The compiler of infra/, as the packages bring it: one process for all questions, asked by JSON-RPC. Starting it takes
/// ten times as long as an answer.
/// </summary>
public sealed class Bicep : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Process process;
    private readonly JsonRpc compiler;

    public Bicep()
    {
        process = Process.Start(new ProcessStartInfo(Compiler, ["jsonrpc", "--stdio"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        compiler = new JsonRpc(new HeaderDelimitedMessageHandler(process.StandardInput.BaseStream, process.StandardOutput.BaseStream, new SystemTextJsonFormatter()));
        compiler.StartListening();
    }

    public static string Folder { get; } = Path.Combine(ReferenceCounty.Root, "infra");

    private static string Compiler { get; } = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "Bicep").Value!;

    /// <summary>The template that a file compiles to.</summary>
    public async Task<JsonElement> Build(string file) => JsonDocument.Parse((await Compile(file)).GetProperty("contents").GetString()!).RootElement;

    /// <summary>What the compiler and its linter have to say of a file, one line each.</summary>
    public async Task<IReadOnlyList<string>> Says(string file) =>
        [.. (await Compile(file)).GetProperty("diagnostics").EnumerateArray().Select(said => $"{said.GetProperty("level")} {said.GetProperty("code")}: {said.GetProperty("message")}")];

    /// <summary>A file as the formatter writes it.</summary>
    public async Task<string> Format(string file) => (await Ask("bicep/format", new { path = PathOf(file) })).GetProperty("contents").GetString()!;

    /// <summary>The parameters that a settings file compiles to.</summary>
    public async Task<JsonElement> Settings(string file) => JsonDocument.Parse(
        (await Ask("bicep/compileParams", new { path = PathOf(file), parameterOverrides = new { } })).GetProperty("parameters").GetString()!).RootElement.GetProperty("parameters");

    public async ValueTask DisposeAsync()
    {
        compiler.Dispose();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private Task<JsonElement> Compile(string file) => Ask("bicep/compile", new { path = PathOf(file) });

    private async Task<JsonElement> Ask(string method, object question)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        return await compiler.InvokeWithCancellationAsync<JsonElement>(method, [question], patience.Token);
    }

    private static string PathOf(string file) => Path.Combine(Folder, file);
}
