using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Engine;
using Workflows.Orchestrations.Durable;

namespace Workflows.Benchmarks;

/// <summary>A folder of its own for all files; prepared stores are kept until the end and shared by the rows.</summary>
internal sealed class Workbench : IDisposable
{
    private static readonly string[] Data = ["", "-wal"];
    private static readonly string[] All = ["", "-wal", "-shm", ".lock"];

    private readonly string folder = Directory.CreateTempSubdirectory("workflows-bench-").FullName;
    private readonly Dictionary<string, string> prepared = [];
    private int files;

    public string NewFile() => Path.Combine(folder, FormattableString.Invariant($"{++files}.db"));

    public static Task<EmbeddedEngine> Open(string file, BenchFlows flows, TimeProvider? time = null) =>
        EmbeddedEngine.Open(
            new EngineOptions(file), flows.Flows, flows.Activities, new NoRules(), time ?? TimeProvider.System, NullLogger.Instance);

    /// <summary>A store as <paramref name="fill"/> leaves it, closed; filled once per name.</summary>
    public async Task<string> Prepared(string name, Func<EmbeddedEngine, Task> fill)
    {
        if (!prepared.TryGetValue(name, out var file))
        {
            file = NewFile();
            await using (var engine = await Open(file, new BenchFlows()))
            {
                await fill(engine);
                await engine.WhenIdle();
            }

            prepared.Add(name, file);
        }

        return file;
    }

    /// <summary>A copy for one run, with nothing of it in memory.</summary>
    public string Copy(string file)
    {
        var copy = NewFile();
        foreach (var suffix in Data.Where(suffix => File.Exists(file + suffix)))
        {
            File.Copy(file + suffix, copy + suffix);
        }

        return copy;
    }

    public static void Delete(string file)
    {
        foreach (var suffix in All)
        {
            File.Delete(file + suffix);
        }
    }

    /// <summary>The mean size of a recorded step, by looking into the file; a guess when its tables are others.</summary>
    public static int StepBytes(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT avg(length(data)) FROM hist";
        try
        {
            return command.ExecuteScalar() is double bytes ? (int)bytes : 150;
        }
        catch (SqliteException)
        {
            return 150;
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private sealed class NoRules : IRuleShelf
    {
        public TRules Get<TRules>(string version)
            where TRules : class => throw new RulesMissingException(version, typeof(TRules));
    }
}
