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

    private readonly HttpPipelineTransport? transport;

    private AzureAccount(
        Uri? tables, Uri? blobs, TokenCredential? identity, string? connection, AzurePatience? patience, HttpPipelineTransport? transport)
    {
        this.tables = tables;
        this.blobs = blobs;
        this.identity = identity;
        this.connection = connection;
        this.transport = transport;
        Patience = patience ?? new AzurePatience();
    }

    internal AzurePatience Patience { get; }

    /// <summary>By the managed identity of the machine or app, or by what a developer has signed in with.</summary>
    /// <param name="tables">Such as <c>https://county.table.core.windows.net</c>.</param>
    /// <param name="blobs">Such as <c>https://county.blob.core.windows.net</c>.</param>
    /// <param name="clientId">Of a user-assigned identity; null for the system-assigned one.</param>
    /// <param name="patience">Null: the usual.</param>
    /// <param name="transport">What carries requests; null: the SDK's own.</param>
    public static AzureAccount ByIdentity(
        Uri tables, Uri blobs, string? clientId = null, AzurePatience? patience = null, HttpPipelineTransport? transport = null) => new(
        tables,
        blobs,
        new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = clientId, WorkloadIdentityClientId = clientId }),
        null,
        patience,
        transport);

    /// <summary>By a key; for an emulator.</summary>
    /// <param name="connection">Holds the key.</param>
    /// <param name="patience">Null: the usual.</param>
    /// <param name="transport">What carries requests; null: the SDK's own.</param>
    /// <exception cref="FormatException">It is no connection string.</exception>
    public static AzureAccount ByConnectionString(
        string connection, AzurePatience? patience = null, HttpPipelineTransport? transport = null)
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

        return new AzureAccount(null, null, null, connection, patience, transport);
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
        if (transport is not null)
        {
            options.Transport = transport;
        }
    }
}
