using Workflows.Activities.Storage;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Storage;

public sealed class AzureNumberingTests(AzuriteServer azurite) : NumberingTests
{
    protected override async Task<(ITables Here, ITables There)> OpenTwice()
    {
        var account = await azurite.NewAccount();
        return (new AzureTables(account), new AzureTables(account));
    }

    protected override ValueTask Close(ITables here, ITables there) => default;
}
