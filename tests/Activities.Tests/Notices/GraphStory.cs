using Workflows.Activities.Notices;
using Workflows.Activities.Storage;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Notices;

/// <summary>A mailer, its mailbox and its table, for one test.</summary>
public abstract class GraphStory : IAsyncLifetime
{
    private readonly TempFolder folder = new();

    private protected static OutgoingMail Reminder { get; } = new(
        "D-2026-000001:reminder.1",
        "officer@town.example",
        ["leader@town.example", "centre@county.example"],
        "关于限期签收纠纷案件的提醒",
        "鲤城街道：\n\n请于2026年3月6日前签收。\n",
        new DateTimeOffset(2026, 3, 2, 1, 30, 5, TimeSpan.Zero));

    private protected static GraphSettings Settings { get; } = new(GraphSink.Mailbox);

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected GraphSink Sink { get; private set; } = null!;

    private protected SqliteTables Tables { get; private set; } = null!;

    private protected GraphMailer Mailer { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Sink = await GraphSink.Start();
        Tables = SqliteTables.Open(folder.File("tables.db"));
        Mailer = Open();
    }

    public async ValueTask DisposeAsync()
    {
        Mailer.Dispose();
        await Sink.DisposeAsync();
        await Tables.DisposeAsync();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected GraphMailer Open(GraphSettings? settings = null, ITables? tables = null, TimeProvider? time = null) =>
        new(Sink.Client(), settings ?? Settings, tables ?? Tables, time ?? TimeProvider.System);
}
