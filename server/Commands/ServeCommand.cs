using System.CommandLine;

namespace Workflows.Server.Commands;

/// <summary>The main job: serves the county until it is told to stop.</summary>
internal static class ServeCommand
{
    public static void AddTo(RootCommand root)
    {
        var data = new Option<string>("--data") { Description = "Folder of everything that is kept.", DefaultValueFactory = _ => "data" };
        var port = CommonOptions.Port();
        var seeds = CommonOptions.Seeds();
        root.Options.Add(data);
        root.Options.Add(port);
        root.Options.Add(seeds);
        root.SetAction((parsed, cancellation) => CommonOptions.Run(() => Serve(
            parsed.GetRequiredValue(data), parsed.GetRequiredValue(seeds), parsed.GetRequiredValue(port), cancellation)));
    }

    private static async Task<int> Serve(string data, string seeds, int port, CancellationToken cancellation)
    {
        using var logs = LoggerFactory.Create(logging => logging.AddSimpleConsole(console => console.SingleLine = true));
        var options = new CountyOptions(Path.GetFullPath(data), seeds, SmtpConfiguration.Read());
        await using var county = await County.Open(options, TimeProvider.System, logs, cancellation: cancellation);
        await using var app = CountyHost.Build(county, port);
        await app.StartAsync(cancellation);
        Console.WriteLine($"{county.Rules.Current.County.Name} is served on {CountyHost.AddressOf(app)} with its data in {options.Data}.");
        Console.WriteLine(options.Smtp is null ? $"Mails are left in {options.Outbox}." : $"Mails go to {options.Smtp.Host}.");
        await app.WaitForShutdownAsync(cancellation);
        return 0;
    }
}
