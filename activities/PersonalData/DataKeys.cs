using Microsoft.AspNetCore.DataProtection;

namespace Workflows.Activities.PersonalData;

/// <summary>The keys that open personal data. Whoever copies the database without this folder cannot read a name.</summary>
public static class DataKeys
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

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
            new DirectoryInfo(keyFolder), configuration => configuration.SetApplicationName("Workflows"));
    }
}
