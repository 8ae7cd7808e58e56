namespace Workflows.Activities.Storage;

/// <summary>Where an installation keeps its tables and blobs; every host reads it here.</summary>
/// <remarks>
/// The settings are environment variables, or application settings of the same names. <c>WORKFLOWS_STORAGE_KIND</c>:
/// <c>sqlite</c> (if not set) or <c>azure</c>. For <c>azure</c>: <c>…_TABLES</c> and <c>…_BLOBS</c>, the addresses of the
/// account's services, with <c>…_CLIENT_ID</c> for a user-assigned identity; or instead <c>…_CONNECTION</c>, a connection
/// string, for an emulator. <c>…_CONTAINER</c> names the container of the blobs (<c>workflows</c> if not set).
/// </remarks>
public abstract record StorageOptions
{
    public const string Prefix = "WORKFLOWS_STORAGE_";
    private const string DefaultContainer = "workflows";
    private static readonly string[] AzureOnly = ["TABLES", "BLOBS", "CLIENT_ID", "CONNECTION", "CONTAINER"];

    private StorageOptions()
    {
    }

    /// <param name="setting">Gives the value of a setting by its name, or null.</param>
    /// <param name="local">What <c>sqlite</c> means here; null when the host has no disk of its own.</param>
    /// <param name="kind">Said on the command line; counts instead of the setting.</param>
    /// <exception cref="InvalidDataException">A setting has a value that cannot be; the message names it and the rule.</exception>
    public static StorageOptions Read(Func<string, string?> setting, Sqlite? local, string? kind = null)
    {
        string? Value(string name) => setting(Prefix + name) is { Length: > 0 } value ? value : null;

        switch (kind ?? Value("KIND") ?? (local is null ? "azure" : "sqlite"))
        {
            case "sqlite" when local is null:
                throw Wrong("KIND", "must be azure: this host keeps no files");
            case "sqlite":
                return Array.Find(AzureOnly, name => Value(name) is not null) is { } stray
                    ? throw Wrong(stray, $"is only for azure, but {Prefix}KIND says sqlite")
                    : local;
            case "azure":
                return new Azure(ReadAccount(Value), ReadContainer(Value("CONTAINER") ?? DefaultContainer));
            default:
                throw Wrong("KIND", "must be sqlite or azure");
        }
    }

    private static AzureAccount ReadAccount(Func<string, string?> value)
    {
        if (value("CONNECTION") is not { } connection)
        {
            return AzureAccount.ByIdentity(Address(value, "TABLES"), Address(value, "BLOBS"), value("CLIENT_ID"));
        }

        if (Array.Find(["TABLES", "BLOBS", "CLIENT_ID"], name => value(name) is not null) is { } stray)
        {
            throw Wrong(stray, $"must not be set together with {Prefix}CONNECTION");
        }

        try
        {
            return AzureAccount.ByConnectionString(connection);
        }
        catch (FormatException)
        {
            throw Wrong("CONNECTION", "must be a connection string of a storage account");
        }
    }

    private static Uri Address(Func<string, string?> value, string name) =>
        Uri.TryCreate(value(name), UriKind.Absolute, out var address)
        && address.Scheme == Uri.UriSchemeHttps && address is { Query: "", UserInfo: "" }
            ? address
            : throw Wrong(name, $"must be the https address of the account's {name.ToLowerInvariant()}, without a signature");

    private static string ReadContainer(string name) =>
        name.Length is >= 3 and <= 63
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        && name[0] != '-' && name[^1] != '-' && !name.Contains("--", StringComparison.Ordinal)
            ? name
            : throw Wrong("CONTAINER", "must be 3 to 63 lower-case letters, digits and single '-' between them");

    private static InvalidDataException Wrong(string name, string rule) => new($"{Prefix}{name} {rule}.");

    /// <summary>One file of tables and a folder of blobs.</summary>
    public sealed record Sqlite(string TablesFile, string BlobsFolder) : StorageOptions;

    /// <summary>An Azure storage account.</summary>
    public sealed record Azure(AzureAccount Account, string Container) : StorageOptions;
}
