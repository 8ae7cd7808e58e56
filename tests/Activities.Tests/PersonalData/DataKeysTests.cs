using Microsoft.AspNetCore.DataProtection;
using Workflows.Activities.PersonalData;
using Workflows.Testing;

namespace Workflows.Activities.Tests.PersonalData;

public sealed class DataKeysTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Without_a_vault_the_keys_are_in_the_folder()
    {
        var secret = Open(folder.File("keys")).CreateProtector("p").Protect("林阿妹");

        Assert.Single(Directory.GetFiles(folder.File("keys")));
        Assert.Equal("林阿妹", DataKeys.Open(folder.File("keys")).CreateProtector("p").Unprotect(secret));
        Assert.Equal("林阿妹", Open(folder.File("keys"), ("WORKFLOWS_KEYS_VAULT", "")).CreateProtector("p").Unprotect(secret));
    }

    [Theory]
    [InlineData("http://county.vault.azure.net")]
    [InlineData("county.vault.azure.net")]
    [InlineData("https://county.vault.azure.net/secrets")]
    [InlineData("https://county.vault.azure.net?sig=x")]
    [InlineData("https://user@county.vault.azure.net")]
    public void An_address_that_is_no_vaults_is_refused_by_the_name_of_the_setting(string address)
    {
        var error = Assert.Throws<InvalidDataException>(() => Open(folder.File("keys"), ("WORKFLOWS_KEYS_VAULT", address)));

        Assert.StartsWith("WORKFLOWS_KEYS_VAULT must be the https address", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sig=x", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("keys")));
    }

    [Fact]
    public void An_identity_without_a_vault_is_refused()
    {
        var error = Assert.Throws<InvalidDataException>(() => Open(folder.File("keys"), ("WORKFLOWS_KEYS_CLIENT_ID", "4f0c")));
        Assert.StartsWith("WORKFLOWS_KEYS_CLIENT_ID is only for a key vault", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_without_a_disk_needs_a_vault()
    {
        var error = Assert.Throws<InvalidDataException>(() => Open(null));
        Assert.StartsWith("WORKFLOWS_KEYS_VAULT must be set", error.Message, StringComparison.Ordinal);
    }

    private static IDataProtectionProvider Open(string? folder, params (string Name, string Value)[] settings) =>
        DataKeys.Open(name => settings.FirstOrDefault(setting => setting.Name == name).Value, folder);
}
