using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Activities.PersonalData;
using Workflows.Activities.Storage;
using Workflows.Web.Disputes;

namespace Workflows.Web.Tests.Disputes;

/// <summary>What becomes of people once a case's time is over. A refused case is kept for one year here.</summary>
public sealed partial class RetentionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_closed_case_keeps_its_people_to_the_last_day_of_its_time_and_is_anonymous_on_the_next()
    {
        await using var county = await ServedCounty.Start(changeSeeds: OneYear);
        var registered = (await county.Post("/api/disputes", Requests.Register())).Is(201).Json;
        var (id, code) = (registered.GetProperty("id").GetString()!, registered.GetProperty("codes").GetProperty("p1").GetString()!);
        var open = await county.Register();
        (await county.Post($"/api/disputes/{id}/refuse", new { by = Requests.Village, party = "p2" })).Is(200);
        var retention = county.Services.GetRequiredService<DisputeRetention>();

        await county.Until("2026-09-15 23:00");
        Assert.Empty(await retention.Run(null, dryRun: false, Cancellation));
        await county.Until("2026-09-16 00:30");
        Assert.Empty(await retention.Run(new DateOnly(2025, 9, 15), dryRun: false, Cancellation));
        Assert.Equal([id], await retention.Run(new DateOnly(2025, 9, 16), dryRun: true, Cancellation));
        Assert.Equal("陈**", await Name(county, id));

        Assert.Equal([id], await retention.Run(null, dryRun: false, Cancellation));
        Assert.Empty(await retention.Run(null, dryRun: false, Cancellation));

        Assert.Null(await Name(county, id));
        Assert.Equal("陈**", await Name(county, open));
        (await county.Get($"/api/party/{code}")).IsProblem(404, "unknown-code");
        var found = (await county.Post("/api/disputes/search", new { name = Requests.Applicant })).Is(200).Json.GetProperty("items");
        Assert.Equal([open], found.EnumerateArray().Select(item => item.GetProperty("case").GetString()));
        var accesses = (await county.Get($"/api/disputes/{id}/personal-data/accesses")).Is(200).Json.GetProperty("entries");
        Assert.Equal(["Erased"], accesses.EnumerateArray().Select(entry => entry.GetProperty("line").GetProperty("what").GetString()));
    }

    [Fact]
    public async Task A_case_that_cannot_be_read_is_named_and_keeps_nobody_elses_people()
    {
        await using var county = await ServedCounty.Start(changeSeeds: OneYear);
        var ids = new List<string>();
        for (var number = 0; number < 3; number++)
        {
            ids.Add(await county.Register());
            (await county.Post($"/api/disputes/{ids[number]}/refuse", new { by = Requests.Village, party = "p2" })).Is(200);
        }

        await county.Until("2026-09-16 00:30");
        var tables = county.County.Tables;
        var state = await tables.Get("Cases", ids[1], "state", Cancellation);
        var torn = state!.Properties.ToDictionary(known => known.Key, known => known.Value is byte[] bytes ? bytes[..10] : known.Value);
        await tables.Submit("Cases", ids[1], [new TableOperation.Put("state", torn)], Cancellation);

        var failed = await Assert.ThrowsAsync<InvalidDataException>(() => county.Services.GetRequiredService<DisputeRetention>().Run(null, dryRun: false, Cancellation));

        Assert.Equal($"These cases could not be read or made anonymous: {ids[1]}.", failed.Message);
        Assert.Null(await Name(county, ids[0]));
        Assert.Null(await Name(county, ids[2]));
    }

    [Fact]
    public async Task A_case_that_is_still_followed_keeps_its_people_until_it_is_closed()
    {
        await using var county = await ServedCounty.Start(changeSeeds: OneYear);
        var id = await county.RegisterMediated();
        var clauses = new[] { new { text = "分期付款，末期于次年十月底前付清。", party = "p2", due = "2026-10-31" } };
        (await county.Post($"/api/disputes/{id}/settle", new { by = Requests.Village, form = "oral", on = "2025-09-15", clauses })).Is(200);
        var retention = county.Services.GetRequiredService<DisputeRetention>();

        await county.Until("2026-09-20 09:00");
        Assert.Empty(await retention.Run(null, dryRun: false, Cancellation));
        Assert.Equal("陈**", await Name(county, id));

        (await county.Post($"/api/disputes/{id}/clause-performed", new { by = Requests.Village, clause = 1 })).Is(200);
        Assert.Equal([id], await retention.Run(null, dryRun: false, Cancellation));
        Assert.Null(await Name(county, id));
    }

    [Fact]
    public async Task Cases_of_an_earlier_version_are_found_after_reindexing_and_erased_people_are_not()
    {
        await using var county = await ServedCounty.Start();
        var id = await county.Register();
        var personal = county.Services.GetRequiredService<PersonalDataTable>();
        var people = await personal.GetParties(id, Cancellation);
        await personal.Erase(id, Cancellation);
        foreach (var person in people)
        {
            await personal.PutParty(id, person, Cancellation);
        }

        Assert.Equal(0, await Found(county));
        var retention = county.Services.GetRequiredService<DisputeRetention>();
        Assert.Equal(2, await retention.Reindex(Cancellation));
        Assert.Equal(2, await retention.Reindex(Cancellation));
        Assert.Equal(1, await Found(county));

        await personal.Erase(id, Cancellation);
        Assert.Equal(0, await retention.Reindex(Cancellation));
        Assert.Equal(0, await Found(county));
    }

    private static async Task<int> Found(ServedCounty county) =>
        (await county.Post("/api/disputes/search", new { name = Requests.Applicant })).Is(200).Json.GetProperty("items").GetArrayLength();

    private static async Task<string?> Name(ServedCounty county, string id) =>
        (await county.Get($"/api/disputes/{id}")).Is(200).Json.GetProperty("parties")[0].TryGetProperty("name", out var name) ? name.GetString() : null;

    private static void OneYear(string seeds)
    {
        var file = Path.Combine(seeds, "personal-data.json");
        File.WriteAllText(file, Years().Replace(File.ReadAllText(file), "\"years\": 1"));
    }

    [GeneratedRegex("\"years\": [0-9]+")]
    private static partial Regex Years();
}
