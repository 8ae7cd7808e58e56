using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Workflows.Web.Tests.Http;

/// <summary>Requests byte by byte, for what a proper client would not send.</summary>
internal static class RawHttp
{
    public static Task<Answer> Post(ServedCounty county, string path, string body, params string[] headers) => Send(
        county,
        [
            $"POST {path} HTTP/1.1",
            $"Host: {county.Address.Authority}",
            "Content-Type: application/json",
            string.Create(CultureInfo.InvariantCulture, $"Content-Length: {Encoding.UTF8.GetByteCount(body)}"),
            .. headers,
        ],
        body);

    /// <summary>Sends lines and a body on a connection of their own, and reads until the server closes it.</summary>
    public static async Task<Answer> Send(ServedCounty county, string[] head, string body = "")
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var client = new TcpClient();
        await client.ConnectAsync(county.Address.Host, county.Address.Port, cancellation);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(string.Join("\r\n", [.. head, "Connection: close"]) + "\r\n\r\n" + body), cancellation);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(cancellation);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = text[..end].Split("\r\n");
        using var response = new HttpResponseMessage((System.Net.HttpStatusCode)int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture))
        {
            Content = new StringContent(text[(end + 4)..]),
        };
        response.Content.Headers.Remove("Content-Type");
        foreach (var line in lines[1..])
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (!response.Headers.TryAddWithoutValidation(line[..colon], line[(colon + 1)..].Trim()))
            {
                response.Content.Headers.TryAddWithoutValidation(line[..colon], line[(colon + 1)..].Trim());
            }
        }

        return await Answer.Of(response);
    }
}
