using Workflows.Activities.Rules;
using Workflows.Activities.Storage;
using Workflows.Testing;

namespace Workflows.Activities.Tests;

/// <summary>The rules as they are shipped, loaded once for a class of tests.</summary>
public sealed class ShippedRules : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private FileBlobs blobs = null!;

    public RuleShelf Shelf { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        blobs = new FileBlobs(folder.File("blobs"));
        Shelf = await RuleShelf.Open(
            Path.Combine(ReferenceCounty.Root, "seeds"), new MemoryTables(), blobs, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        blobs.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
