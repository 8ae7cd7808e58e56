using System.Diagnostics.Tracing;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Azure.Core.Diagnostics;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Workflows.Activities.PersonalData;
using Workflows.Activities.Storage;
using Workflows.Testing;

namespace Workflows.Activities.Tests.PersonalData;

public sealed class KeyVaultTests : IAsyncLifetime
{
    private const string Case = "D-2026-000001";

    private static readonly PartyData Lin = new("p1", "林阿妹", "13800001234");

    private static readonly XElement Element = XElement.Parse("<key id=\"1\"><secret>c2VjcmV0</secret></key>");

    private VaultSink vault = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => vault = await VaultSink.Start();

    public async ValueTask DisposeAsync() => await vault.DisposeAsync();

    [Fact]
    public async Task What_one_host_wrote_another_reads_with_the_keys_of_the_vault()
    {
        using var folder = new TempFolder();
        await using var tables = SqliteTables.Open(folder.File("tables.db"));
        await new PersonalDataTable(tables, DataKeys.Open(vault.Client())).PutParty(Case, Lin, Stop);

        var other = new PersonalDataTable(tables, DataKeys.Open(vault.Client()));

        Assert.Equal([Lin], await other.GetParties(Case, Stop));
        var (name, versions) = Assert.Single(vault.Secrets);
        Assert.Matches("^data-protection-key-[0-9a-f-]{36}$", name);
        var secret = Assert.Single(versions);
        Assert.Equal("application/xml", secret.ContentType);
        Assert.Equal("key", XElement.Parse(secret.Value).Name.LocalName);
    }

    [Fact]
    public async Task Hosts_that_start_at_the_same_moment_on_an_empty_vault_read_each_other()
    {
        var hosts = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => DataKeys.Open(vault.Client()), Stop)));

        var secrets = hosts.Select(host => host.CreateProtector("p").Protect("林阿妹")).ToList();

        Assert.All(hosts, host => Assert.All(secrets, secret => Assert.Equal("林阿妹", host.CreateProtector("p").Unprotect(secret))));
    }

    [Fact]
    public async Task Another_vault_opens_nothing()
    {
        await using var strange = await VaultSink.Start();
        var secret = DataKeys.Open(vault.Client()).CreateProtector("p").Protect("林阿妹");

        Assert.ThrowsAny<CryptographicException>(() => DataKeys.Open(strange.Client()).CreateProtector("p").Unprotect(secret));
        Assert.Equal("林阿妹", DataKeys.Open(vault.Client()).CreateProtector("p").Unprotect(secret));
    }

    [Fact]
    public void Elements_come_back_over_several_pages_and_other_secrets_are_left_alone()
    {
        var stored = vault.Client();
        for (var i = 1; i <= 5; i++)
        {
            stored.StoreElement(new XElement("key", new XAttribute("id", i)), $"key-{i}");
        }

        vault.Secrets["database-password"] = [new VaultSink.Secret("not ours")];
        vault.Secrets["data-protection-key-6"] = [new VaultSink.Secret("<key id=\"6\" />", Enabled: false)];

        var read = vault.Client().GetAllElements();

        Assert.Equal(["1", "2", "3", "4", "5"], read.Select(element => element.Attribute("id")!.Value).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("GET database-password", vault.Requests);
    }

    [Fact]
    public void An_element_is_made_once_and_never_replaced()
    {
        vault.Client().StoreElement(Element, "key-1");
        vault.Client().StoreElement(Element, "key-1");

        Assert.Single(vault.Secrets["data-protection-key-1"]);
        var error = Assert.Throws<KeyVaultException>(() => vault.Client().StoreElement(new XElement("key"), "key-1"));
        Assert.Contains("data-protection-key-1", error.Message, StringComparison.Ordinal);
        Assert.Equal(Element.ToString(SaveOptions.DisableFormatting), Assert.Single(vault.Secrets["data-protection-key-1"]).Value);
    }

    [Fact]
    public void A_friendly_name_becomes_one_that_a_vault_takes()
    {
        vault.Client().StoreElement(Element, "revocation-20260302T013005.1234Z");

        Assert.Equal(["data-protection-revocation-20260302T013005-1234Z"], vault.Secrets.Keys);
        Assert.Throws<ArgumentException>(() => vault.Client().StoreElement(Element, new string('k', 200)));
    }

    [Fact]
    public void A_throttled_request_is_asked_again()
    {
        var throttled = 0;
        vault.Instead = context =>
        {
            context.Response.StatusCode = 429;
            return throttled++ < 2;
        };

        vault.Client().StoreElement(Element, "key-1");

        const string name = "data-protection-key-1";
        Assert.Equal([$"GET {name}", $"GET {name}", $"GET {name}", $"PUT {name}"], vault.Requests);
    }

    [Theory]
    [InlineData(403, "may the identity get, list and set secrets")]
    [InlineData(500, "500")]
    public void A_vault_that_does_not_serve_stops_the_start_with_the_setting_and_the_reason(int status, string words)
    {
        vault.Instead = context =>
        {
            context.Response.StatusCode = status;
            return true;
        };

        var error = Assert.Throws<KeyVaultException>(() => DataKeys.Open(vault.Client()));

        Assert.StartsWith("The key vault of WORKFLOWS_KEYS_VAULT cannot be used: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.True(vault.Requests.Count <= 4);
    }

    [Fact]
    public async Task A_vault_that_is_not_there_stops_the_start()
    {
        var client = vault.Client();
        await vault.DisposeAsync();

        var error = Assert.Throws<KeyVaultException>(() => DataKeys.Open(client));

        Assert.Equal("The key vault of WORKFLOWS_KEYS_VAULT cannot be used: it does not answer.", error.Message);
        vault = await VaultSink.Start();
    }

    [Fact]
    public void A_host_that_may_read_and_not_write_does_not_start_without_keys_and_starts_with_them()
    {
        vault.Instead = context =>
        {
            context.Response.StatusCode = 403;
            return HttpMethods.IsPut(context.Request.Method);
        };
        Assert.Throws<KeyVaultException>(() => DataKeys.Open(vault.Client()));

        vault.Instead = null;
        var secret = DataKeys.Open(vault.Client()).CreateProtector("p").Protect("x");
        vault.Instead = context =>
        {
            context.Response.StatusCode = 403;
            return HttpMethods.IsPut(context.Request.Method);
        };
        Assert.Equal("x", DataKeys.Open(vault.Client()).CreateProtector("p").Unprotect(secret));
    }

    [Fact]
    public void A_deleted_secret_of_the_name_is_explained()
    {
        vault.Instead = context =>
        {
            context.Response.StatusCode = 409;
            return HttpMethods.IsPut(context.Request.Method);
        };

        var error = Assert.Throws<KeyVaultException>(() => vault.Client().StoreElement(Element, "key-1"));
        Assert.Contains("recovered or purged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_that_is_no_key_is_named_and_not_shown()
    {
        vault.Secrets["data-protection-key-1"] = [new VaultSink.Secret("<c2VjcmV0")];

        var error = Assert.Throws<KeyVaultException>(() => DataKeys.Open(vault.Client()));

        Assert.Contains("data-protection-key-1", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_log_of_the_client_holds_a_key_or_a_token()
    {
        var log = new StringBuilder();
        using (new AzureEventSourceListener(
            (entry, message) =>
            {
                lock (log)
                {
                    log.AppendLine(CultureInfo.InvariantCulture, $"{message} {string.Join(' ', entry.Payload ?? new([]))}");
                }
            },
            EventLevel.Verbose))
        {
            DataKeys.Open(vault.Client());
            DataKeys.Open(vault.Client());
        }

        var key = XElement.Parse(Assert.Single(vault.Secrets).Value[0].Value);
        var material = key.Descendants("masterKey").Single().Value.Trim();
        lock (log)
        {
            var said = log.ToString();
            Assert.Contains(VaultSink.Address.Host, said, StringComparison.Ordinal);
            Assert.DoesNotContain(material, said, StringComparison.Ordinal);
            Assert.DoesNotContain(VaultSink.Token, said, StringComparison.Ordinal);
        }
    }
}
