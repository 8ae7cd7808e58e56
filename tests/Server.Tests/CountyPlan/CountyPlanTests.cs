using Workflows.Activities.Storage;
using Workflows.Testing;

namespace Workflows.Server.Tests.CountyPlan;

/// <summary>The county plan on every kind of storage.</summary>
public sealed class CountyPlanTests(AzuriteServer azurite)
{
    /// <summary>Set to 1 to live through all 36 tasks on the emulator too; that takes minutes, since it serves one request at a time.</summary>
    public const string Whole = "WORKFLOWS_TEST_WHOLE_PLAN";

    /// <summary>Tasks with units of every manner.</summary>
    private static readonly string[] Some = ["T01", "T02"];

    [Fact]
    public Task Every_assignment_of_the_plan_is_said_reminded_chased_supervised_and_struck_off_as_its_unit_behaves() => CountyPlanStory.Run();

    [Fact]
    public async Task It_is_the_same_when_tables_and_blobs_are_in_an_azure_account() => await CountyPlanStory.Run(
        new StorageOptions.Azure(await azurite.NewAccount(), "workflows"),
        Environment.GetEnvironmentVariable(Whole) == "1" ? null : Some);
}
