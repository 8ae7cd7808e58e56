using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Workflows.Engine;

/// <summary>
/// One process owns a store. The operating system holds the lock and lets go of it however the process ends, so a
/// killed owner leaves nothing to clean up. The file's text is for people.
/// </summary>
internal sealed class OwnerLock : IDisposable
{
    private readonly FileStream stream;

    private OwnerLock(FileStream stream) => this.stream = stream;

    /// <exception cref="StoreOwnedException">Somebody else owns the store.</exception>
    public static OwnerLock Take(string file, DateTimeOffset since)
    {
        var path = file + ".lock";
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        FileStream stream;
        try
        {
            // Elsewhere than on Windows only "none" locks exclusively; there it would hide the text.
            var share = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;
            stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, share);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new StoreOwnedException(
                $"{Path.GetFileName(file)} is owned by another engine: {ReadOwner(path)}. Stop that one first.");
        }

        var owner = string.Create(
            CultureInfo.InvariantCulture,
            $"process {Environment.ProcessId} on {Environment.MachineName} since {since:yyyy-MM-ddTHH:mm:ssZ}");
        stream.SetLength(0);
        stream.Write(Encoding.UTF8.GetBytes(owner));
        stream.Flush();
        return new OwnerLock(stream);
    }

    public void Dispose() => stream.Dispose();

    private static string ReadOwner(string path)
    {
        try
        {
            using var stream = OpenLocked(path);
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd() is { Length: > 0 } owner ? owner : "unknown";
        }
        catch (IOException)
        {
            return "unknown";
        }
    }

    /// <summary>The runtime asks for a shared lock on every file it opens, so a locked one is opened by hand.</summary>
    private static FileStream OpenLocked(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }

        var descriptor = Open(Encoding.UTF8.GetBytes(path + "\0"), 0);
        return descriptor >= 0
            ? new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Read)
            : throw new IOException("The lock cannot be read.");
    }

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);
}

/// <summary>The store has another owner; the message names it.</summary>
public sealed class StoreOwnedException(string reason) : Exception(reason);

/// <summary>The file is no store that this version can use; it was left untouched.</summary>
public sealed class StoreRefusedException(string reason) : Exception(reason);
