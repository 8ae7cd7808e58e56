using System.Text.Json;

namespace Workflows.Infra.Tests;

/// <summary>What is brought to Azure compiles, is clean, and closes what must be closed.</summary>
public sealed class TemplateTests(Bicep bicep) : IClassFixture<Bicep>
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(Bicep.Folder, "*.bicep").Select(file => Path.GetFileName(file)!)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_file_compiles_without_a_warning_and_in_its_own_format(string file)
    {
        Assert.Empty(await bicep.Says(file));
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Bicep.Folder, file), TestContext.Current.CancellationToken), await bicep.Format(file));
    }

    [Theory]
    [InlineData("dev.bicepparam")]
    [InlineData("prod.bicepparam")]
    [InlineData("main.bicepparam")]
    public async Task Every_settings_file_gives_what_the_template_asks_for(string file)
    {
        var settings = await bicep.Settings(file);
        var asked = (await bicep.Build("main.bicep")).GetProperty("parameters").EnumerateObject()
            .Where(parameter => !parameter.Value.TryGetProperty("defaultValue", out _)).Select(parameter => parameter.Name);

        Assert.Subset(settings.EnumerateObject().Select(setting => setting.Name).ToHashSet(), asked.ToHashSet());
    }

    [Fact]
    public async Task A_warning_of_the_linter_is_an_error()
    {
        var rules = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Bicep.Folder, "bicepconfig.json"), TestContext.Current.CancellationToken))
            .RootElement.GetProperty("analyzers").GetProperty("core").GetProperty("rules");

        Assert.All(rules.EnumerateObject().Where(rule => rule.Name != "use-recent-api-versions"), rule =>
            Assert.Equal("error", rule.Value.GetProperty("level").GetString()));
    }

    [Fact]
    public async Task Storage_takes_no_key_and_shows_nothing_to_the_public()
    {
        var account = Only(await bicep.Build("storage.bicep"), "Microsoft.Storage/storageAccounts").GetProperty("properties");

        Assert.False(account.GetProperty("allowSharedKeyAccess").GetBoolean());
        Assert.False(account.GetProperty("allowBlobPublicAccess").GetBoolean());
        Assert.Equal("TLS1_2", account.GetProperty("minimumTlsVersion").GetString());
        Assert.True(account.GetProperty("supportsHttpsTrafficOnly").GetBoolean());
    }

    [Fact]
    public async Task Of_a_file_that_was_erased_no_version_stays_for_ever()
    {
        var storage = await bicep.Build("storage.bicep");

        Assert.True(Only(storage, "Microsoft.Storage/storageAccounts/blobServices").GetProperty("properties").GetProperty("isVersioningEnabled").GetBoolean());
        var rule = Assert.Single(Only(storage, "Microsoft.Storage/storageAccounts/managementPolicies")
            .GetProperty("properties").GetProperty("policy").GetProperty("rules").EnumerateArray());
        Assert.True(rule.GetProperty("enabled").GetBoolean());
        var actions = rule.GetProperty("definition").GetProperty("actions");
        Assert.Equal("version", Assert.Single(actions.EnumerateObject()).Name);
        Assert.Equal(1, actions.GetProperty("version").GetProperty("delete").GetProperty("daysAfterCreationGreaterThan").GetInt32());
    }

    [Fact]
    public async Task The_keys_of_personal_data_cannot_be_emptied_out()
    {
        var vault = Only(await bicep.Build("keys.bicep"), "Microsoft.KeyVault/vaults").GetProperty("properties");

        Assert.True(vault.GetProperty("enablePurgeProtection").GetBoolean());
        Assert.True(vault.GetProperty("enableRbacAuthorization").GetBoolean());
    }

    [Fact]
    public async Task While_nobody_signs_in_the_app_is_open_to_the_addresses_that_are_named_and_by_default_to_nobody()
    {
        var site = Resources(await bicep.Build("app.bicep")).Single(resource => resource.GetProperty("type").GetString() == "Microsoft.Web/sites")
            .GetProperty("properties").GetProperty("siteConfig");
        var main = (await bicep.Build("main.bicep")).GetProperty("parameters").GetProperty("allowedAddresses");

        Assert.Equal("Deny", site.GetProperty("ipSecurityRestrictionsDefaultAction").GetString());
        Assert.Contains("allowedAddresses", site.GetRawText(), StringComparison.Ordinal);
        Assert.Empty(main.GetProperty("defaultValue").EnumerateArray());
        foreach (var file in (string[])["dev.bicepparam", "prod.bicepparam", "main.bicepparam"])
        {
            Assert.False((await bicep.Settings(file)).TryGetProperty("allowedAddresses", out _), file);
        }
    }

    [Fact]
    public async Task No_setting_of_the_app_is_a_secret()
    {
        var settings = Resources(await bicep.Build("app.bicep")).Single(resource =>
            resource.GetProperty("type").GetString() == "Microsoft.Web/sites/config").GetProperty("properties");

        Assert.DoesNotContain(settings.EnumerateObject(), setting =>
            setting.Value.GetString()!.Contains("listKeys", StringComparison.OrdinalIgnoreCase)
            || setting.Name.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase)
            || setting.Name is "AzureWebJobsStorage");
        Assert.Equal("azure", settings.GetProperty("WORKFLOWS_STORAGE_KIND").GetString());
    }

    [Fact]
    public async Task Somebody_hears_of_failed_flows_mails_overdue_notices_and_people_who_stay_named()
    {
        var alerts = await bicep.Build("alerts.bicep");
        var keys = alerts.GetProperty("variables").GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("key").GetString());

        Assert.Equal(["blocked-flows", "failed-functions", "mail-failures", "overdue-notices", "silent-sweep", "silent-retention"], keys);
    }

    private static JsonElement Only(JsonElement template, string type) =>
        Resources(template).Single(resource => resource.GetProperty("type").GetString() == type);

    private static IEnumerable<JsonElement> Resources(JsonElement template)
    {
        var resources = template.GetProperty("resources");
        return resources.ValueKind == JsonValueKind.Array
            ? resources.EnumerateArray()
            : resources.EnumerateObject().Select(resource => resource.Value);
    }
}
