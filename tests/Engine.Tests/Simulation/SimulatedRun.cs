using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Orchestrations.Durable;

namespace Workflows.Engine.Tests.Simulation;

/// <summary>One seed's run: the real engine over a real file, turned by this; everything that varies is drawn here.</summary>
internal sealed partial class SimulatedRun : EngineSeam, IDisposable
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly Random random;
    private readonly int seed;
    private readonly string folder;
    private readonly SimulatedTime time = new(Monday);
    private readonly World world = new();
    private readonly Invariants invariants;
    private readonly List<(CallJob Job, Action Run)> attempts = [];
    private readonly List<CallOutcome> delivered = [];
    private readonly List<Action> asked = [];
    private string file;
    private int files;
    private EmbeddedEngine? engine;
    private EngineLoop? loop;
    private Statements? reading;
    private Snapshot snapshot = Snapshot.Empty;

    // The faults that lie ahead.
    private (CommitPoint Point, int Commits, bool IsHard)? crash;
    private int failingCommits;

    /// <param name="seed">Everything follows from it.</param>
    /// <param name="folder">Of the simulations; the run makes its own below it.</param>
    /// <param name="pristine">An empty store to begin with.</param>
    public SimulatedRun(int seed, string folder, string pristine)
    {
        this.seed = seed;
        this.folder = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        random = new Random(seed);
        invariants = new Invariants(world, time);
        world.Answered = (job, answer) => delivered.Add(new CallOutcome(job, Wire.Write(answer), null));
        file = NextFile();
        File.Copy(pristine, file);
    }

    /// <summary>Every act, every answer and every commit with the digest of all tables.</summary>
    public List<string> Trace { get; } = [];

    public int Commits { get; private set; }

    /// <summary>Lives through all of it.</summary>
    /// <exception cref="InvalidOperationException">An invariant does not hold.</exception>
    public void Run()
    {
        Open();
        for (var acts = random.Next(15, 45); acts > 0; acts--)
        {
            Act();
            Hold();
        }

        Calm();
        Audit();
        Hold();
        Compare();
        Hold();
    }

    public override void Opened(EngineLoop loop, SqliteConnection connection) => this.loop = loop;

    public override void Dispatch(CallJob job, Action run)
    {
        invariants.AtAttempt(snapshot, job);
        attempts.Add((job, run));
    }

    public void Dispose()
    {
        Close();
        Directory.Delete(folder, recursive: true);
    }

    private void Open(bool isWhole = true)
    {
        int[] some = [0, 1, 2, 100];
        var options = new EngineOptions(
            file,
            CallsMax: random.Next(3) == 0 ? random.Next(1, 3) : 64,
            ResidentFlowsMax: some[random.Next(some.Length)],
            VerifyReplay: random.Next(2) == 0,
            ResidentMegabytesMax: random.Next(4) == 0 ? 0 : 256,
            EpisodesPerCommitMax: random.Next(3) == 0 ? random.Next(1, 3) : 4_000,
            CacheMegabytes: 1)
        {
            AtCommit = AtCommit,
            Seam = this,
        };
        Say($"open {options.CallsMax} {options.ResidentFlowsMax} {options.VerifyReplay} {options.EpisodesPerCommitMax} {isWhole}");
        engine = Get(EmbeddedEngine.Open(
            options,
            isWhole || random.Next(2) == 0 ? Lives.Flows : Lives.WithoutOldVersions,
            isWhole ? world.Activities : new ActivityTable(),
            new Shelf(),
            time,
            NullLogger.Instance));
        reading = new Statements(Schema.Connect(file, SqliteOpenMode.ReadOnly));
        See();
        Audit();
    }

    private void Close()
    {
        reading?.Dispose();
        engine?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        (reading, engine, loop) = (null, null, null);
        Settle();
        attempts.Clear();
        delivered.Clear();
        world.Crash();
        crash = null;
        failingCommits = 0;
    }

    /// <summary>The process dies between two commits.</summary>
    private void Kill(bool isHard)
    {
        Say("killed");
        if (isHard)
        {
            Seize();
        }

        Close();
    }

    /// <summary>Goes on with the files as they are this moment, log and all, and not as an orderly end leaves them.</summary>
    private void Seize()
    {
        var next = NextFile();
        File.Copy(file, next);
        if (File.Exists(file + "-wal"))
        {
            File.Copy(file + "-wal", next + "-wal");
        }

        file = next;
    }

    private string NextFile()
    {
        var own = Path.Combine(folder, (++files).ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(own);
        return Path.Combine(own, "flows.db");
    }

    private void AtCommit(CommitPoint point, long number)
    {
        if (point == CommitPoint.After)
        {
            Commits++;
            See();
            Say($"commit {number} {snapshot.Moment} {snapshot.Digest}");
        }
        else if (failingCommits > 0)
        {
            failingCommits--;
            Say("commit fails");
            throw new IOException("No space left.");
        }

        if (crash is { } ahead && ahead.Point == point)
        {
            crash = ahead with { Commits = ahead.Commits - 1 };
            if (ahead.Commits == 0)
            {
                Say($"dies {point} the commit");
                if (ahead.IsHard)
                {
                    Seize();
                }

                throw new CrashException();
            }
        }
    }

    private void See()
    {
        var before = snapshot;
        snapshot = Snapshot.Read(reading!, before);
        invariants.AfterCommit(before, snapshot);
    }

    /// <summary>One turn of the engine, and the answers it gave; false when it waits.</summary>
    private bool Turn()
    {
        var worked = loop!.TurnOnce();
        Settle();
        if (!IsAlive)
        {
            Close();
            Open();
            return true;
        }

        return worked;
    }

    /// <summary>False when the process is taken to have died.</summary>
    private bool IsAlive => loop is { Ending: null };

    private void Settle()
    {
        var all = asked.ToList();
        asked.Clear();
        foreach (var settle in all)
        {
            settle();
        }
    }

    /// <summary>Asks now and hears the answer after the next turn.</summary>
    private void Ask<T>(string what, Func<EmbeddedEngine, Task<T>> ask, Action<T>? told = null, Action? refused = null, Action? unknown = null)
    {
        var answer = ask(engine!);
        asked.Add(() =>
        {
            try
            {
                var value = Get(answer);
                Say($"{what}: {value}");
                told?.Invoke(value);
            }
            catch (FlowRefusedException refusal)
            {
                Say($"{what}: {refusal.Message}");
                refused?.Invoke();
            }
            catch (IOException)
            {
                Say($"{what}: not written");
                refused?.Invoke();
            }
            catch (Exception gone) when (gone is CrashException or ObjectDisposedException)
            {
                Say($"{what}: no answer");
                unknown?.Invoke();
            }
        });
    }

    private static T Get<T>(Task<T> task) => task.WaitAsync(TimeSpan.FromMinutes(2)).GetAwaiter().GetResult();

    private void Say(FormattableString line) => Trace.Add(FormattableString.Invariant(line));

    private void Say(string line) => Trace.Add(line);

    private void Hold()
    {
        if (invariants.Broken is { } broken)
        {
            throw new InvalidOperationException(broken);
        }
    }
}
