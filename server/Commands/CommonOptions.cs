using System.CommandLine;

namespace Workflows.Server.Commands;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    public const int DefaultPort = 5080;

    public static Option<string> Seeds() => new("--seeds")
    {
        Description = "Folder of the county's facts.",
        DefaultValueFactory = _ => CountyOptions.PublishedSeeds,
    };

    public static Option<int> Port()
    {
        var port = new Option<int>("--port")
        {
            Description = "Port on localhost; 0 takes a free one.",
            DefaultValueFactory = _ => DefaultPort,
        };
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 65535)
            {
                result.AddError("--port must be from 0 to 65535.");
            }
        });
        return port;
    }

    /// <summary>Runs a command whose expected troubles end in one line on standard error and exit code 1.</summary>
    public static async Task<int> Run(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (Exception e) when (e is Activities.Rules.RuleSetRefusedException or IOException or UnauthorizedAccessException
            or InvalidDataException or InvalidOperationException or Activities.Notices.NoticeTemplateException
            or Engine.StoreOwnedException or Engine.StoreRefusedException or Microsoft.Data.Sqlite.SqliteException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
