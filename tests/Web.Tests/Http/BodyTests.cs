using System.Net;
using System.Text;

namespace Workflows.Web.Tests.Http;

/// <summary>Bodies that are no good JSON object, at the registration; every command reads its body in the same way.</summary>
public sealed class BodyTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    private const string Path = "/api/disputes";

    public static TheoryData<string, string> Broken => new()
    {
        { "", "is not valid JSON (line 1, byte 1)" },
        { "   ", "is not valid JSON (line 1, byte 4)" },
        { "{", "is not valid JSON (line 1, byte 2)" },
        { "{]", "is not valid JSON (line 1, byte 2)" },
        { "{\n  \"place\": \"3\",\n  \"by\" \"4\"\n}", "is not valid JSON (line 3, byte 8)" },
        { "{} {}", "is not valid JSON (line 1, byte 4)" },
        { "{} // done", "is not valid JSON (line 1, byte 4)" },
        { "null", "must be an object, not null" },
        { "true", "has the wrong type" },
        { "[{}]", "has the wrong type" },
        { "\"{}\"", "has the wrong type" },
        { "{'place':1}", "is not valid JSON (line 1, byte 2)" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_body_that_is_no_JSON_object_is_refused_and_the_place_of_the_mistake_named(string body, string rule) =>
        (await county.Post(Path, body)).IsInvalid(("body", rule));

    [Fact]
    public async Task A_mistake_within_a_field_names_the_field()
    {
        (await county.Post(Path, "{\"place\": x}")).IsInvalid(("place", "is not valid JSON (line 1, byte 11)"));
        (await county.Post(Path, "{\"place\": \"3\",}")).IsProblem(400, "invalid-request");
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF_8_are_refused()
    {
        foreach (var bytes in (byte[][])[[0xff, 0xfe, (byte)'{', 0], [.. "{\"place\":\""u8, 0xff, .. "\"}"u8], [.. "{\""u8, 0xc3, .. "\":1}"u8]])
        {
            (await county.PostBytes(Path, bytes)).IsProblem(400, "invalid-request");
        }

        (await county.PostBytes(Path, Encoding.UTF8.GetBytes(Requests.Register().With("summary", "half").ToJsonString().Replace("half", "\\ud800", StringComparison.Ordinal))))
            .IsProblem(400, "invalid-request");
    }

    [Fact]
    public async Task A_body_that_nests_without_end_is_refused()
    {
        (await county.Post(Path, new string('[', 100_000))).IsProblem(400, "invalid-request");
        (await county.Post(Path, string.Concat(Enumerable.Repeat("{\"parties\":", 10_000)))).IsProblem(400, "invalid-request");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("json")]
    [InlineData("")]
    public async Task Another_content_type_than_JSON_is_refused(string contentType) =>
        (await county.PostBytes(Path, "{}"u8.ToArray(), contentType: contentType))
            .IsProblem(415, "not-json", "The body must be sent as application/json.");

    [Fact]
    public async Task A_post_without_body_and_content_type_is_refused() =>
        (await county.Send(new HttpRequestMessage(HttpMethod.Post, Path))).IsProblem(415, "not-json");

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("APPLICATION/JSON;charset=UTF-8")]
    public async Task JSON_is_taken_however_it_is_spelt(string contentType) =>
        (await county.PostBytes(Path, Encoding.UTF8.GetBytes(Requests.Register().ToJsonString()), contentType: contentType)).Is(201);

    [Fact]
    public async Task A_body_of_256_KiB_is_read_and_one_byte_more_is_too_large()
    {
        (await county.Post(Path, new string(' ', 256 * 1024))).IsInvalid(("body", $"is not valid JSON (line 1, byte {256 * 1024 + 1})"));
        (await county.Post(Path, new string(' ', (256 * 1024) + 1))).IsProblem(413, "too-large", "The body must be at most 262144 bytes.");
    }

    [Fact]
    public async Task A_body_that_does_not_say_how_long_it_is_is_bounded_too()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new StreamContent(new MemoryStream(new byte[300 * 1024])) };
        request.Headers.TransferEncodingChunked = true;
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");

        (await county.Send(request)).IsProblem(413, "too-large");
    }

    [Fact]
    public async Task A_body_beyond_what_the_server_reads_is_too_large_as_well()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new ByteArrayContent(new byte[31_000_000]) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.ExpectContinue = true;

        (await county.Send(request)).IsProblem((int)HttpStatusCode.RequestEntityTooLarge, "too-large");
    }
}
