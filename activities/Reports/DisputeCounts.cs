using System.Globalization;
using System.Text.Json;
using Workflows.Activities.Cases;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Reports;

namespace Workflows.Activities.Reports;

/// <summary>How disputes lie in the counts: a row on the day of registration, and one on the day of the end.</summary>
public static class DisputeCounts
{
    public const string Opened = "disputes.opened";
    public const string Ended = "disputes.ended";

    /// <summary>The counting of disputes.</summary>
    /// <param name="kind">The name of their flow.</param>
    /// <param name="localDate">The county's date at an instant.</param>
    public static CaseCounting Counting(string kind, Func<DateTimeOffset, DateOnly> localDate) => (saved, record) =>
    {
        if (saved != kind)
        {
            return [];
        }

        var counted = CountedCase.Of(record.GetProperty("state").Deserialize<DisputeState>(Wire.Options)!, localDate);
        var opened = Row(Opened, counted.Opened, counted.AtOpening());
        return counted.Ended is { } ended ? [opened, Row(Ended, ended, counted)] : [opened];
    };

    /// <summary>Where the rows of a day begin.</summary>
    public static string From(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static CountedCase CaseOf(CountedRow row) => JsonSerializer.Deserialize<CountedCase>(row.Facts, Wire.Options)!;

    private static CountedRow Row(string partition, DateOnly day, CountedCase counted) =>
        new(partition, $"{From(day)}.{counted.Id}", JsonSerializer.Serialize(counted, Wire.Options));
}
