using Workflows.Activities.Storage;
using Workflows.Engine.Operations;
using Workflows.Orchestrations.Durable;

namespace Workflows.Server.Commands;

/// <summary>
/// Copies a county while it runs or stands still. Both databases are held at one moment: nobody writes to the tables
/// while the engine's moment is taken. So the copy is what a machine would hold that lost its power then, and a county
/// that starts on it goes on as after a crash.
/// </summary>
internal static class CountyBackup
{
    private const string Said = "said";

    /// <exception cref="InvalidOperationException">There is no county, or the folder is no place for a backup.</exception>
    public static BackupManifest Make(CountyOptions options, string to)
    {
        CountyFolder.Require(options);
        to = Path.TrimEndingDirectorySeparator(Path.GetFullPath(to));
        if ((Directory.Exists(to) && Directory.EnumerateFileSystemEntries(to).Any()) || File.Exists(to))
        {
            throw new InvalidOperationException($"{to} is not empty; a backup gets a folder of its own.");
        }

        if ((to + Path.DirectorySeparatorChar).StartsWith(Path.GetFullPath(options.Data) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{to} lies in the data folder and would be lost with it.");
        }

        var unfinished = $"{to}.unfinished-{Guid.NewGuid().ToString("N")[..8]}";
        Directory.CreateDirectory(unfinished);
        try
        {
            var manifest = Copy(options, new CountyOptions(unfinished, options.Seeds));
            Write(Path.Combine(unfinished, BackupManifest.FileName), new MemoryStream(Wire.Write(manifest)));
            if (Directory.Exists(to))
            {
                Directory.Delete(to);
            }

            Directory.Move(unfinished, to);
            return manifest;
        }
        catch
        {
            Directory.Delete(unfinished, recursive: true);
            throw;
        }
    }

    private static BackupManifest Copy(CountyOptions from, CountyOptions to)
    {
        StoreSnapshot? held = null;
        var madeAt = DateTimeOffset.MinValue;
        using var tables = TablesSnapshot.Take(from.TablesFile, () =>
        {
            held = StoreSnapshot.Take(from.EngineFile);
            madeAt = DateTimeOffset.UtcNow;
        });
        using var engine = held!;
        engine.CopyTo(to.EngineFile);
        tables.CopyTo(to.TablesFile);
        CopyBlobs(from.Blobs, to.Blobs);
        CopyOutbox(from.Outbox, to.Outbox, madeAt);
        var files = Directory.EnumerateFiles(to.Data, "*", SearchOption.AllDirectories)
            .Select(path => BackupManifest.Describe(to.Data, path))
            .OrderBy(file => file.Name, StringComparer.Ordinal);
        var program = typeof(CountyBackup).Assembly.GetName().Version!.ToString();
        return new BackupManifest(madeAt, engine.LastMoment, program, engine.Schema, [.. files]);
    }

    /// <summary>Blobs are written once, so later ones do no harm. What is being written has a name with '~' in front.</summary>
    private static void CopyBlobs(string from, string to)
    {
        if (!Directory.Exists(from))
        {
            return;
        }

        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(from, path);
            if (name[0] != '~')
            {
                CopyFile(path, Path.Combine(to, name));
            }
        }
    }

    /// <summary>
    /// What was said until the databases' moment. First the marks, then the mails: a mark that says "done" never comes
    /// without its mail, and a mail without its mark is written again as the same file.
    /// </summary>
    private static void CopyOutbox(string from, string to, DateTimeOffset madeAt)
    {
        if (!Directory.Exists(from))
        {
            return;
        }

        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var mark in new DirectoryInfo(Path.Combine(from, Said)).EnumerateFiles().Where(file => file.Name[0] != '~'))
        {
            // A mark keeps the time at which it was made, before its mail was.
            if (mark.LastWriteTimeUtc <= madeAt && CopyFile(mark.FullName, Path.Combine(to, Said, mark.Name)))
            {
                done.Add(Path.GetFileNameWithoutExtension(mark.Name));
            }
        }

        foreach (var mail in new DirectoryInfo(from).EnumerateFiles("*.eml"))
        {
            if (mail.LastWriteTimeUtc <= madeAt || done.Contains(mail.Name[(mail.Name.IndexOf('-', StringComparison.Ordinal) + 1)..^4]))
            {
                CopyFile(mail.FullName, Path.Combine(to, mail.Name));
            }
        }
    }

    /// <summary>False when it has gone meanwhile: a mark got its other name, or somebody took a mail away.</summary>
    private static bool CopyFile(string from, string to)
    {
        FileStream stream;
        try
        {
            stream = File.OpenRead(from);
        }
        catch (FileNotFoundException)
        {
            return false;
        }

        using (stream)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            Write(to, stream);

            // The next backup of a county that was restored goes by it.
            File.SetLastWriteTimeUtc(to, File.GetLastWriteTimeUtc(stream.SafeFileHandle));
        }

        return true;
    }

    private static void Write(string path, Stream content)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        content.CopyTo(file);
        file.Flush(flushToDisk: true);
    }
}
