using System.CommandLine;
using Workflows.Activities.Notices;
using Workflows.Activities.Storage;

namespace Workflows.Server.Commands;

/// <summary>The main job: serves the county until it is told to stop.</summary>
internal static class ServeCommand
{
    public static void AddTo(RootCommand root)
    {
        var data = new Option<string>("--data") { Description = "Folder of everything that is kept.", DefaultValueFactory = _ => "data" };
        var port = CommonOptions.Port();
        var seeds = CommonOptions.Seeds();
        var keep = new Option<int>("--keep-flows")
        {
            Description = "Days for which an ended flow keeps its history; 0 for ever. Cases, journals and mails stay.",
            DefaultValueFactory = _ => 400,
        };
        keep.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() is < 0 or > 36_500)
            {
                given.AddError("--keep-flows takes 0 to 36500 days.");
            }
        });
        var standby = new Option<bool>("--standby")
        {
            Description = "Waits until another process that serves the folder is gone, then takes over.",
        };
        var storage = new Option<string?>("--storage")
        {
            Description = $"Where tables and blobs are: sqlite (the data folder) or azure; if not said, as {StorageOptions.Prefix}KIND says.",
        };
        root.Options.Add(data);
        root.Options.Add(storage);
        root.Options.Add(keep);
        root.Options.Add(standby);
        root.Options.Add(port);
        root.Options.Add(seeds);
        root.SetAction((parsed, cancellation) => CommonOptions.Run(() => Serve(
            new CountyOptions(
                Path.GetFullPath(parsed.GetRequiredValue(data)),
                parsed.GetRequiredValue(seeds),
                MailOptions.Read(Environment.GetEnvironmentVariable, County.MailFrom),
                KeepFlows: parsed.GetRequiredValue(keep) is > 0 and var days ? TimeSpan.FromDays(days) : null,
                Sweeps: true,
                Standby: parsed.GetValue(standby),
                KeySettings: Environment.GetEnvironmentVariable),
            parsed.GetValue(storage),
            parsed.GetRequiredValue(port),
            cancellation)));
    }

    private static async Task<int> Serve(CountyOptions options, string? storage, int port, CancellationToken cancellation)
    {
        using var logs = LoggerFactory.Create(logging => logging.AddSimpleConsole(console => console.SingleLine = true));
        options = options with { Elsewhere = StorageOptions.Read(Environment.GetEnvironmentVariable, options.Local, storage) };
        await using var county = await County.Open(options, TimeProvider.System, logs, cancellation: cancellation);
        await using var app = CountyHost.Build(county, port);
        await app.StartAsync(cancellation);
        Console.WriteLine($"{county.Rules.Current.County.Name} is served on {CountyHost.AddressOf(app)} with its data in {options.Data}.");
        if (options.Stores is StorageOptions.Azure)
        {
            Console.WriteLine("Tables and blobs are in an Azure storage account.");
        }

        Console.WriteLine(options.Mail is null ? $"Mails are left in {options.Outbox}." : $"Mails go to {options.Mail.Destination}.");
        await app.WaitForShutdownAsync(cancellation);
        return 0;
    }
}
