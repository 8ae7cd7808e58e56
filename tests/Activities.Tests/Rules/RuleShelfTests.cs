using Workflows.Activities.Rules;
using Workflows.Activities.Storage;
using Workflows.Activities.Supervision;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;
using Workflows.Orchestrations.Supervision;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Rules;

public sealed class RuleShelfTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly FileBlobs blobs;

    public RuleShelfTests() => blobs = new FileBlobs(folder.File("blobs"));

    [Fact]
    public async Task The_same_files_have_the_same_address_and_another_number_has_another()
    {
        var first = RuleFiles.Read(Seeds(folder.File("one")));
        var second = RuleFiles.Read(Seeds(folder.File("two")));
        Assert.Equal(first.Version, second.Version);

        await Change(folder.File("two"), "policies.json", "\"amount\": 2", "\"amount\": 3");
        Assert.NotEqual(first.Version, RuleFiles.Read(folder.File("two")).Version);
    }

    [Fact]
    public async Task A_case_of_last_year_finds_the_rules_it_lives_under_after_they_changed()
    {
        var seeds = Seeds(folder.File("seeds"));
        var old = await RuleShelf.Open(seeds, new MemoryTables(), blobs, TimeProvider.System, Cancellation);
        await Change(seeds, "disputes.json", "\"peopleFrom\": 5", "\"peopleFrom\": 10");

        var now = await RuleShelf.Open(seeds, new MemoryTables(), blobs, TimeProvider.System, Cancellation);
        Assert.NotEqual(old.Current.Version, now.Current.Version);
        Assert.Equal(5, now.Get<DisputeRules>(old.Current.Version).Process.Floors[1].PeopleFrom);
        Assert.Equal(10, now.Get<DisputeRules>(now.Current.Version).Process.Floors[1].PeopleFrom);
        Assert.Equal(old.Current.Version, now.Get<SupervisionRules>(old.Current.Version).Version);
        Assert.Equal(old.Current.Version, now.Get<NoticeRules>(old.Current.Version).Version);
    }

    [Fact]
    public async Task An_address_that_nobody_stored_is_told()
    {
        var shelf = await RuleShelf.Open(Seeds(folder.File("seeds")), new MemoryTables(), blobs, TimeProvider.System, Cancellation);
        Assert.Contains("r-0000", Assert.Throws<RulesMissingException>(() => shelf.Get<DisputeRules>("r-0000")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_set_is_refused_as_a_whole_with_every_error_and_nothing_is_stored()
    {
        var seeds = Seeds(folder.File("seeds"));
        await Change(seeds, "disputes.json", "\"total\": \"DISPUTE-TOTAL\"", "\"total\": \"NOPE\"");
        await Change(seeds, "supervision.json", "SUPERVISION-CHECK", "NEITHER");

        var refused = await Assert.ThrowsAsync<RuleSetRefusedException>(() => RuleShelf.Open(seeds, new MemoryTables(), blobs, TimeProvider.System, Cancellation));
        Assert.Contains(refused.Errors, error => error is { File: "disputes.json", Path: "$.total" });
        Assert.Contains(refused.Errors, error => error.File == "supervision.json");
        Assert.False(Directory.Exists(Path.Combine(folder.File("blobs"), "rules")));
    }

    [Fact]
    public async Task A_rule_set_survives_being_packed()
    {
        var files = RuleFiles.Read(Seeds(folder.File("seeds")));
        Assert.Equal(files.Version, RuleFiles.Unpack(files.Pack()).Version);
        await Task.CompletedTask;
    }

    [Fact]
    public void The_seed_plan_means_145_assignments_by_name_and_648_by_the_standing_rule()
    {
        var seeds = Seeds(folder.File("seeds"));
        var rules = RuleSet.Parse(RuleFiles.Read(seeds));
        var plan = Assert.Single(PlanShelf.Read(seeds, rules.Units).All);
        var assignments = PlanFanOut.Of(plan, rules.Units.Townships.Select(unit => unit.Id), rules.Version, DateTimeOffset.UnixEpoch);
        Assert.Equal(145, assignments.Count(assignment => assignment.Role != AssignmentRole.Implementer));
        Assert.Equal(648, assignments.Count(assignment => assignment.Role == AssignmentRole.Implementer));
        Assert.Equal(3, assignments.Count(assignment => assignment.Role == AssignmentRole.Lead));
        Assert.Equal(793, assignments.Select(assignment => assignment.Id).Distinct().Count());
    }

    public void Dispose()
    {
        blobs.Dispose();
        folder.Dispose();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A copy of the seeds that a test may change.</summary>
    internal static string Seeds(string target)
    {
        var source = Path.Combine(ReferenceCounty.Root, "seeds");
        foreach (var file in Directory.EnumerateFiles(source, "*.json", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return target;
    }

    internal static async Task Change(string seeds, string file, string from, string to)
    {
        var path = Path.Combine(seeds, file);
        var text = await File.ReadAllTextAsync(path, Cancellation);
        Assert.Contains(from, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, text.Replace(from, to, StringComparison.Ordinal), Cancellation);
    }
}
