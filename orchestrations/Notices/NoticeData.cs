using System.Globalization;
using Workflows.Orchestrations.Calendar;

namespace Workflows.Orchestrations.Notices;

/// <summary>Reads and checks how notices go out. Pure: the bytes come from the caller.</summary>
public static class NoticeData
{
    /// <summary>notices.json: which notices are gathered into one mail per unit and day, and when it goes out.</summary>
    public static DataResult<DigestRule> ParseDigest(string file, ReadOnlySpan<byte> json)
    {
        List<DataError> errors = [];
        if (DataJson.Read<NoticesFile>(file, json, errors) is not { } read)
        {
            return new(null, errors);
        }

        if (!TimeOnly.TryParseExact(read.Digest.At, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
        {
            errors.Add(new(file, "$.digest.at", "time", $"{read.Digest.At} is no time of day such as 09:00."));
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        for (var index = 0; index < read.Digest.Templates.Count; index++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"$.digest.templates[{index}]");
            var template = read.Digest.Templates[index];
            DataJson.RequireText(file, path, template, errors);
            if (template == Digest.Template)
            {
                errors.Add(new(file, path, "digest-of-digests", $"{template} is the digest itself."));
            }

            if (!seen.Add(template))
            {
                errors.Add(new(file, path, "duplicate-id", $"{template} is listed twice."));
            }
        }

        return DataResult<DigestRule>.Of(new DigestRule(at, read.Digest.Templates), errors);
    }

    private sealed record NoticesFile(DigestEntry Digest, string? Note = null);

    private sealed record DigestEntry(string At, IReadOnlyList<string> Templates);
}
