using System.Text.Json;

namespace Workflows.Web.Tests.Notices;

public sealed class NoticeTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    [Fact]
    public async Task A_notice_is_listed_shown_and_has_a_journal_of_its_tries()
    {
        var id = await county.Register();
        await county.Idle();

        var row = Assert.Single(await county.All($"/api/notices?case={id}"));
        var key = row.GetProperty("key").GetString()!;
        var notice = (await county.Get($"/api/notices/{key}")).Is(200).Json;
        var journal = (await county.Get($"/api/notices/{key}/journal")).Is(200).Json;

        Assert.Equal("dispute-offered", row.GetProperty("template").GetString());
        Assert.Equal(("sent", Requests.Village), (notice.GetProperty("status").GetString(), notice.GetProperty("recipient").GetString()));
        Assert.Equal("2025-09-15T01:00:00+00:00", notice.GetProperty("sentAt").GetString());
        Assert.Equal(key, notice.GetProperty("notice").GetProperty("key").GetString());
        Assert.Equal(id, notice.GetProperty("notice").GetProperty("case").GetString());
        Assert.NotEqual(0, journal.GetProperty("entries").GetArrayLength());
        Assert.False(journal.TryGetProperty("firstBroken", out _));
    }

    [Fact]
    public async Task Notices_are_found_by_case_recipient_and_status()
    {
        var id = await county.Register(Requests.Register("350322104004", "family", danger: true));
        await county.Idle();

        var keys = Keys(await county.All($"/api/notices?case={id}", size: 1));

        Assert.Equal(3, keys.Count);
        Assert.Empty(keys.Except(Keys(await county.All("/api/notices"))));
        Assert.Empty(keys.Except(Keys(await county.All("/api/notices?status=sent"))));
        Assert.Single(keys, Keys(await county.All("/api/notices?to=gaj")).Contains);
        Assert.Empty(await county.All("/api/notices?to=mzj"));
        Assert.Empty(await county.All("/api/notices?case=D2025-99999"));
    }

    [Fact]
    public async Task A_notice_that_does_not_exist_is_not_found()
    {
        var id = await county.Register();

        foreach (var key in (string[])["nothing", id, "NoticeDelivery-x"])
        {
            (await county.Get($"/api/notices/{key}")).IsProblem(404, "not-found", $"There is no notice {key}.");
            (await county.Get($"/api/notices/{key}/journal")).IsProblem(404, "not-found", $"There is no case {key}.");
        }
    }

    private static List<string> Keys(IEnumerable<JsonElement> rows) => [.. rows.Select(row => row.GetProperty("key").GetString()!)];
}
