using System.CommandLine;
using System.Globalization;
using Workflows.Activities.Cases;
using Workflows.Activities.Reports;
using Workflows.Activities.Rules;
using Workflows.Activities.Storage;
using Workflows.Activities.Supervision.Scores;
using Workflows.Engine.Operations;
using Workflows.Orchestrations.Disputes;

namespace Workflows.Server.Commands;

/// <summary>Says whether every number is what a recount gives.</summary>
internal static class MeasuresCommand
{
    public static Command Create()
    {
        var data = CountyFolder.Data();
        var repair = new Option<bool>("--repair") { Description = "Mends what differs." };
        var recount = new Command("recount", "Counts every case again and compares; the county must not run.") { data, repair };
        recount.SetAction((parsed, cancellation) => CommonOptions.Run(() => Recount(
            CountyFolder.Options(parsed.GetRequiredValue(data)), parsed.GetValue(repair), cancellation)));
        return new Command("measures", "The county's numbers.") { recount };
    }

    private static async Task<int> Recount(CountyOptions options, bool repair, CancellationToken cancellation)
    {
        CountyFolder.Require(options);
        using var owned = StoreFile.Own(options.EngineFile, DateTimeOffset.UtcNow);
        await using var stores = Stores.Open(options.Local);
        var calendar = RuleSet.Parse(RuleFiles.Read(options.Seeds)).Calendar;
        var counting = DisputeCounts.Counting(DisputeEscalation.FlowName, calendar.LocalDate);
        var cases = new CaseStore(stores.Tables, counting, ScoreTrails.Trailing(calendar.LocalDate));
        var (measures, scores) = (await new MeasureRecount(cases).Run(repair, cancellation), await new ScoreRecount(cases).Run(repair, cancellation));
        var report = new RecountReport(measures.Cases + scores.Cases, [.. measures.Differences, .. scores.Differences]);
        foreach (var difference in report.Differences)
        {
            Console.WriteLine(difference);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Cases:N0} cases counted again; {report.Differences.Count:N0} differences{(repair && report.Differences.Count > 0 ? ", mended" : "")}."));
        return report.Differences.Count == 0 ? 0 : 1;
    }
}
