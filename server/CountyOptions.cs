using Workflows.Activities.Notices;
using Workflows.Activities.Storage;

namespace Workflows.Server;

/// <summary>What an installation on one machine is set up with.</summary>
/// <param name="Data">The folder of everything it keeps.</param>
/// <param name="Seeds">The folder of the county's facts.</param>
/// <param name="Mail">Where mails go; null leaves them in the outbox folder.</param>
/// <param name="Elsewhere">Where tables and blobs are, if not in the data folder.</param>
/// <param name="KeepFlows">How long an ended flow is kept with its history; null keeps all.</param>
/// <param name="Sweeps">Looks every minute for living cases whose flow was lost, and starts them from their projection.</param>
/// <param name="Standby">Opening waits until another process that serves the folder is gone, instead of being refused.</param>
/// <param name="KeySettings">Say where the keys of personal data are; null: in the folder beside the data.</param>
/// <param name="VerifyReplay">Replays every flow after every step, so that code that cannot be replayed is seen at once; what it costs grows with histories.</param>
public sealed record CountyOptions(
    string Data,
    string Seeds,
    MailOptions? Mail = null,
    StorageOptions? Elsewhere = null,
    TimeSpan? KeepFlows = null,
    bool Sweeps = false,
    bool Standby = false,
    Func<string, string?>? KeySettings = null,
    bool VerifyReplay = CountyOptions.IsDebugBuild)
{
    private const bool IsDebugBuild =
#if DEBUG
        true;
#else
        false;
#endif

    public StorageOptions Stores => Elsewhere ?? Local;

    /// <summary>Tables and blobs in the data folder.</summary>
    public StorageOptions.Sqlite Local => new(TablesFile, Blobs);

    public string EngineFile => Path.Combine(Data, "engine.db");

    public string TablesFile => Path.Combine(Data, "tables.db");

    public string Blobs => Path.Combine(Data, "blobs");

    public string Outbox => Path.Combine(Data, "outbox");

    /// <summary>Beside the data, so that a copy of the data folder opens no personal data.</summary>
    public string Keys => Path.TrimEndingDirectorySeparator(Data) + "-keys";

    /// <summary>The seeds that are published with the program.</summary>
    public static string PublishedSeeds => Path.Combine(AppContext.BaseDirectory, "seeds");
}
