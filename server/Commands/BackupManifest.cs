using System.Security.Cryptography;
using System.Text.Json;
using Workflows.Orchestrations.Durable;

namespace Workflows.Server.Commands;

/// <summary>What a backup holds, as <c>backup.json</c> in its folder.</summary>
/// <param name="MadeAt">UTC; what was committed before it is in the backup, what came after it is not.</param>
/// <param name="LastMoment">The last moment that the engine had recorded; a virtual clock's own.</param>
/// <param name="Program">The version that made it.</param>
/// <param name="EngineSchema">Of <c>engine.db</c>.</param>
/// <param name="Files">All other files, in ordinal order.</param>
internal sealed record BackupManifest(
    DateTimeOffset MadeAt, DateTimeOffset? LastMoment, string Program, int EngineSchema, IReadOnlyList<BackupFile> Files)
{
    public const string FileName = "backup.json";

    /// <summary>
    /// The manifest of a folder that is a backup and nothing else; null for a county, also for one that was restored: it
    /// has been opened and goes its own way.
    /// </summary>
    public static BackupManifest? Of(CountyOptions options)
    {
        var file = Path.Combine(options.Data, FileName);
        if (!File.Exists(file) || File.Exists(options.EngineFile + ".lock"))
        {
            return null;
        }

        try
        {
            return Wire.Read<BackupManifest>(File.ReadAllBytes(file));
        }
        catch (JsonException damaged)
        {
            throw new InvalidDataException($"{file} is damaged: {damaged.Message}", damaged);
        }
    }

    public static BackupFile Describe(string folder, string path)
    {
        using var stream = File.OpenRead(path);
        var name = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
        return new BackupFile(name, stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    /// <summary>Every file that is not as it was written down.</summary>
    public IReadOnlyList<string> Differences(string folder)
    {
        var problems = new List<string>();
        foreach (var file in Files)
        {
            var path = Path.Combine(folder, file.Name.Replace('/', Path.DirectorySeparatorChar));
            if (!File.Exists(path))
            {
                problems.Add($"{file.Name} is missing");
            }
            else if (Describe(folder, path) != file)
            {
                problems.Add($"{file.Name} is not the file that was backed up");
            }
        }

        return problems;
    }
}

/// <param name="Name">Relative, with '/'.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Hexadecimal.</param>
internal sealed record BackupFile(string Name, long Bytes, string Sha256);
