using Workflows.Activities.Storage;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Storage;

public sealed class SqliteModelTests : TablesModelTests
{
    [Fact]
    public async Task A_random_history_ends_as_in_a_sorted_dictionary()
    {
        using var folder = new TempFolder();
        await using var tables = SqliteTables.Open(folder.File("tables.db"));
        await EndsAsInASortedDictionary(tables, runs: 100);
    }
}
