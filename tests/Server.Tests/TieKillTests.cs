using System.Text;
using System.Text.Json;
using Workflows.Activities.Cases;
using Workflows.Activities.Storage;
using Workflows.Orchestrations.Disputes;
using Workflows.Testing;

namespace Workflows.Server.Tests;

/// <summary>SIGKILL while one case says something to another, on the real process with real files.</summary>
public sealed class TieKillTests
{
    private const string Village = "350322103203";
    private const int RoundsMin = 2;
    private const int RoundsMax = 8;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cases_that_are_taken_in_and_split_while_the_server_dies_lose_and_double_nobody()
    {
        using var folder = new TempFolder();
        var data = folder.File("data");
        List<Group> groups = [];
        var (merging, splitting) = (0, 0);
        for (var round = 1; round <= RoundsMin || ((merging == 0 || splitting == 0) && round <= RoundsMax); round++)
        {
            using var server = ServerProcess.Start("--data", data, "--port", "0");
            using var http = new HttpClient { BaseAddress = new Uri(await server.Address()) };
            var group = await Register(http, round);
            groups.Add(group);
            // The answer comes once the wish is saved; then the other case is told, and answers.
            await Task.WhenAny(Merge(http, group), Split(http, group));
            await server.Kill();
            await using var tables = SqliteTables.Open(Path.Combine(data, "tables.db"));
            var cases = new CaseStore(tables);
            merging += (await State(cases, group.Source)).Merge is null ? 0 : 1;
            splitting += (await State(cases, group.Whole)) is { PeopleToMove: not null } or { Status: DisputeStatus.Mediating, MovedParties: null } ? 1 : 0;
        }

        Assert.True(merging > 0 && splitting > 0, $"No kill fell between a word and its answer: {merging} merges, {splitting} splits.");
        using var last = ServerProcess.Start("--data", data, "--port", "0");
        using var client = new HttpClient { BaseAddress = new Uri(await last.Address()) };
        foreach (var group in groups)
        {
            // Whoever heard no answer asks again with the same key.
            await Merge(client, group);
            await Split(client, group);
        }

        await Quiet(client, groups);
        var all = (await Get(client, "api/disputes?size=200")).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!).ToList();
        Assert.Equal(groups.Count * 4, all.Count);
        foreach (var group in groups)
        {
            var split = Assert.Single((await View(client, group.Whole)).GetProperty("links").EnumerateArray()).GetProperty("id").GetString()!;
            Assert.Equal([group.Target, group.Source], await Found(client, group.Name("丙")));
            Assert.Equal([group.Whole], await Found(client, group.Name("戊")));
            Assert.Equal([group.Whole, split], await Found(client, group.Name("丁")));
            Assert.Equal([split], await Found(client, group.Name("己")));
            Assert.Equal((4, 2, 2), (await Parties(client, group.Target), await Parties(client, group.Whole), await Parties(client, split)));
        }

        await last.Kill();
        await using var stored = SqliteTables.Open(Path.Combine(data, "tables.db"));
        var kept = new CaseStore(stored);
        foreach (var (id, what) in groups.SelectMany(group => new[] { (group.Target, "Joined"), (group.Source, "MergeAsked"), (group.Source, "Merged"), (group.Whole, "SplitOff"), (group.Whole, "PeopleMoved") }))
        {
            Assert.Single(await kept.Journal(id, Cancelled), entry => entry.Line.What == what);
        }
    }

    /// <summary>Three cases of one round: one is taken into another, the third is split.</summary>
    private sealed record Group(int Round, string Target, string Source, string Whole)
    {
        public string Name(string who) => $"{who}{Round}号";
    }

    private static async Task<Group> Register(HttpClient http, int round)
    {
        var group = new Group(round, "", "", "");
        return group with
        {
            Target = await Open(http, group.Name("甲"), group.Name("乙")),
            Source = await Open(http, group.Name("丙"), group.Name("庚")),
            Whole = await Open(http, group.Name("丁"), group.Name("戊"), group.Name("己")),
        };
    }

    private static async Task<string> Open(HttpClient http, params string[] names)
    {
        var parties = names.Select((name, index) => new { role = index == 0 ? "applicant" : "respondent", name, consent = "yes" });
        var id = (await Post(http, "api/disputes", new { place = Village, category = "neighbours", people = names.Length, channel = "window", by = Village, summary = "排水沟。", parties })).GetProperty("id").GetString()!;
        await Post(http, $"api/disputes/{id}/sign-for", new { by = Village });
        return id;
    }

    private static Task<JsonElement> Merge(HttpClient http, Group group) =>
        Post(http, $"api/disputes/{group.Source}/merge", new { by = Village, into = group.Target, reason = "同一事。" }, $"merge-{group.Round}");

    private static Task<JsonElement> Split(HttpClient http, Group group) =>
        Post(http, $"api/disputes/{group.Whole}/split", new { by = Village, parties = (string[])["p3"], also = (string[])["p1"], people = 2, summary = "另一处。" }, $"split-{group.Round}");

    private static async Task<JsonElement> Post(HttpClient http, string path, object body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json") };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var answer = await http.SendAsync(request, Cancelled);
        var text = await answer.Content.ReadAsStringAsync(Cancelled);
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(text).RootElement : throw new InvalidOperationException(text);
    }

    private static async Task<JsonElement> Get(HttpClient http, string path) => JsonDocument.Parse(await http.GetStringAsync(path, Cancelled)).RootElement;

    private static Task<JsonElement> View(HttpClient http, string id) => Get(http, $"api/disputes/{id}");

    private static async Task<int> Parties(HttpClient http, string id) => (await View(http, id)).GetProperty("parties").GetArrayLength();

    /// <summary>The cases in which a person is found.</summary>
    private static async Task<IEnumerable<string>> Found(HttpClient http, string name) =>
        (await Post(http, "api/disputes/search", new { name })).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("case").GetString()!).Order(StringComparer.Ordinal);

    private static async Task<Dispute> State(CaseStore cases, string id) => (await cases.Get<Dispute>(DisputeEscalation.FlowName, id, Cancelled))!.State;

    /// <summary>Both matters of each group have come to rest; the engine goes on by itself, so it is only looked at.</summary>
    private static async Task Quiet(HttpClient http, List<Group> groups)
    {
        var until = DateTime.UtcNow.AddMinutes(2);
        foreach (var group in groups)
        {
            while ((await View(http, group.Source)).GetProperty("status").GetString() != "merged" || (await Found(http, group.Name("己"))).Contains(group.Whole))
            {
                Assert.True(DateTime.UtcNow < until, $"Round {group.Round} has not come to rest.");
                await Task.Delay(20, Cancelled);
            }
        }
    }
}
