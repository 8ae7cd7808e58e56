using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace Workflows.Activities.Storage;

/// <summary>A storage account and how this program signs in to it. A class without a text form, so that no log shows a key.</summary>
public sealed class AzureAccount
{
    /// <summary>The service version that is spoken; a newer SDK does not change it by itself.</summary>
    private const BlobClientOptions.ServiceVersion BlobVersion = BlobClientOptions.ServiceVersion.V2026_06_06;

    private readonly Uri? tables;
    private readonly Uri? blobs;
    private readonly TokenCredential? identity;
    private readonly string? connection;

    private AzureAccount(Uri? tables, Uri? blobs, TokenCredential? identity, string? connection)
    {
        this.tables = tables;
        this.blobs = blobs;
        this.identity = identity;
        this.connection = connection;
    }

    public AzurePatience Patience { get; init; } = new();

    /// <summary>What carries requests; null: the SDK's own.</summary>
    public HttpPipelineTransport? Transport { get; init; }

    /// <summary>By the managed identity of the machine or app, or by what a developer has signed in with.</summary>
    /// <param name="tables">Such as <c>https://county.table.core.windows.net</c>.</param>
    /// <param name="blobs">Such as <c>https://county.blob.core.windows.net</c>.</param>
    /// <param name="clientId">Of a user-assigned identity; null for the system-assigned one.</param>
    public static AzureAccount ByIdentity(Uri tables, Uri blobs, string? clientId = null) => new(
        tables,
        blobs,
        new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = clientId, WorkloadIdentityClientId = clientId }),
        null);

    /// <summary>By a key; for an emulator.</summary>
    /// <exception cref="FormatException">It is no connection string.</exception>
    public static AzureAccount ByConnectionString(string connection)
    {
        // Both clients read the text now, so that a wrong one is refused where it is configured.
        try
        {
            _ = new TableServiceClient(connection);
            _ = new BlobServiceClient(connection);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or InvalidOperationException)
        {
            throw new FormatException("This is no connection string of a storage account.");
        }

        return new AzureAccount(null, null, null, connection);
    }

    internal TableServiceClient OpenTables()
    {
        var options = new TableClientOptions();
        if (tables is not null && tables.Host.EndsWith(".core.chinacloudapi.cn", StringComparison.OrdinalIgnoreCase))
        {
            options.Audience = TableAudience.AzureChina;
        }

        Apply(options, Patience.TableTry);
        return connection is null ? new TableServiceClient(tables, identity, options) : new TableServiceClient(connection, options);
    }

    internal BlobServiceClient OpenBlobs()
    {
        var options = new BlobClientOptions(BlobVersion);
        Apply(options, Patience.BlobTry);
        return connection is null ? new BlobServiceClient(blobs, identity, options) : new BlobServiceClient(connection, options);
    }

    private void Apply(ClientOptions options, TimeSpan longestTry)
    {
        options.Retry.MaxRetries = 0;
        options.Retry.NetworkTimeout = longestTry;
        options.Diagnostics.IsLoggingContentEnabled = false;
        if (Transport is not null)
        {
            options.Transport = Transport;
        }
    }
}
