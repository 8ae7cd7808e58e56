using System.Security.Cryptography;
using Azure.Identity;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;

namespace Workflows.Activities.PersonalData;

/// <summary>
/// The keys that open personal data; every host chooses here where they are. Whoever copies the database without them
/// cannot read a name.
/// </summary>
/// <remarks>
/// The settings are environment variables, or application settings of the same names. <c>WORKFLOWS_KEYS_VAULT</c>: the
/// https address of an Azure Key Vault, with <c>WORKFLOWS_KEYS_CLIENT_ID</c> for a user-assigned identity. Not set: a
/// folder.
/// </remarks>
public static class DataKeys
{
    public const string VaultSetting = "WORKFLOWS_KEYS_VAULT";
    public const string ClientIdSetting = "WORKFLOWS_KEYS_CLIENT_ID";
    private const string Application = "Workflows";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Opens the keys where the settings say, or makes the first.</summary>
    /// <param name="setting">Gives the value of a setting by its name, or null.</param>
    /// <param name="folder">Where keys are without a vault; null when the host has no disk of its own.</param>
    /// <exception cref="InvalidDataException">A setting has a value that cannot be; the message names it and the rule.</exception>
    /// <exception cref="KeyVaultException">The vault cannot be used.</exception>
    public static IDataProtectionProvider Open(Func<string, string?> setting, string? folder)
    {
        string? Value(string name) => setting(name) is { Length: > 0 } value ? value : null;

        var clientId = Value(ClientIdSetting);
        if (Value(VaultSetting) is { } vault)
        {
            var identity = new DefaultAzureCredential(new DefaultAzureCredentialOptions
            {
                ManagedIdentityClientId = clientId,
                WorkloadIdentityClientId = clientId,
            });
            return Open(new KeyVaultElements(Address(vault), identity));
        }

        if (clientId is not null)
        {
            throw new InvalidDataException($"{ClientIdSetting} is only for a key vault, but {VaultSetting} is not set.");
        }

        return folder is null
            ? throw new InvalidDataException($"{VaultSetting} must be set: this host keeps no files.")
            : Open(folder);
    }

    /// <summary>Opens or makes the key folder. Keep it out of the database's folder, and back it up apart.</summary>
    public static IDataProtectionProvider Open(string keyFolder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(keyFolder);
        }
        else
        {
            Directory.CreateDirectory(keyFolder, OwnerOnly);
            File.SetUnixFileMode(keyFolder, OwnerOnly);
        }

        return DataProtectionProvider.Create(
            new DirectoryInfo(keyFolder), configuration => configuration.SetApplicationName(Application));
    }

    /// <summary>
    /// Opens the keys of a vault, or makes the first. They are read now, so that a host that cannot have them does not
    /// start.
    /// </summary>
    /// <exception cref="KeyVaultException">The vault cannot be used.</exception>
    public static IDataProtectionProvider Open(KeyVaultElements vault)
    {
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName(Application);
        services.Configure<KeyManagementOptions>(options => options.XmlRepository = vault);
        var provider = services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>();
        try
        {
            provider.CreateProtector("Workflows.FirstUse").Protect([0]);
        }
        catch (CryptographicException failure) when (Find(failure) is { } trouble)
        {
            throw new KeyVaultException(trouble.Message, trouble.InnerException);
        }

        return provider;
    }

    private static KeyVaultException? Find(Exception? failure) => failure switch
    {
        null => null,
        KeyVaultException trouble => trouble,
        AggregateException many => many.InnerExceptions.Select(Find).FirstOrDefault(found => found is not null),
        _ => Find(failure.InnerException),
    };

    private static Uri Address(string vault) =>
        Uri.TryCreate(vault, UriKind.Absolute, out var address)
        && address.Scheme == Uri.UriSchemeHttps && address is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }
            ? address
            : throw new InvalidDataException(
                $"{VaultSetting} must be the https address of a key vault, such as https://county.vault.azure.net.");
}
