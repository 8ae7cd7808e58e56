using System.Diagnostics;

namespace Workflows.Activities.Storage;

/// <summary>The tables and blobs of one installation, opened and closed together.</summary>
public sealed class Stores : IAsyncDisposable
{
    private Stores(ITables tables, IBlobs blobs)
    {
        Tables = tables;
        Blobs = blobs;
    }

    public ITables Tables { get; }

    public IBlobs Blobs { get; }

    /// <summary>Opens files or makes them; an account is first asked when something is read or written.</summary>
    public static Stores Open(StorageOptions options)
    {
        switch (options)
        {
            case StorageOptions.Azure azure:
                return new Stores(new AzureTables(azure.Account), new AzureBlobs(azure.Account, azure.Container));
            case StorageOptions.Sqlite local:
                var blobs = new FileBlobs(local.BlobsFolder);
                try
                {
                    return new Stores(SqliteTables.Open(local.TablesFile), blobs);
                }
                catch
                {
                    blobs.Dispose();
                    throw;
                }

            default:
                throw new UnreachableException();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Tables is IAsyncDisposable tables)
        {
            await tables.DisposeAsync();
        }

        (Blobs as IDisposable)?.Dispose();
    }
}
