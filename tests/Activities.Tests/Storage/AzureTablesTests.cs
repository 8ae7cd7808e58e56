using Workflows.Activities.Storage;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Storage;

public sealed class AzureTablesTests(AzuriteServer azurite) : TablesContract
{
    /// <summary>Azurite's own limit; Azure's is twice that.</summary>
    protected override int StoredKeyCharactersMax => 512;

    protected override async Task<ITables> Open() => new AzureTables(await azurite.NewAccount());

    protected override Task Close() => Task.CompletedTask;

    protected override void CleanUp()
    {
    }
}
