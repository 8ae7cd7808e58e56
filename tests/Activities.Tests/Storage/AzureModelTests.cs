using Workflows.Activities.Storage;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Storage;

public sealed class AzureModelTests(AzuriteServer azurite) : TablesModelTests
{
    [Fact]
    public async Task A_random_history_ends_as_in_a_sorted_dictionary() =>
        await EndsAsInASortedDictionary(new AzureTables(await azurite.NewAccount()), runs: 12);
}
