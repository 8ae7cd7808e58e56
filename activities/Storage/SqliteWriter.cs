using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Workflows.Activities.Storage;

/// <summary>
/// The one writer of a file. Submissions that wait together are committed together, so they share an fsync; each is
/// in a savepoint of its own, so a conflict undoes only itself. Nobody hears of success before the commit.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int WaitingMax = 4096;
    private const int GroupOperationsMax = 2000;

    private readonly Channel<Submission> waiting =
        Channel.CreateBounded<Submission>(new BoundedChannelOptions(WaitingMax) { SingleReader = true });
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SqliteConnection connection;
    private readonly SqliteStatements statements;

    // A random start keeps ETags apart that were given out before a restart or before a backup was restored.
    private long version = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));

    public SqliteWriter(SqliteConnection connection)
    {
        this.connection = connection;
        statements = new SqliteStatements(connection);
        new Thread(Work) { IsBackground = true, Name = "Tables writer" }.Start();
    }

    public async Task Submit(
        string table, string partition, IReadOnlyList<TableOperation> operations, CancellationToken cancellation)
    {
        var submission = new Submission(table, partition, operations, cancellation);
        try
        {
            await waiting.Writer.WriteAsync(submission, cancellation);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(SqliteTables));
        }

        await submission.Done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await ended.Task;
        statements.Dispose();
        await connection.DisposeAsync();
    }

    private void Work()
    {
        var reader = waiting.Reader;
        while (reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            var group = new List<Submission>();
            var operations = 0;
            while (operations < GroupOperationsMax && reader.TryRead(out var submission))
            {
                // Given up while it waited: it is certain that nothing was done.
                if (submission.Cancellation.IsCancellationRequested)
                {
                    submission.Done.TrySetCanceled(submission.Cancellation);
                    continue;
                }

                group.Add(submission);
                operations += submission.Operations.Count;
            }

            if (group.Count > 0)
            {
                Commit(group);
            }
        }

        ended.SetResult();
    }

    private void Commit(List<Submission> group)
    {
        var outcomes = new TableConflictException?[group.Count];
        try
        {
            statements.Begin();
            for (var i = 0; i < group.Count; i++)
            {
                outcomes[i] = Carry(group[i]);
            }

            statements.Commit();
        }
        // Whatever went wrong, the callers hear of it and the next group finds a writer.
        catch (Exception e)
        {
            statements.RollBack();
            foreach (var submission in group)
            {
                submission.Done.TrySetException(new IOException($"The write failed and was rolled back: {e.Message}", e));
            }

            return;
        }

        for (var i = 0; i < group.Count; i++)
        {
            if (outcomes[i] is { } conflict)
            {
                group[i].Done.TrySetException(conflict);
            }
            else
            {
                group[i].Done.TrySetResult();
            }
        }
    }

    private TableConflictException? Carry(Submission submission)
    {
        statements.Save();
        foreach (var operation in submission.Operations)
        {
            version = unchecked(version + 1);
            if (!statements.Carry(submission.Table, submission.Partition, operation, version))
            {
                statements.Undo();
                return new TableConflictException(submission.Table, submission.Partition, operation.Row);
            }
        }

        statements.Keep();
        return null;
    }

    private sealed record Submission(
        string Table, string Partition, IReadOnlyList<TableOperation> Operations, CancellationToken Cancellation)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
