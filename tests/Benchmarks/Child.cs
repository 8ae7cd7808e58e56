using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace Workflows.Benchmarks;

/// <summary>
/// This program once more, as the process that owns a store: it opens the store, starts one flow, and says on its output
/// when that is durable. Then it serves, saying each acknowledgement, until it is killed; or waits until all is done.
/// </summary>
internal static class Child
{
    /// <param name="file">The store.</param>
    /// <param name="inFlight">How many tours it keeps under way; 0 when it only opens the store.</param>
    public static async Task<int> Run(string file, int inFlight)
    {
        await using var engine = await Workbench.Open(file, new BenchFlows());
        await engine.Start(BenchFlows.Sleeper, $"child-{Guid.NewGuid():N}", new Sleep(null));
        Console.WriteLine("committed");
        if (inFlight == 0)
        {
            await engine.WhenIdle();
            var (all, anonymous) = Machine.Resident();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"idle {all} {anonymous}"));
            return 0;
        }

        var said = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
        var next = 0;
        var clients = Enumerable.Range(0, inFlight).Select(_ => Client()).ToList();
        await using var output = new StreamWriter(Console.OpenStandardOutput()) { NewLine = "\n" };
        while (await said.Reader.WaitToReadAsync())
        {
            while (said.Reader.TryRead(out var line))
            {
                await output.WriteLineAsync(line);
            }

            await output.FlushAsync();
        }

        await Task.WhenAll(clients);
        return 0;

        async Task Client()
        {
            while (true)
            {
                var id = BenchFlows.Id("tour", Interlocked.Increment(ref next));
                var started = engine.Start(BenchFlows.HelloCities, id, new Tour(id));
                var ended = BenchFlows.Completed(engine, id);
                await started;
                said.Writer.TryWrite($"started {id} .");
                await ended;
                said.Writer.TryWrite($"ended {id} .");
            }
        }
    }

    public static Process Start(string file, int inFlight)
    {
        var program = Environment.ProcessPath ?? throw new PlatformNotSupportedException("A process cannot find itself.");
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(typeof(Child).Assembly.Location);
        }

        start.ArgumentList.Add("child");
        start.ArgumentList.Add(file);
        start.ArgumentList.Add(inFlight.ToString(CultureInfo.InvariantCulture));
        return Process.Start(start)!;
    }

    /// <summary>Opens the store in a process of its own and waits until it has done all there is to do.</summary>
    public static async Task<Opened> OpenAndFinish(string file)
    {
        var watch = Stopwatch.StartNew();
        using var child = Start(file, 0);
        try
        {
            await Expect(child, "committed");
            var committed = watch.Elapsed;
            var idle = (await Expect(child, "idle")).Split(' ');
            var done = watch.Elapsed;
            await child.WaitForExitAsync();
            return new Opened(
                committed,
                done,
                double.Parse(idle[1], CultureInfo.InvariantCulture),
                double.Parse(idle[2], CultureInfo.InvariantCulture));
        }
        finally
        {
            child.Kill();
        }
    }

    public static async Task<string> Expect(Process child, string word) =>
        await child.StandardOutput.ReadLineAsync() is { } line && line.StartsWith(word, StringComparison.Ordinal)
            ? line
            : throw new InvalidOperationException($"The child process ended before it said \"{word}\".");

    internal sealed record Opened(TimeSpan Committed, TimeSpan Done, double Megabytes, double AnonymousMegabytes);
}
