using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Workflows.Testing;

namespace Workflows.Infra.Tests;

/// <summary>The compiler of infra/, as the packages bring it.</summary>
internal static class Bicep
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static string Folder { get; } = Path.Combine(ReferenceCounty.Root, "infra");

    private static string Compiler { get; } = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "Bicep").Value!;

    /// <summary>The template that a file compiles to.</summary>
    public static async Task<JsonElement> Build(string file) =>
        JsonDocument.Parse((await Run(Compiler, Folder, null, "build", file, "--stdout")).Output).RootElement;

    /// <summary>The parameters that a settings file compiles to.</summary>
    public static async Task<JsonElement> Settings(string file)
    {
        var said = JsonDocument.Parse((await Run(Compiler, Folder, null, "build-params", file, "--stdout")).Output).RootElement;
        return JsonDocument.Parse(said.GetProperty("parametersJson").GetString()!).RootElement.GetProperty("parameters");
    }

    public static Task<(int Code, string Output, string Errors)> Ask(params string[] arguments) => Run(Compiler, Folder, null, arguments);

    /// <summary>Runs a program to its end and gives what it wrote.</summary>
    public static async Task<(int Code, string Output, string Errors)> Run(
        string program, string folder, Action<IDictionary<string, string?>>? environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        environment?.Invoke(start.Environment);
        using var process = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
