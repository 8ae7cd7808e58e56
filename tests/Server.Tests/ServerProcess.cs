using System.Diagnostics;
using System.Text;

namespace Workflows.Server.Tests;

/// <summary>The real program as a real process.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();
    private readonly TaskCompletionSource<string> served = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(string[] arguments, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Workflows.Server.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Line(line.Data, output);
        process.ErrorDataReceived += (_, line) => Line(line.Data, errors);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    public string Errors
    {
        get
        {
            lock (errors)
            {
                return errors.ToString();
            }
        }
    }

    public bool HasExited => process.HasExited;

    public static ServerProcess Start(params string[] arguments) => new(arguments, null);

    public static ServerProcess Start(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        new(arguments, environment);

    /// <summary>Runs to the end.</summary>
    public static async Task<(int Code, string Output, string Errors)> Run(params string[] arguments)
    {
        using var server = Start(arguments);
        var code = await server.Exit();
        return (code, server.Output, server.Errors);
    }

    /// <summary>The address it says it serves on.</summary>
    public Task<string> Address() => served.Task.WaitAsync(Patience);

    public async Task<int> Exit()
    {
        await process.WaitForExitAsync().WaitAsync(Patience);
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task Kill()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private void Line(string? line, StringBuilder into)
    {
        if (line is null)
        {
            served.TrySetException(new InvalidOperationException($"The process ended.\n{Errors}"));
            return;
        }

        lock (into)
        {
            into.Append(line).Append('\n');
        }

        const string Mark = "served on ";
        var at = line.IndexOf(Mark, StringComparison.Ordinal);
        if (at >= 0)
        {
            served.TrySetResult(line[(at + Mark.Length)..].Split(' ')[0]);
        }
    }
}
