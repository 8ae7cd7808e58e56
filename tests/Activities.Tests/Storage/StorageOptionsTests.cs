using Workflows.Activities.Storage;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Storage;

/// <summary>What an operator may set, and what he is told when it cannot be.</summary>
public sealed class StorageOptionsTests
{
    private const string Emulator = "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=c2VjcmV0;BlobEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://127.0.0.1:2/a;";

    private static readonly StorageOptions.Sqlite Local = new("tables.db", "blobs");

    [Fact]
    public void Nothing_set_means_files() => Assert.Same(Local, Read());

    [Fact]
    public void Sqlite_means_files() => Assert.Same(Local, Read("KIND=sqlite"));

    [Fact]
    public void An_account_is_named_by_the_addresses_of_its_services()
    {
        var azure = Azure("KIND=azure", "TABLES=https://county.table.core.windows.net", "BLOBS=https://county.blob.core.windows.net");

        Assert.Equal("workflows", azure.Container);
        Assert.Equal("xianyou-1", Azure("KIND=azure", "TABLES=https://t.example", "BLOBS=https://b.example", "CLIENT_ID=c", "CONTAINER=xianyou-1").Container);
    }

    [Fact]
    public void A_connection_string_is_for_an_emulator() => Azure("KIND=azure", $"CONNECTION={Emulator}");

    [Fact]
    public void What_is_said_on_the_command_line_counts_instead_of_the_setting()
    {
        Assert.Same(Local, Read("sqlite", "KIND=azure"));
        Assert.IsType<StorageOptions.Azure>(Read("azure", "KIND=sqlite", $"CONNECTION={Emulator}"));
    }

    [Fact]
    public void A_host_without_files_has_an_account_or_nothing()
    {
        Assert.IsType<StorageOptions.Azure>(StorageOptions.Read(Settings([$"CONNECTION={Emulator}"]), local: null));
        var refusal = Assert.Throws<InvalidDataException>(() => StorageOptions.Read(Settings(["KIND=sqlite"]), local: null));
        Assert.Equal("WORKFLOWS_STORAGE_KIND must be azure: this host keeps no files.", refusal.Message);
    }

    [Theory]
    [InlineData("WORKFLOWS_STORAGE_KIND must be sqlite or azure.", "KIND=Azure")]
    [InlineData("WORKFLOWS_STORAGE_KIND must be sqlite or azure.", "KIND=cosmos")]
    [InlineData("WORKFLOWS_STORAGE_TABLES is only for azure, but WORKFLOWS_STORAGE_KIND says sqlite.", "TABLES=https://t.example")]
    [InlineData("WORKFLOWS_STORAGE_CONNECTION is only for azure, but WORKFLOWS_STORAGE_KIND says sqlite.", "KIND=sqlite", "CONNECTION=x")]
    [InlineData("WORKFLOWS_STORAGE_TABLES must be the https address of the account's tables, without a signature.", "KIND=azure")]
    [InlineData("WORKFLOWS_STORAGE_TABLES must be the https address of the account's tables, without a signature.", "KIND=azure", "TABLES=http://t.example", "BLOBS=https://b.example")]
    [InlineData("WORKFLOWS_STORAGE_BLOBS must be the https address of the account's blobs, without a signature.", "KIND=azure", "TABLES=https://t.example")]
    [InlineData("WORKFLOWS_STORAGE_BLOBS must be the https address of the account's blobs, without a signature.", "KIND=azure", "TABLES=https://t.example", "BLOBS=https://b.example?sig=secret")]
    [InlineData("WORKFLOWS_STORAGE_CLIENT_ID must not be set together with WORKFLOWS_STORAGE_CONNECTION.", "KIND=azure", "CLIENT_ID=c", "CONNECTION=secret")]
    [InlineData("WORKFLOWS_STORAGE_CONNECTION must be a connection string of a storage account.", "KIND=azure", "CONNECTION=secret")]
    [InlineData("WORKFLOWS_STORAGE_CONTAINER must be 3 to 63 lower-case letters, digits and single '-' between them.", "KIND=azure", "CONNECTION=" + Emulator, "CONTAINER=My_Container")]
    public void A_setting_that_cannot_be_is_named_with_its_rule_and_without_its_value(string message, params string[] settings) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => Read(settings)).Message);

    [Fact]
    public async Task Opened_files_are_closed_together()
    {
        using var folder = new TempFolder();
        var local = new StorageOptions.Sqlite(folder.File("tables.db"), folder.File("blobs"));
        await using (var stores = Stores.Open(local))
        {
            await stores.Tables.Submit("Cases", "p", [new TableOperation.Insert("r", new Dictionary<string, object>())], TestContext.Current.CancellationToken);
            await stores.Blobs.Put("a", "x"u8.ToArray(), "text/plain", false, TestContext.Current.CancellationToken);
        }

        Assert.Equal(["blobs", "tables.db"], Directory.EnumerateFileSystemEntries(folder.Root).Select(Path.GetFileName).Order());
    }

    private static StorageOptions.Azure Azure(params string[] settings) => Assert.IsType<StorageOptions.Azure>(Read(settings));

    private static StorageOptions Read(params string[] settings) =>
        settings is [var kind, ..] && !kind.Contains('=', StringComparison.Ordinal)
            ? StorageOptions.Read(Settings(settings[1..]), Local, kind)
            : StorageOptions.Read(Settings(settings), Local);

    private static Func<string, string?> Settings(string[] settings) => name => settings
        .Where(setting => setting.StartsWith($"{name["WORKFLOWS_STORAGE_".Length..]}=", StringComparison.Ordinal))
        .Select(setting => setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..])
        .FirstOrDefault();
}
