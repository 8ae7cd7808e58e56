using System.Runtime.InteropServices;
using System.Text;

namespace Workflows.Activities.Storage;

/// <summary>Files that are whole and on the disk when the call returns, or not there at all.</summary>
internal static class DurableFile
{
    private const int ReadOnly = 0;

    /// <summary>Writes to a file beside, flushes it, and gives it its name; an existing file is replaced.</summary>
    /// <param name="path">Where the file shall be; its folder exists.</param>
    /// <param name="beside">A folder on the same disk for the unfinished file.</param>
    /// <param name="content">The bytes, in pieces.</param>
    public static void Write(string path, string beside, params ReadOnlyMemory<byte>[] content)
    {
        var unfinished = Path.Combine(beside, $"~{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write))
            {
                foreach (var piece in content)
                {
                    stream.Write(piece.Span);
                }

                stream.Flush(flushToDisk: true);
            }

            Rename(unfinished, path);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    public static void Rename(string from, string to)
    {
        File.Move(from, to, overwrite: true);
        SyncFolder(Path.GetDirectoryName(to)!);
    }

    /// <summary>Deletes the file; a missing one is fine.</summary>
    public static void Delete(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
            SyncFolder(Path.GetDirectoryName(path)!);
        }
    }

    /// <summary>Makes the folder and those above it that are missing.</summary>
    public static void CreateFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        var above = Path.GetDirectoryName(folder);
        if (!string.IsNullOrEmpty(above))
        {
            CreateFolder(above);
        }

        Directory.CreateDirectory(folder);
        SyncFolder(string.IsNullOrEmpty(above) ? "." : above);
    }

    /// <summary>A new name is safe only when its folder is flushed. Windows has no such call and needs none.</summary>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Open(Encoding.UTF8.GetBytes(folder + (char)0), ReadOnly);
        if (handle < 0)
        {
            throw new IOException($"Cannot open the folder {folder} to flush it: error {Marshal.GetLastPInvokeError()}.");
        }

        try
        {
            // Some network file systems have no flush of folders; the rename itself stands.
            _ = Sync(handle);
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Sync(int handle);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int handle);
}
