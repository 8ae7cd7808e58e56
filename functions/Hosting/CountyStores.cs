using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Workflows.Activities.PersonalData;
using Workflows.Activities.Storage;

namespace Workflows.Functions.Hosting;

/// <summary>Where a county keeps everything.</summary>
/// <param name="Tables">Projections, journals, personal data, flows and inboxes.</param>
/// <param name="Blobs">Rule sets and documents.</param>
/// <param name="Keys">Open the personal data.</param>
public sealed record CountyStores(ITables Tables, IBlobs Blobs, IDataProtectionProvider Keys)
{
    /// <summary>
    /// An Azure account as <see cref="StorageOptions"/> says; or, where <c>WORKFLOWS_DATA</c> names a folder, files below it:
    /// one host on one machine with a disk that stays.
    /// </summary>
    /// <exception cref="InvalidDataException">A setting has a value that cannot be; the message names it and the rule.</exception>
    public static CountyStores Open(IConfiguration configuration)
    {
        var data = configuration["WORKFLOWS_DATA"] is { Length: > 0 } folder ? Path.GetFullPath(folder) : null;
        var local = data is null ? null : new StorageOptions.Sqlite(Path.Combine(data, "tables.db"), Path.Combine(data, "blobs"));
        var options = StorageOptions.Read(name => configuration[name], local);
        if (data is not null)
        {
            Directory.CreateDirectory(data);
        }

        var stores = Stores.Open(options);
        var keys = DataKeys.Open(name => configuration[name], data is null ? null : Path.TrimEndingDirectorySeparator(data) + "-keys");
        return new CountyStores(stores.Tables, stores.Blobs, keys);
    }
}
