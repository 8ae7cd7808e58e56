using Workflows.Testing;

namespace Workflows.Server.Tests;

/// <summary>Where the program keeps things, as an operator says it.</summary>
public sealed class StorageCommandTests(AzuriteServer azurite)
{
    private const string Kind = "WORKFLOWS_STORAGE_KIND";

    [Fact]
    public async Task A_county_in_an_azure_account_is_served_and_no_key_is_printed()
    {
        using var folder = new TempFolder();
        var connection = await azurite.NewConnection();
        var settings = new Dictionary<string, string> { [Kind] = "azure", ["WORKFLOWS_STORAGE_CONNECTION"] = connection };
        using var server = ServerProcess.Start(settings, "--data", folder.File("data"), "--port", "0");
        using var http = new HttpClient { BaseAddress = new Uri(await server.Address()) };

        Assert.Equal("{\"items\":[]}", await http.GetStringAsync("/api/disputes", TestContext.Current.CancellationToken));

        await server.Kill();
        Assert.Contains("Tables and blobs are in an Azure storage account.", server.Output, StringComparison.Ordinal);
        var key = connection.Split("AccountKey=")[1].Split(';')[0];
        Assert.DoesNotContain(key, server.Output + server.Errors, StringComparison.Ordinal);
        Assert.Equal(["engine.db"], Directory.EnumerateFiles(folder.File("data"), "*.db").Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_kind_of_storage_that_is_none_is_refused_with_the_rule()
    {
        using var folder = new TempFolder();
        var (code, _, errors) = await ServerProcess.Run("--storage", "cosmos", "--data", folder.File("data"), "--port", "0");

        Assert.Equal((1, "WORKFLOWS_STORAGE_KIND must be sqlite or azure.\n"), (code, errors));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Root));
    }

    [Theory]
    [InlineData("backup")]
    [InlineData("verify")]
    [InlineData("compact")]
    public async Task A_command_for_files_does_not_touch_a_folder_whose_county_has_moved_to_azure(string command)
    {
        using var folder = new TempFolder();
        string[] to = command == "backup" ? ["--to", folder.File("to")] : [];
        var settings = new Dictionary<string, string>
        {
            [Kind] = "azure",
            ["WORKFLOWS_STORAGE_TABLES"] = "https://county.example/",
            ["WORKFLOWS_STORAGE_BLOBS"] = "https://county.example/",
        };
        using var run = ServerProcess.Start(settings, [command, "--data", folder.File("data"), .. to]);

        Assert.Equal(1, await run.Exit());
        Assert.Equal("WORKFLOWS_STORAGE_KIND says azure; this command is for a county whose tables are in its data folder.\n", run.Errors);
    }
}
