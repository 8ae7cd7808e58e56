using Microsoft.Data.Sqlite;
using Workflows.Orchestrations.Durable;
using static Workflows.Engine.Tests.Sandbox;

namespace Workflows.Engine.Tests.Faults;

/// <summary>Files and folders that cannot be what a store needs.</summary>
public sealed class Files
{
    private static readonly FlowDefinition Waiter = FlowDefinition.Of<Order, string>(
        "Waiter", async (flow, order) => order.Name + " " + (await flow.Next<Note>())!.Body.Text);

    private static object Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()!;
    }

    [Fact]
    public async Task A_full_disk_refuses_what_it_cannot_hold_and_everything_goes_on_when_there_is_room()
    {
        await using var box = new Sandbox();
        var seam = new Stepped();
        box.Options = new EngineOptions("") { Seam = seam };
        var engine = await box.Open(Waiter);
        Scalar(seam.Connection, $"PRAGMA max_page_count = {(long)Scalar(seam.Connection, "PRAGMA page_count") + 30}");
        var large = new string('x', 3_000);
        var refused = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            try
            {
                await seam.Answer(engine.Start("Waiter", $"f-{i}", new Order(large), cancellation: Cancelled));
            }
            catch (IOException full)
            {
                Assert.Contains("full", full.Message, StringComparison.Ordinal);
                refused.Add($"f-{i}");
            }
        }

        Assert.InRange(refused.Count, 10, 50);
        Assert.Equal(60 - refused.Count, (await engine.List(new FlowFilter(), 200, null, Cancelled)).Flows.Count);

        Scalar(seam.Connection, "PRAGMA max_page_count = 100000");
        foreach (var id in refused)
        {
            Assert.Equal(
                StartOutcome.Started,
                await seam.Answer(engine.Start("Waiter", id, new Order(large), cancellation: Cancelled)));
        }

        for (var i = 0; i < 60; i++)
        {
            await seam.Answer(engine.Send($"f-{i}", "1", new Note("read"), Cancelled));
            Assert.Equal(large + " read", await box.ResultOf<string>($"f-{i}"));
        }

        Assert.Equal("ok", Scalar(seam.Connection, "PRAGMA integrity_check"));
    }

    [Fact]
    public async Task An_answer_that_finds_the_disk_full_is_kept_until_there_is_room()
    {
        await using var box = new Sandbox();
        var seam = new Stepped { Held = [] };
        box.Options = new EngineOptions("") { Seam = seam };
        box.Probe.Answers["greet/x"] = (_, _) => Task.FromResult(new string('x', 100_000));
        var engine = await box.Open(FlowDefinition.Of<Order, int>(
            "Caller", async (flow, order) => (await flow.Call(new Greet(order.Name))).Length));
        await seam.Answer(engine.Start("Caller", "c", new Order("x"), cancellation: Cancelled));
        Scalar(seam.Connection, $"PRAGMA max_page_count = {Scalar(seam.Connection, "PRAGMA page_count")}");

        seam.Held.ForEach(run => run());
        Assert.False(seam.Turn());
        Assert.Equal("call Greet", (await box.Info("c")).WaitsFor);
        Scalar(seam.Connection, "PRAGMA max_page_count = 100000");
        Assert.True(seam.Turn());

        Assert.Equal(100_000, await box.ResultOf<int>("c"));
        Assert.Single(box.Probe.Runs);
    }

    /// <summary>Rights stop nobody who runs as root; there this is skipped and says so.</summary>
    [Fact]
    public async Task A_folder_or_file_without_the_right_to_write_is_refused_at_opening()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Rights do not stop this user.");
        await using var box = new Sandbox();
        await box.Open(Waiter);
        await box.Close();
        var folder = Path.GetDirectoryName(box.File)!;
#pragma warning disable CA1416 // Skipped on Windows.
        File.SetUnixFileMode(box.File, UnixFileMode.UserRead);
        await Assert.ThrowsAnyAsync<Exception>(() => box.Open(Waiter));
        File.SetUnixFileMode(box.File, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await Assert.ThrowsAnyAsync<Exception>(() => box.Open(Waiter));
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
#pragma warning restore CA1416

        await box.Open(Waiter);
    }

    [Fact]
    public async Task A_place_where_no_file_can_be_is_refused()
    {
        await using var box = new Sandbox();
        Directory.CreateDirectory(box.File);
        var folder = Path.Combine(box.File, "letter.txt");
        await File.WriteAllTextAsync(folder, "Somebody's letter.", Cancelled);

        await Assert.ThrowsAnyAsync<Exception>(() => box.Open(Waiter));
        box.Options = box.Options with { File = Path.Combine(folder, "flows.db") };
        await Assert.ThrowsAnyAsync<Exception>(() => EmbeddedEngine.Open(
            box.Options, new FlowTable(Waiter), box.Probe.Activities, box.Shelf, box.Clock, box.Logger, Cancelled));

        Assert.Equal("Somebody's letter.", await File.ReadAllTextAsync(folder, Cancelled));
    }

    [Fact]
    public async Task A_store_that_is_cut_off_is_refused_and_left_untouched()
    {
        await using var whole = new Sandbox();
        var engine = await whole.Open(Waiter);
        for (var i = 0; i < 40; i++)
        {
            await engine.Start("Waiter", $"f-{i}", new Order(new string('x', 2_000)), cancellation: Cancelled);
        }

        await whole.Close();
        var bytes = await File.ReadAllBytesAsync(whole.File, Cancelled);
        foreach (var length in new[] { 1, 50, 99, 100, 512, 4_096, 10_000, bytes.Length / 2, bytes.Length - 4_096, bytes.Length - 1 })
        {
            await using var box = new Sandbox();
            await File.WriteAllBytesAsync(box.File, bytes[..length], Cancelled);

            await Assert.ThrowsAsync<StoreRefusedException>(() => box.Open(Waiter));

            Assert.Equal(bytes[..length], await File.ReadAllBytesAsync(box.File, Cancelled));
        }
    }
}
