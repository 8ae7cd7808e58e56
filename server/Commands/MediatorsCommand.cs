using System.CommandLine;

namespace Workflows.Server.Commands;

/// <summary>Rosters of mediators from the command line, asked of a running server over its API.</summary>
internal static class MediatorsCommand
{
    private const string Collection = "api/mediators";

    public static Command Create()
    {
        var url = ServerCall.Url();
        return new Command("mediators", "Rosters of mediators of a running server.")
        {
            url,
            TableCommands.Import(
                url,
                "Puts the rows of a table on their rosters; who is there already is changed and not doubled.",
                Collection,
                By("The unit of the rosters, or one above.")),
            TableCommands.Export(
                url,
                "The rosters of a unit and those below it as a table, names in full; it can be corrected and imported again.",
                Collection,
                [new Option<string>("--unit") { Description = "Whose rosters.", Required = true }],
                By("The unit that asks: that unit or one above.")),
        };
    }

    private static Option<string> By(string description) => new("--by") { Description = description, Required = true };
}
