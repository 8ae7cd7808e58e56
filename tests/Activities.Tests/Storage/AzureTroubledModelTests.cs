using Workflows.Activities.Storage;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Storage;

/// <summary>A third of all requests go wrong: half of these are carried out all the same.</summary>
public sealed class AzureTroubledModelTests(AzuriteServer azurite) : TablesModelTests
{
    private static readonly Trouble[] Troubles =
        [Troubled.Answer(429), Troubled.Answer(500), Troubled.NeverArrives, Troubled.AnswerIsLost, Troubled.AnswerIsLost, Troubled.AnswerIsLost];

    protected override bool AnswersGetLost => true;

    [Fact]
    public async Task A_random_history_ends_as_in_a_sorted_dictionary_whatever_the_network_does()
    {
        var random = new Random(20261124);
        var network = new Troubled
        {
            Otherwise = () => random.Next(3) == 0 ? Troubles[random.Next(Troubles.Length)] : null,
        };
        var account = AzureAccount.ByConnectionString(
            await azurite.NewConnection(), Troubled.Patience with { TriesMax = 30, FirstDelay = TimeSpan.FromTicks(1), LongestDelay = TimeSpan.FromMilliseconds(1) }, network);

        await EndsAsInASortedDictionary(new AzureTables(account), runs: 12);
    }
}
