using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Workflows.Activities.PersonalData;
using Workflows.Orchestrations.Calendar;

namespace Workflows.Activities.Rules;

/// <summary>A rule set as files, addressed by its content.</summary>
/// <param name="Files">Relative name with '/' to content, in ordinal order of the names.</param>
public sealed partial record RuleFiles(IReadOnlyList<DataFile> Files)
{
    private static readonly string[] Names = ["county.json", "units.json", "divisions.json", "policies.json", "disputes.json", "supervision.json"];

    /// <summary>Files that a set may do without: a set that was stored before there was such a file is still a set.</summary>
    private static readonly string[] OptionalNames = ["measures.json", "notices.json", PersonalRules.FileName];

    /// <summary>What is wrong with the names of a set, by name: a set has every file it cannot do without, and no others.</summary>
    public static IEnumerable<(string Name, string Rule)> Problems(IReadOnlyCollection<string> names) =>
    [
        .. names.Where(name => !IsName(name)).Select(name => (name, "is not a file of a rule set")),
        .. Names.Where(name => !names.Contains(name)).Select(name => (name, "is required: no set can do without it")),
        .. names.Any(IsYear) ? [] : new[] { ("calendar", "is required: at least one year, such as calendar/2026.json") },
    ];

    /// <summary>The set with some files replaced, added, or left out where the text is null.</summary>
    public RuleFiles With(IReadOnlyDictionary<string, string?> changed) => new([.. Files
        .Where(file => !changed.ContainsKey(file.Name))
        .Concat(changed.Where(file => file.Value is not null).Select(file => new DataFile(file.Key, Encoding.UTF8.GetBytes(file.Value!))))
        .OrderBy(file => file.Name, StringComparer.Ordinal)]);

    /// <summary>A set without a file, to begin from.</summary>
    public static RuleFiles None { get; } = new([]);

    /// <summary>Short enough for ids, long enough to be unique: 16 hexadecimal digits of SHA-256.</summary>
    public string Version { get; } = "r-" + Hash(Files)[..16];

    public DataFile this[string name] => Files.First(file => file.Name == name);

    /// <summary>The file, or null when the set has none of this name.</summary>
    public DataFile? Find(string name) => Files.Any(file => file.Name == name) ? this[name] : null;

    /// <summary>The files of a calendar year each.</summary>
    public IReadOnlyList<DataFile> Calendar => [.. Files.Where(file => file.Name.StartsWith("calendar/", StringComparison.Ordinal))];

    /// <summary>Reads the rule files of a seeds folder.</summary>
    /// <exception cref="FileNotFoundException">One of them is missing.</exception>
    public static RuleFiles Read(string folder)
    {
        var years = Directory.EnumerateFiles(Path.Combine(folder, "calendar"), "*.json").Select(file => "calendar/" + Path.GetFileName(file));
        var names = Names.Concat(OptionalNames.Where(name => File.Exists(Path.Combine(folder, name))));
        return new RuleFiles([.. years.Concat(names).Order(StringComparer.Ordinal).Select(name =>
            new DataFile(name, File.ReadAllBytes(Path.Combine(folder, name))))]);
    }

    /// <summary>The set as one document, to be kept for as long as a case lives under it.</summary>
    public byte[] Pack() => JsonSerializer.SerializeToUtf8Bytes(
        Files.ToDictionary(file => file.Name, file => Encoding.UTF8.GetString(file.Json.Span)));

    public static RuleFiles Unpack(ReadOnlySpan<byte> packed) => new([.. JsonSerializer
        .Deserialize<Dictionary<string, string>>(packed)!
        .OrderBy(file => file.Key, StringComparer.Ordinal)
        .Select(file => new DataFile(file.Key, Encoding.UTF8.GetBytes(file.Value)))]);

    private static bool IsName(string name) => Names.Contains(name) || OptionalNames.Contains(name) || IsYear(name);

    private static bool IsYear(string name) => YearName().IsMatch(name);

    [GeneratedRegex(@"^calendar/[0-9]{4}\.json\z")]
    private static partial Regex YearName();

    private static string Hash(IReadOnlyList<DataFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.Name}\n{file.Json.Length}\n"));
            hash.AppendData(file.Json.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
