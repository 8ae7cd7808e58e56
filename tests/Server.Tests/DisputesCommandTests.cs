using System.Text;
using Workflows.Testing;

namespace Workflows.Server.Tests;

/// <summary>Disputes and personal data on the command line, against a real server.</summary>
public sealed class DisputesCommandTests
{
    private const string Village = "350322103203";
    private const string Rows = $"place,category,people,channel,by,summary,parties[0].name,parties[1].name\n{Village},neighbours,2,window,{Village},争执,甲某某,乙某某\n{Village},neighbours,1,window,{Village},争执,甲某某,乙某某\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_table_is_imported_shown_listed_acted_on_and_exported_by_commands()
    {
        using var folder = new TempFolder();
        var data = folder.File("data");
        await File.WriteAllTextAsync(folder.File("rows.csv"), Rows, Cancellation);
        using var server = ServerProcess.Start("--data", data, "--port", "0");
        var url = await server.Address();
        Task<(int Code, string Output, string Errors)> Run(params string[] words) => ServerProcess.Run(["disputes", .. words, "--url", url]);

        var (code, output, errors) = await Run("import", folder.File("rows.csv"), "--all-or-nothing");
        Assert.Equal((1, "row 2: valid\nrow 3: refused people must be from 2 to 1000000\n2 rows, 0 registered, 1 refused.\n", ""), (code, output, errors));
        (_, output, _) = await Run("import", folder.File("rows.csv"));
        var id = output.Split('\n')[0].Split(' ')[^1];
        Assert.Matches("^D[0-9]{4}-00001$", id);

        (code, output, _) = await Run("say", id, "sign-for", "--by", Village);
        Assert.Equal(0, code);
        Assert.Contains("\"status\": \"mediating\"", output, StringComparison.Ordinal);
        (code, output, _) = await Run("show", id);
        Assert.Contains("\"status\": \"mediating\"", output, StringComparison.Ordinal);
        (code, var byCode, errors) = await Run("show", $"仙调〔{id[1..5]}〕1号");
        Assert.Equal((0, output, ""), (code, byCode, errors));
        (code, _, errors) = await Run("show", $"仙调〔{id[1..5]}〕2号");
        Assert.Equal((1, $"There is no dispute 仙调〔{id[1..5]}〕2号. (not-found)\n"), (code, errors));
        (code, output, _) = await Run("list", "--filter", "status=mediating");
        Assert.StartsWith($"{id}  mediating        village", output, StringComparison.Ordinal);

        (code, output, errors) = await Run("find", $"仙调 [{id[1..5]}] 1 号");
        Assert.Equal((0, $"{id}  仙调〔{id[1..5]}〕1号  mediating        p1  甲**\n{id}  仙调〔{id[1..5]}〕1号  mediating        p2  乙**\n", ""), (code, output, errors));
        (code, output, errors) = await Run("find", $"仙调〔{id[1..5]}〕2号");
        Assert.Equal((1, "", "There is no dispute with this code.\n"), (code, output, errors));

        (code, output, errors) = await Run("say", id, "sign-for", "--by", Village);
        Assert.Equal((1, "", "Only an offered dispute is signed for; this one is Mediating. (not-offered)\n"), (code, output, errors));
        (code, _, errors) = await Run("say", id, "sessions", "--by", Village, "--data", """{"on": "x"}""");
        Assert.Equal(1, code);
        Assert.Contains("on must be a date such as 2025-09-26.", errors, StringComparison.Ordinal);
        (code, _, errors) = await Run("say", id, "sessions", "--by", Village, "--data", "[]");
        Assert.Equal((1, "--data must be a JSON object, such as {\"on\": \"2026-03-02\"}.\n"), (code, errors));

        var today = DateTime.UtcNow.AddHours(8).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        (code, _, errors) = await Run("export", "--from", "2025-01-01", "--to", today, "--out", folder.File("out.csv"));
        Assert.True(code == 0, errors);
        var table = await File.ReadAllTextAsync(folder.File("out.csv"), Encoding.UTF8, Cancellation);
        Assert.Contains(id, table, StringComparison.Ordinal);
        Assert.DoesNotContain("甲某某", table, StringComparison.Ordinal);

        (code, output, errors) = await ServerProcess.Run("personal-data", "reindex", "--data", data);
        Assert.Equal((0, "2 parties can be found.\n", ""), (code, output, errors));
        (code, output, errors) = await ServerProcess.Run("personal-data", "erase", "--dry-run", "--data", data);
        Assert.Equal((0, "0 cases would be made anonymous.\n", ""), (code, output, errors));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_and_an_address_that_is_none_are_told_apart()
    {
        var (code, _, errors) = await ServerProcess.Run("disputes", "list", "--url", "http://localhost:1");
        Assert.Equal(3, code);
        Assert.StartsWith("http://localhost:1 does not answer: ", errors, StringComparison.Ordinal);

        (code, _, errors) = await ServerProcess.Run("disputes", "list", "--url", "nowhere");
        Assert.Equal((1, "--url must be an address such as http://localhost:5080.\n"), (code, errors));

        (code, _, errors) = await ServerProcess.Run("personal-data", "erase", "--before", "soon", "--data", "missing");
        Assert.Equal((1, "There is no county in"), (code, errors[..21]));
    }

    [Fact]
    public async Task A_roster_is_imported_and_exported_by_commands()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(
            folder.File("roster.csv"), $"unit,name,time,since,qualified\n{Village},甲某某,partTime,2025-01-01,true\n{Village},,partTime,2025-01-01,true\n", Cancellation);
        using var server = ServerProcess.Start("--data", folder.File("data"), "--port", "0");
        var url = await server.Address();
        Task<(int Code, string Output, string Errors)> Run(params string[] words) => ServerProcess.Run(["mediators", .. words, "--url", url]);

        var (code, output, errors) = await Run("import", folder.File("roster.csv"), "--by", Village);
        Assert.Equal((1, $"row 2: registered m-{Village}-1\nrow 3: refused name is required\n2 rows, 1 registered, 1 refused.\n", ""), (code, output, errors));
        (code, _, errors) = await Run("export", "--unit", Village, "--by", "mzj", "--out", folder.File("out.csv"));
        Assert.Equal((1, $"Only {Village} and the units above it keep its roster, not mzj. (not-your-roster)\n"), (code, errors));
        (code, _, errors) = await Run("export", "--unit", Village, "--by", Village, "--out", folder.File("out.csv"));
        Assert.True(code == 0, errors);
        (code, output, _) = await Run("import", folder.File("out.csv"), "--by", Village);
        Assert.Equal((0, $"row 2: changed m-{Village}-1\n1 rows, 1 registered, 0 refused.\n"), (code, output));
    }
}
