using Workflows.Orchestrations.Durable;

namespace Workflows.Functions.Tests;

/// <summary>Listens until a date; "again" begins it anew with another hour, "end" ends it.</summary>
internal static class Listener
{
    public const string Name = "Listener";

    public static FlowDefinition Flow { get; } = FlowDefinition.Of<Heard, IReadOnlyList<string>>(Name, Listen);

    private static async Task<IReadOnlyList<string>> Listen(IFlow flow, Heard heard)
    {
        flow.Status(new Hearing(heard.Words.Count));
        while (await flow.Next<Said>(heard.Until) is { } said)
        {
            heard = heard with { Words = [.. heard.Words, said.Body.Word] };
            flow.Status(new Hearing(heard.Words.Count));
            switch (said.Body.Word)
            {
                case "again":
                    flow.Restart(heard with { Until = flow.Now.AddHours(1) });
                    return [];
                case "end":
                    return heard.Words;
                default:
                    break;
            }
        }

        return [.. heard.Words, "date"];
    }
}

/// <param name="Until">When it stops listening, UTC.</param>
/// <param name="Words">What it has heard.</param>
internal sealed record Heard(DateTimeOffset Until, IReadOnlyList<string> Words);

internal sealed record Said(string Word);

internal sealed record Hearing(int Words);
