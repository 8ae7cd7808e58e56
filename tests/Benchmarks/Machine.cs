using System.Globalization;
using System.Runtime;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Workflows.Benchmarks;

/// <summary>What the figures were measured on. Names no path and no host.</summary>
internal static class Machine
{
    public static string Describe()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
#if DEBUG
        const string Build = "DEBUG build, figures mean nothing";
#else
        const string Build = "release build";
#endif
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores {RuntimeInformation.ProcessArchitecture}, {Environment.OSVersion.Platform} {Environment.OSVersion.Version.ToString(2)}, {RuntimeInformation.FrameworkDescription}, SQLite {connection.ServerVersion}, {FileSystem()}, {(GCSettings.IsServerGC ? "server" : "workstation")} collector, {Build}, {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC{Load()}");
    }

    /// <summary>How busy the machine was in the last minute, as far as the system says.</summary>
    public static string Load() =>
        File.Exists("/proc/loadavg") ? ", load " + File.ReadAllText("/proc/loadavg").Split(' ')[0] : "";

    /// <summary>Resident memory in megabytes: all of it, and without mapped files where the system tells them apart.</summary>
    public static (double All, double Anonymous) Resident()
    {
        if (!File.Exists("/proc/self/status"))
        {
            var all = Environment.WorkingSet / 1e6;
            return (all, all);
        }

        var lines = File.ReadAllLines("/proc/self/status");
        return (Read("VmRSS:"), Read("RssAnon:"));

        double Read(string name) =>
            double.Parse(
                lines.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Replace("kB", "", StringComparison.Ordinal),
                CultureInfo.InvariantCulture) * 1024 / 1e6;
    }

    private static string FileSystem()
    {
        var folder = Path.GetTempPath();
        if (!File.Exists("/proc/self/mounts"))
        {
            return new DriveInfo(folder).DriveFormat;
        }

        // DriveInfo calls every ext an ext3 here; the mounts say which.
        return File.ReadLines("/proc/self/mounts")
            .Select(line => line.Split(' '))
            .Where(mount => folder.StartsWith(mount[1] == "/" ? "/" : mount[1] + "/", StringComparison.Ordinal))
            .MaxBy(mount => mount[1].Length)?[2] ?? "unknown file system";
    }
}
