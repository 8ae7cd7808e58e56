using Workflows.Activities.Storage;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Storage;

public sealed class AzureBlobsTests(AzuriteServer azurite) : BlobsContract
{
    protected override async Task<IBlobs> Open() => new AzureBlobs(await azurite.NewAccount(), "workflows");

    protected override Task Close() => Task.CompletedTask;

    protected override void CleanUp()
    {
    }
}
