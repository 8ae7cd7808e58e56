using System.Net.Http.Headers;
using System.Text;

namespace Workflows.Web.Tests.Disputes;

public sealed class FileTests(ServedCounty county) : IClassFixture<ServedCounty>
{
    private const string Name = "陈阿明的收据.pdf";
    private static readonly byte[] Pdf = Encoding.UTF8.GetBytes("%PDF-1.7 收条");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_added_listed_without_its_name_and_handed_out_on_record()
    {
        var id = await county.RegisterMediated();

        var added = (await Raw(id, Pdf, Name)).Is(201);

        var file = added.Json.GetProperty("id").GetString()!;
        Assert.Equal($"/api/disputes/{id}/files/{file}", added.Location);
        var list = (await county.Get($"/api/disputes/{id}/files")).Is(200);
        Assert.Equal(("receipt", "application/pdf", Pdf.Length), (
            list.Json[0].GetProperty("kind").GetString(), list.Json[0].GetProperty("contentType").GetString(), list.Json[0].GetProperty("bytes").GetInt32()));
        Assert.DoesNotContain("陈阿明", list.Text + added.Text, StringComparison.Ordinal);

        using var got = await county.Http.GetAsync($"{added.Location}?by={Requests.Township}", Cancellation);
        Assert.Equal(Pdf, await got.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal("application/pdf", got.Content.Headers.ContentType!.MediaType);
        Assert.Equal(("attachment", Name), (got.Content.Headers.ContentDisposition!.DispositionType, got.Content.Headers.ContentDisposition.FileNameStar));
        Assert.Equal("nosniff", got.Headers.GetValues("X-Content-Type-Options").Single());
        (await county.Get($"{added.Location}?by=sfj")).IsProblem(403, "not-concerned");
        Assert.Equal(["Downloaded", "Refused"], await Accesses(id));
    }

    [Fact]
    public async Task The_signed_agreement_is_added_after_the_end_by_the_handler()
    {
        var id = await county.RegisterMediated();
        (await county.Post($"/api/disputes/{id}/settle", new { by = Requests.Village, form = "oral", on = "2025-09-15", terms = "各半。" })).Is(200);

        (await Raw(id, Pdf, Name)).Is(201);

        Assert.Equal(1, (await county.Get($"/api/disputes/{id}/files")).Is(200).Json.GetArrayLength());
    }

    [Fact]
    public async Task A_form_of_a_browser_is_taken_too_and_a_retry_is_the_same_file()
    {
        var id = await county.RegisterMediated();

        var first = (await Form(id, Pdf, Name, "upload")).Is(201);
        var again = (await Form(id, Pdf, Name, "upload")).Is(201);
        var other = (await Form(id, [.. Pdf, 1], Name, "upload"));

        Assert.True(again.Replayed);
        Assert.Equal(first.Text, again.Text);
        other.IsProblem(422, "key-reused");
        Assert.Equal(1, (await county.Get($"/api/disputes/{id}/files")).Is(200).Json.GetArrayLength());
    }

    [Theory]
    [InlineData("收据.png", "file", "is a pdf file, and its name says png")]
    [InlineData("收据.exe", "name", "must end with one of pdf, jpg, jpeg, png, docx, xlsx, mp3, m4a, mp4")]
    [InlineData("", "name", "is required")]
    public async Task Name_and_bytes_must_agree_on_a_form_that_is_taken(string name, string field, string rule)
    {
        var id = await county.RegisterMediated();

        (await Raw(id, Pdf, name)).IsInvalid((field, rule));
        Assert.Equal(0, (await county.Get($"/api/disputes/{id}/files")).Is(200).Json.GetArrayLength());
    }

    [Fact]
    public async Task A_page_that_calls_itself_a_paper_is_refused_and_so_is_nothing()
    {
        var id = await county.RegisterMediated();

        (await Raw(id, Encoding.ASCII.GetBytes("<!doctype html>"), Name)).IsInvalid(("file", "is no file of a form that is taken"));
        (await Raw(id, [], Name)).IsInvalid(("file", "must not be empty"));
        (await county.PostBytes($"/api/disputes/{id}/files?by={Requests.Village}&kind=Receipt", Pdf, contentType: "application/octet-stream")).IsInvalid(("kind", "must be lower-case words joined by hyphens, at most 40 characters"));
        (await county.PostBytes($"/api/disputes/{id}/files?kind=receipt&by=x", Pdf, contentType: "application/octet-stream")).IsInvalid(("by", "is not a unit of this county"));
        (await county.PostBytes($"/api/disputes/{id}/files?kind=receipt&by={Requests.Village}", Pdf, contentType: "multipart/form-data")).IsInvalid(("body", "is a form without a boundary"));
        (await county.PostBytes($"/api/disputes/{id}/files?kind=receipt&by={Requests.Village}", Pdf, contentType: "multipart/form-data; boundary=x")).IsInvalid(("body", "is not a whole form"));
    }

    [Fact]
    public async Task Twenty_MiB_are_taken_and_a_byte_more_is_not()
    {
        var id = await county.RegisterMediated();
        var most = new byte[20 * 1024 * 1024];
        Pdf.CopyTo(most, 0);

        (await Raw(id, [.. most, 0], Name)).IsProblem(413, "too-large");
        (await Raw(id, most, Name)).Is(201);
        (await county.Get($"/api/disputes/D2025-99999/files")).IsProblem(404, "not-found");
        (await county.Get($"/api/disputes/{id}/files/f-0?by={Requests.Village}")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task A_refused_file_leaves_nothing_behind()
    {
        await using var own = await ServedCounty.Start();
        var id = await own.RegisterMediated();

        (await own.Send(Upload(id, Pdf, Name, by: "sfj"))).IsProblem(409, "not-the-handler");
        (await own.Send(Upload("D2025-99999", Pdf, Name))).IsProblem(404, "not-found");

        var names = new List<string>();
        await foreach (var name in own.County.Blobs.List("files/", Cancellation))
        {
            names.Add(name);
        }

        Assert.Empty(names);
    }

    private Task<Answer> Raw(string id, byte[] content, string name) => county.Send(Upload(id, content, name));

    private static HttpRequestMessage Upload(string id, byte[] content, string name, string by = Requests.Village)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/disputes/{id}/files?by={by}&kind=receipt") { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Headers.Add("X-File-Name", Uri.EscapeDataString(name));
        return request;
    }

    private async Task<Answer> Form(string id, byte[] content, string name, string key)
    {
        using var form = new MultipartFormDataContent();
        using var file = new ByteArrayContent(content);
        form.Add(file, "file", name);
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/disputes/{id}/files?by={Requests.Village}&kind=receipt") { Content = form };
        request.Headers.Add("Idempotency-Key", key);
        return await county.Send(request);
    }

    private async Task<IEnumerable<string?>> Accesses(string id) =>
        (await county.Get($"/api/disputes/{id}/personal-data/accesses")).Is(200).Json.GetProperty("entries").EnumerateArray()
            .Select(entry => entry.GetProperty("line").GetProperty("what").GetString());
}
