namespace Workflows.Web.Tests.Http;

public sealed class HeaderTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/api/disputes")]
    [InlineData("/api/nothing")]
    [InlineData("/reports/2025-09")]
    public async Task No_answer_is_kept_by_others_or_taken_for_something_else(string path)
    {
        using var response = await county.Http.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(response.Headers.CacheControl!.NoStore);
        if (response.Content.Headers.ContentType!.MediaType == "text/html")
        {
            Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }
    }
}
