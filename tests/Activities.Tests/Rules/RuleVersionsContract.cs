using Workflows.Activities.Rules;
using Workflows.Activities.Storage;
using Workflows.Engine;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Rules;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Rules;

/// <summary>Versions and what is current, on every kind of storage. A derived class says which.</summary>
public abstract class RuleVersionsContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = new(2025, 9, 15, 1, 0, 0, TimeSpan.Zero);

    private readonly TempFolder folder = new();
    private readonly VirtualClock clock = new(Monday);
    private ITables tables = null!;
    private IBlobs blobs = null!;

    private string Seeds => folder.File("seeds");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        RuleShelfTests.Seeds(Seeds);
        (tables, blobs) = await Open(folder);
    }

    public async ValueTask DisposeAsync()
    {
        await Close(tables, blobs);
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<(ITables Tables, IBlobs Blobs)> Open(TempFolder folder);

    protected abstract ValueTask Close(ITables tables, IBlobs blobs);

    [Fact]
    public async Task The_folders_content_is_the_first_version_and_current()
    {
        var shelf = await Shelf();

        var version = Assert.Single(await shelf.Versions.All(Cancellation));
        Assert.Equal((shelf.Current.Version, Monday, "files", RuleSource.Files), (version.Version, version.AddedAt, version.By, version.From));
        var activation = Assert.Single(await shelf.Versions.History(Cancellation));
        Assert.Equal((1, version.Version, RunningCases.Keep), (activation.Number, activation.Version, activation.Running));
        Assert.Equal(shelf.Current.Version, (await Shelf()).Current.Version);
        Assert.Single(await shelf.Versions.History(Cancellation));
    }

    [Fact]
    public async Task What_was_activated_at_run_time_stays_current_over_a_start()
    {
        var shelf = await Shelf();
        var candidate = await Candidate(shelf);
        Assert.NotEqual(candidate, shelf.Current.Version);
        Assert.Equal(new RulesActivated(true), await shelf.Run(Activate(2, candidate), Cancellation));
        Assert.Equal(candidate, shelf.Current.Version);

        var again = await Shelf();

        Assert.Equal((candidate, 2), (again.Current.Version, again.Number));
        Assert.NotEqual(candidate, again.Folder.Version);
        Assert.Equal(12, again.Get<DisputeRules>(candidate).Process.Floors[1].PeopleFrom);
    }

    [Fact]
    public async Task A_folder_that_was_changed_by_hand_becomes_current_and_the_other_version_stays_on_the_shelf()
    {
        var shelf = await Shelf();
        var candidate = await Candidate(shelf);
        await shelf.Run(Activate(2, candidate), Cancellation);
        await RuleShelfTests.Change(Seeds, "disputes.json", "\"peopleFrom\": 5", "\"peopleFrom\": 7");

        var again = await Shelf();

        Assert.Equal((again.Folder.Version, 3), (again.Current.Version, again.Number));
        Assert.Equal(["files", "dcs", "files"], (await again.Versions.History(Cancellation)).Select(activation => activation.By));
        Assert.NotNull(await again.Files(candidate, Cancellation));
        Assert.Equal(3, (await again.Versions.All(Cancellation)).Count);
    }

    [Fact]
    public async Task A_folder_that_was_changed_to_what_is_current_already_activates_nothing()
    {
        var shelf = await Shelf();
        var candidate = await Candidate(shelf);
        await shelf.Run(Activate(2, candidate), Cancellation);
        await RuleShelfTests.Change(Seeds, "disputes.json", "\"peopleFrom\": 5", "\"peopleFrom\": 12");

        var again = await Shelf();
        var third = await Shelf();

        Assert.Equal((candidate, 2), (again.Current.Version, again.Number));
        Assert.Equal((candidate, 2), (third.Current.Version, third.Number));
    }

    [Fact]
    public async Task Another_process_notices_an_activation_within_its_time_and_not_before()
    {
        var here = await Shelf();
        var there = await Shelf();
        var old = there.Current.Version;
        var candidate = await Candidate(here);
        await here.Run(Activate(2, candidate), Cancellation);

        Assert.Equal(candidate, here.Current.Version);
        clock.Set(Monday + RuleShelf.LookAgainAfter - TimeSpan.FromTicks(1));
        Assert.Equal(old, there.Current.Version);
        clock.Set(Monday + RuleShelf.LookAgainAfter);
        Assert.Equal(candidate, there.Current.Version);
    }

    [Fact]
    public async Task An_activation_that_is_asked_for_twice_is_made_once_and_a_taken_number_is_refused()
    {
        var shelf = await Shelf();
        var candidate = await Candidate(shelf);

        Assert.True((await shelf.Run(Activate(2, candidate), Cancellation)).Done);
        Assert.True((await shelf.Run(Activate(2, candidate), Cancellation)).Done);
        Assert.Equal("other-activation", (await shelf.Run(Activate(2, shelf.Folder.Version), Cancellation)).Refusal);
        Assert.Equal("other-activation", (await shelf.Run(Activate(4, shelf.Folder.Version), Cancellation)).Refusal);
        Assert.Equal("unknown-version", (await shelf.Run(Activate(3, "r-0000000000000000"), Cancellation)).Refusal);
        Assert.Equal("unknown-version", (await shelf.Run(Activate(3, "../x"), Cancellation)).Refusal);
        Assert.Equal(2, (await shelf.Versions.History(Cancellation)).Count);
    }

    [Fact]
    public async Task Of_many_who_activate_under_one_number_one_is_first()
    {
        var shelf = await Shelf();
        var candidate = await Candidate(shelf);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(index => Task.Run(() =>
            shelf.Run(Activate(2, candidate) with { Reason = $"try {index}" }, Cancellation))));

        Assert.Single(answers, answer => answer.Done);
        Assert.Equal(2, (await shelf.Versions.History(Cancellation)).Count);
    }

    [Fact]
    public async Task Many_that_start_at_once_activate_the_folder_once()
    {
        var shelves = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(Shelf)));

        Assert.Single(shelves.Select(shelf => shelf.Current.Version).Distinct());
        Assert.Single(await shelves[0].Versions.History(Cancellation));
    }

    [Fact]
    public async Task Sets_that_were_stored_before_versions_were_noted_are_versions_too()
    {
        var files = RuleFiles.Read(Seeds);
        var old = new RuleFiles([.. files.Files.Where(file => file.Name != "notices.json")]);
        await blobs.Put($"rules/{old.Version}.json", old.Pack(), "application/json", once: true, Cancellation);

        var shelf = await Shelf();

        Assert.Equal(
            new[] { old.Version, files.Version }.Order(StringComparer.Ordinal),
            (await shelf.Versions.All(Cancellation)).Select(version => version.Version));
        Assert.Equal(old.Version, (await shelf.Files(old.Version, Cancellation))!.Version);
    }

    [Fact]
    public async Task A_candidate_that_is_wrong_is_refused_and_not_stored()
    {
        var shelf = await Shelf();
        await RuleShelfTests.Change(Seeds, "disputes.json", "\"total\": \"DISPUTE-TOTAL\"", "\"total\": \"NOPE\"");

        await Assert.ThrowsAsync<RuleSetRefusedException>(() =>
            shelf.Add(RuleFiles.Read(Seeds), "dcs", "wrong", RuleSource.Http, Cancellation));

        Assert.Single(await shelf.Versions.All(Cancellation));
        Assert.Null(await shelf.Files(RuleFiles.Read(Seeds).Version, Cancellation));
    }

    private Task<RuleShelf> Shelf() => RuleShelf.Open(Seeds, tables, blobs, clock, Cancellation);

    /// <summary>Adds a version in which a group begins at twelve people.</summary>
    private async Task<string> Candidate(RuleShelf shelf)
    {
        var other = RuleShelfTests.Seeds(folder.File("candidate"));
        await RuleShelfTests.Change(other, "disputes.json", "\"peopleFrom\": 5", "\"peopleFrom\": 12");
        return (await shelf.Add(RuleFiles.Read(other), "dcs", "larger groups", RuleSource.Http, Cancellation)).Version;
    }

    private static ActivateRules Activate(int number, string version) =>
        new(number, version, "dcs", "larger groups", RunningCases.Keep, Monday);
}

public sealed class RuleVersionsOnFilesTests : RuleVersionsContract
{
    protected override Task<(ITables Tables, IBlobs Blobs)> Open(TempFolder folder) => Task.FromResult<(ITables, IBlobs)>(
        (SqliteTables.Open(folder.File("tables.db")), new FileBlobs(folder.File("blobs"))));

    protected override async ValueTask Close(ITables tables, IBlobs blobs)
    {
        await ((SqliteTables)tables).DisposeAsync();
        ((FileBlobs)blobs).Dispose();
    }
}

public sealed class RuleVersionsOnAzureTests(AzuriteServer azurite) : RuleVersionsContract
{
    protected override async Task<(ITables Tables, IBlobs Blobs)> Open(TempFolder folder)
    {
        var account = await azurite.NewAccount();
        return (new AzureTables(account), new AzureBlobs(account, "rules"));
    }

    protected override ValueTask Close(ITables tables, IBlobs blobs) => default;
}
