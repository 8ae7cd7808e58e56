using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Engine.Operations;
using Workflows.Server.Commands;
using Workflows.Testing;

namespace Workflows.Server.Tests;

/// <summary>Backup, restore, verify and compact, on the folder of a real demo.</summary>
public sealed class OperationsTests(DemoTests.OneDemo demo) : IClassFixture<DemoTests.OneDemo>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_county_is_backed_up_while_it_runs_and_the_copy_ends_as_the_original_would_have()
    {
        using var folder = new TempFolder();
        var running = folder.File("running");
        var backup = folder.File("backup");
        using (var server = ServerProcess.Start("demo", "--data", running, "--pace", "400", "--exit", "--port", "0"))
        {
            using var http = new HttpClient { BaseAddress = new Uri(await server.Address()) };
            List<string> acknowledged;
            do
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), Cancelled);
                acknowledged = await Disputes(http);
            }
            while (acknowledged.Count < 3);
            var (made, said, problems) = await ServerProcess.Run("backup", "--data", running, "--to", backup);
            Assert.True(made == 0, problems);
            Assert.Contains("keys of personal data are not in it", said, StringComparison.Ordinal);
            Assert.False(server.HasExited, "The demo was over before its backup.");
            var (refused, _, owner) = await ServerProcess.Run("verify", "--data", running);
            Assert.Equal(1, refused);
            Assert.Contains("is owned by another engine: process ", owner, StringComparison.Ordinal);
            await server.Kill();
            var states = await KillTests.States(Restored(backup, folder.File("looked-at")));
            Assert.All(acknowledged, id => Assert.Contains(id, states.Keys));
        }

        var before = Files(backup);
        var (verified, report, _) = await ServerProcess.Run("verify", "--data", backup);
        Assert.True(verified == 0, report);
        Assert.Equal(before, Files(backup));

        var restored = Restored(backup, folder.File("restored"));
        Copy(running + "-keys", restored + "-keys");
        await File.WriteAllTextAsync(Path.Combine(restored, "this-is-a-demo"), "", Cancelled);
        var (code, _, errors) = await ServerProcess.Run("demo", "--data", restored, "--resume", "--pace", "0", "--exit", "--port", "0");
        Assert.True(code == 0, errors);
        Assert.Equal(KillTests.Mails(demo.Data), KillTests.Mails(restored));
        Assert.Equal(await KillTests.States(demo.Data), await KillTests.States(restored));
        var (whole, last, _) = await ServerProcess.Run("verify", "--data", restored);
        Assert.True(whole == 0, last);
    }

    [Fact]
    public async Task A_backup_never_goes_into_a_folder_that_holds_something()
    {
        using var folder = new TempFolder();
        var to = folder.File("to");
        Directory.CreateDirectory(to);
        await File.WriteAllTextAsync(Path.Combine(to, "letter.txt"), "mine", Cancelled);
        var options = Options(demo.Data);
        Assert.Throws<InvalidOperationException>(() => CountyBackup.Make(options, to));
        Assert.Throws<InvalidOperationException>(() => CountyBackup.Make(options, Path.Combine(demo.Data, "inside")));
        Assert.Throws<InvalidOperationException>(() => CountyBackup.Make(Options(to), folder.File("other")));
        Assert.Equal(["to"], Directory.EnumerateFileSystemEntries(folder.Root).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_demo_folder_is_whole_before_and_after_it_was_compacted()
    {
        using var folder = new TempFolder();
        var data = Restored(demo.Data, folder.File("data"));
        Assert.Empty(await Problems(data));
        var (code, said, errors) = await ServerProcess.Run("compact", "--data", data);
        Assert.True(code == 0, errors);
        Assert.Matches("engine.db: [0-9,]+ bytes before, [0-9,]+ after.\ntables.db: [0-9,]+ bytes before, [0-9,]+ after.\n", said);
        Assert.Empty(await Problems(data));
    }

    [Fact]
    public async Task A_county_that_runs_is_neither_compacted_nor_verified()
    {
        using var folder = new TempFolder();
        var data = Restored(demo.Data, folder.File("data"));
        using var owned = StoreFile.Own(Options(data).EngineFile, DateTimeOffset.UnixEpoch);
        foreach (var command in new[] { "compact", "verify" })
        {
            var (code, said, errors) = await ServerProcess.Run(command, "--data", data);
            Assert.Equal(1, code);
            Assert.Equal("", said);
            Assert.Contains($"engine.db is owned by another engine: process {Environment.ProcessId} ", errors, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("tables.db", "SELECT partition, row, properties FROM entities WHERE name = 'cases' AND row = CAST('journal-000002' AS BLOB) LIMIT 1", "\"what\":\"", "the journal's chain breaks at entry 2")]
    [InlineData("tables.db", "SELECT partition, row, properties FROM entities WHERE name = 'cases' AND row = CAST('state' AS BLOB) LIMIT 1", "\"journalLength\":", "journal entries, there are")]
    [InlineData("tables.db", "SELECT partition, row, properties FROM entities WHERE name = 'lists' LIMIT 1", "\"light\":\"", "with another card than its own")]
    [InlineData("engine.db", "SELECT h.id, h.id, h.data FROM hist h JOIN flow f ON f.number = h.id >> 24 WHERE f.state = 0 ORDER BY length(h.data) DESC LIMIT 1", "\"version\":", "The code is not the one that wrote this history")]
    public async Task A_changed_byte_is_found_and_named(string file, string find, string after, string named)
    {
        using var folder = new TempFolder();
        var data = Restored(demo.Data, folder.File("data"));
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(data, file)};Pooling=False"))
        {
            connection.Open();
            using var read = connection.CreateCommand();
            read.CommandText = find;
            using var reader = read.ExecuteReader();
            Assert.True(reader.Read());
            var bytes = reader.GetFieldValue<byte[]>(2);
            var at = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(after));
            Assert.True(at > 0);
            // A one becomes a three: a number that began with a nought could not be read at all.
            bytes[at + after.Length] ^= (byte)(bytes[at + after.Length] == '1' ? 2 : 1);
            using var write = connection.CreateCommand();
            write.CommandText = file == "engine.db"
                ? "UPDATE hist SET data = $bytes WHERE id = $second"
                : "UPDATE entities SET properties = $bytes WHERE partition = $first AND row = $second";
            write.Parameters.AddWithValue("$bytes", bytes);
            write.Parameters.AddWithValue("$first", reader.GetValue(0));
            write.Parameters.AddWithValue("$second", reader.GetValue(1));
            reader.Close();
            Assert.Equal(1, write.ExecuteNonQuery());
        }

        Assert.Contains(await Problems(data), problem => problem.Contains(named, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tables.db", "DELETE FROM entities WHERE name = 'lists' AND partition = CAST('disputes' AS BLOB) AND row = (SELECT max(row) FROM entities WHERE name = 'lists' AND partition = CAST('disputes' AS BLOB))", "is missing from disputes")]
    [InlineData("tables.db", "DELETE FROM entities WHERE name = 'cases' AND row = CAST('state' AS BLOB)", "has a journal and no state")]
    [InlineData("tables.db", "DELETE FROM entities WHERE name = 'cases'", "the tables hold version 0")]
    [InlineData("engine.db", "DELETE FROM timer", "waits for a date that has no timer")]
    public async Task A_missing_row_is_found_and_named(string file, string damage, string named)
    {
        using var folder = new TempFolder();
        var data = Restored(demo.Data, folder.File("data"));
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(data, file)};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = damage;
            Assert.NotEqual(0, command.ExecuteNonQuery());
        }

        Assert.Contains(await Problems(data), problem => problem.Contains(named, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_changed_rule_set_is_found_and_what_needs_it_is_counted_once()
    {
        using var folder = new TempFolder();
        var data = Restored(demo.Data, folder.File("data"));
        var blob = Directory.EnumerateFiles(Path.Combine(data, "blobs", "rules")).Single();
        var text = await File.ReadAllTextAsync(blob, Cancelled);
        await File.WriteAllTextAsync(blob, text.Replace("08:30", "09:00", StringComparison.Ordinal), Cancelled);
        Assert.NotEqual(text, await File.ReadAllTextAsync(blob, Cancelled));

        var problems = await Problems(data);
        Assert.Contains(problems, problem => problem.StartsWith("rules/r-", StringComparison.Ordinal)
            && problem.Contains("is not what its address says", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("flows cannot be replayed: No rule set r-", StringComparison.Ordinal));
        Assert.InRange(problems.Count, 2, 4);
    }

    [Fact]
    public async Task A_changed_file_of_a_backup_is_found()
    {
        using var folder = new TempFolder();
        var backup = folder.File("backup");
        CountyBackup.Make(Options(demo.Data), backup);
        var mail = Directory.EnumerateFiles(Path.Combine(backup, "outbox"), "*.eml").First();
        await File.AppendAllTextAsync(mail, "PS", Cancelled);
        var (code, said, _) = await ServerProcess.Run("verify", "--data", backup);
        Assert.Equal(1, code);
        Assert.Contains($"outbox/{Path.GetFileName(mail)} is not the file that was backed up", said, StringComparison.Ordinal);
        Assert.EndsWith("1 problems.\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_are_counted_again_and_a_lost_one_is_named_and_mended()
    {
        using var folder = new TempFolder();
        var data = Restored(demo.Data, folder.File("data"));
        Assert.Equal((0, "22 cases counted again; 0 differences.\n"), await Recount());
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(data, "tables.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM entities WHERE name = 'counts' AND instr(CAST(row AS TEXT), 'D2025-00001') > 0";
            Assert.Equal(2, command.ExecuteNonQuery());
        }

        const string Lost = "D2025-00001 is not counted in disputes.opened/2025-09-15.D2025-00001\n"
            + "D2025-00001 is not counted in disputes.ended/2025-09-18.D2025-00001\n22 cases counted again; 2 differences";
        Assert.Equal((1, Lost + ".\n"), await Recount());
        Assert.Equal((1, Lost + ", mended.\n"), await Recount("--repair"));
        Assert.Equal((0, "22 cases counted again; 0 differences.\n"), await Recount());

        async Task<(int Code, string Said)> Recount(params string[] more)
        {
            var (code, said, _) = await ServerProcess.Run(["measures", "recount", "--data", data, .. more]);
            return (code, said);
        }
    }

    [Fact]
    public async Task A_county_whose_engine_has_stopped_is_not_healthy()
    {
        using var folder = new TempFolder();
        var options = new CountyOptions(folder.File("data"), Path.Combine(ReferenceCounty.Root, "seeds"));
        await using var county = await County.Open(options, TimeProvider.System, NullLoggerFactory.Instance, cancellation: Cancelled);
        await using var app = CountyHost.Build(county, port: 0, quiet: true);
        await app.StartAsync(Cancelled);
        using var http = new HttpClient { BaseAddress = new Uri(CountyHost.AddressOf(app)) };
        Assert.Equal("ok", await http.GetStringAsync("/health", Cancelled));
        await county.Engine.DisposeAsync();
        using var answer = await http.GetAsync("/health", Cancelled);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancelled)).RootElement;
        Assert.NotEqual("", problem.GetProperty("detail").GetString());
    }

    private static CountyOptions Options(string data) => CountyFolder.Options(data);

    private static async Task<List<string>> Problems(string data) =>
        [.. (await CountyCheck.Run(Options(data), null, Cancelled)).SelectMany(finding => finding.Problems)];

    private static async Task<List<string>> Disputes(HttpClient http)
    {
        var page = JsonDocument.Parse(await http.GetStringAsync("/api/disputes", Cancelled)).RootElement;
        return [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
    }

    /// <summary>As an operator restores: the folder is copied.</summary>
    private static string Restored(string from, string to)
    {
        Copy(from, to);
        return to;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static List<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
