using System.Text.Json;
using Workflows.Orchestrations.Calendar;

namespace Workflows.Orchestrations.Reports;

/// <summary>Reads and checks measures.json. Pure: the bytes come from the caller.</summary>
public static class MeasureData
{
    /// <param name="file">The label for errors.</param>
    /// <param name="json">The file.</param>
    /// <param name="statuses">The words for how a case can end.</param>
    public static DataResult<MeasureBook> Parse(string file, ReadOnlySpan<byte> json, IReadOnlyCollection<string> statuses)
    {
        List<DataError> errors = [];
        if (DataJson.Read<MeasuresFile>(file, json, errors) is not { } read)
        {
            return new(null, errors);
        }

        if (read.RepeatWithinDays < 1)
        {
            errors.Add(new(file, "$.repeatWithinDays", "days-range", $"{read.RepeatWithinDays} is not 1 or more."));
        }

        var measures = DataJson.Elements<Measure>(file, "$.measures", read.Measures, errors);
        Dictionary<string, string> firstPath = new(StringComparer.Ordinal);
        foreach (var (path, measure) in measures)
        {
            if (!firstPath.TryAdd(measure.Id, path))
            {
                errors.Add(new(file, $"{path}.id", "duplicate-id", $"{measure.Id} is also at {firstPath[measure.Id]}."));
            }

            Check(file, path, measure, errors);
            Check(file, $"{path}.count", measure.Count, statuses, errors);
            if (measure.Of is { } whole)
            {
                Check(file, $"{path}.of", whole, statuses, errors);
            }
        }

        return DataResult<MeasureBook>.Of(new MeasureBook(read.RepeatWithinDays, [.. measures.Select(entry => entry.Value)]), errors);
    }

    private static void Check(string file, string path, Measure measure, List<DataError> errors)
    {
        if (measure.Id.Split('-').Any(word => word.Length == 0 || !word.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))))
        {
            errors.Add(new(file, $"{path}.id", "id-form", $"{measure.Id} is not like-this."));
        }

        DataJson.RequireText(file, $"{path}.name", measure.Name, errors);
        DataJson.RequireText(file, $"{path}.nameZh", measure.NameZh, errors);
        DataJson.RequireText(file, $"{path}.explanationZh", measure.ExplanationZh, errors);
        switch (measure.Unit)
        {
            case MeasureUnit.Percent when measure.Of is null:
                errors.Add(new(file, path, "no-whole", $"{measure.Id} is a percentage and does not say of what."));
                break;
            case not MeasureUnit.Percent when measure.Of is not null:
                errors.Add(new(file, $"{path}.of", "whole-of-no-share", $"{measure.Id} is no percentage; nothing is below its line."));
                break;
            case MeasureUnit.Days when measure.Count.Event != CountedEvent.Ended:
                errors.Add(new(file, $"{path}.count.event", "days-of-open", $"{measure.Id} counts days, which only ended cases have."));
                break;
            default:
                break;
        }
    }

    private static void Check(string file, string path, Tally tally, IReadOnlyCollection<string> statuses, List<DataError> errors)
    {
        if (tally.Event != CountedEvent.Ended)
        {
            // A case that is not at its end may still change in all of these; the number would move under the reader.
            Only("status", tally.Status is not null);
            Only("levels", tally.Levels is not null);
            Only("wentUp", tally.WentUp is not null);
            Only("termMissed", tally.TermMissed is not null);
        }

        if (tally.Repeat is not null && tally.Event != CountedEvent.Opened)
        {
            errors.Add(new(file, $"{path}.repeat", "condition-of-opened", "Only registered cases are counted as repeats."));
        }

        Some("status", tally.Status?.Count);
        Some("levels", tally.Levels?.Count);
        for (var index = 0; index < tally.Status?.Count; index++)
        {
            if (!statuses.Contains(tally.Status[index]))
            {
                errors.Add(new(file, $"{path}.status[{index}]", "unknown-status", $"No case ends as {tally.Status[index]}; there are {string.Join(", ", statuses)}."));
            }
        }

        void Only(string condition, bool isGiven)
        {
            if (isGiven)
            {
                errors.Add(new(file, $"{path}.{condition}", "condition-of-ended", $"Only ended cases are counted by {condition}."));
            }
        }

        void Some(string condition, int? count)
        {
            if (count == 0)
            {
                errors.Add(new(file, $"{path}.{condition}", "matches-nothing", "An empty list matches no case; leave it out to match every one."));
            }
        }
    }

    /// <summary>measures.json. Entries are kept raw so that each bad one is reported.</summary>
    private sealed record MeasuresFile(int RepeatWithinDays, IReadOnlyList<JsonElement> Measures, string? Note = null);
}
