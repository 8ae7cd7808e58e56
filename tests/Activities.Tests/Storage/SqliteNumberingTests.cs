using Workflows.Activities.Storage;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Storage;

public sealed class SqliteNumberingTests : NumberingTests
{
    private readonly TempFolder folder = new();

    protected override Task<(ITables Here, ITables There)> OpenTwice() => Task.FromResult<(ITables, ITables)>(
        (SqliteTables.Open(folder.File("tables.db")), SqliteTables.Open(folder.File("tables.db"))));

    protected override async ValueTask Close(ITables here, ITables there)
    {
        await ((SqliteTables)here).DisposeAsync();
        await ((SqliteTables)there).DisposeAsync();
        folder.Dispose();
    }
}
