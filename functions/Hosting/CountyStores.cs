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
    /// <summary>Files below one folder, <c>WORKFLOWS_DATA</c>: one host on one machine with a disk that stays.</summary>
    public static CountyStores Open(IConfiguration configuration)
    {
        var data = Path.GetFullPath(configuration["WORKFLOWS_DATA"] ?? "data");
        Directory.CreateDirectory(data);
        return new CountyStores(
            SqliteTables.Open(Path.Combine(data, "tables.db")),
            new FileBlobs(Path.Combine(data, "blobs")),
            DataKeys.Open(Path.TrimEndingDirectorySeparator(data) + "-keys"));
    }
}
