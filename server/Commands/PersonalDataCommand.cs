using System.CommandLine;
using System.Globalization;
using Workflows.Activities.Attachments;
using Workflows.Activities.Cases;
using Workflows.Activities.PersonalData;
using Workflows.Activities.Rules;
using Workflows.Activities.Storage;
using Workflows.Web.Disputes;

namespace Workflows.Server.Commands;

/// <summary>Keeps personal data in order, on the stores themselves; the county may be served meanwhile.</summary>
internal static class PersonalDataCommand
{
    public static Command Create() => new("personal-data", "Personal data of closed and of earlier cases.") { Erase(), Reindex() };

    private static Command Erase()
    {
        var data = CountyFolder.Data();
        var seeds = CommonOptions.Seeds();
        var before = new Option<string?>("--before") { Description = "Only cases that ended before this day, such as 2020-01-01." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only says which cases." };
        var command = new Command("erase", "Makes closed cases anonymous whose retention is over.") { data, seeds, before, dryRun };
        command.SetAction((parsed, stop) => CommonOptions.Run(() => On(parsed.GetRequiredValue(data), parsed.GetRequiredValue(seeds), async retention =>
        {
            var erased = await retention.Run(Day(parsed.GetValue(before)), parsed.GetValue(dryRun), stop);
            foreach (var id in erased)
            {
                Console.WriteLine(id);
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{erased.Count:N0} cases {(parsed.GetValue(dryRun) ? "would be" : "were")} made anonymous."));
        }, stop)));
        return command;
    }

    private static Command Reindex()
    {
        var data = CountyFolder.Data();
        var seeds = CommonOptions.Seeds();
        var command = new Command("reindex", "Makes people of cases registered by an earlier version findable.") { data, seeds };
        command.SetAction((parsed, stop) => CommonOptions.Run(() => On(parsed.GetRequiredValue(data), parsed.GetRequiredValue(seeds), async retention =>
        {
            var count = await retention.Reindex(stop);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} parties can be found."));
        }, stop)));
        return command;
    }

    private static async Task<int> On(string data, string seeds, Func<DisputeRetention, Task> run, CancellationToken cancellation)
    {
        var options = new CountyOptions(Path.TrimEndingDirectorySeparator(Path.GetFullPath(data)), seeds, KeySettings: Environment.GetEnvironmentVariable);
        options = options with { Elsewhere = StorageOptions.Read(Environment.GetEnvironmentVariable, options.Local) };
        if (!File.Exists(options.EngineFile))
        {
            throw new InvalidOperationException($"There is no county in {options.Data}: engine.db is missing.");
        }

        var keys = DataKeys.Open(options.KeySettings!, options.Keys);
        await using var stores = Stores.Open(options.Stores);
        var rules = await RuleShelf.Open(options.Seeds, stores.Tables, stores.Blobs, TimeProvider.System, cancellation);
        var personal = new PersonalDataTable(stores.Tables, keys);
        var anonymisation = new Anonymisation(personal, new CaseFiles(stores.Blobs, personal, keys), new AccessJournal(stores.Tables));
        await run(new DisputeRetention(new CaseStore(stores.Tables), personal, anonymisation, rules, TimeProvider.System));
        return 0;
    }

    private static DateOnly? Day(string? text) =>
        text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new InvalidDataException("--before must be a date such as 2020-01-01.");
}
