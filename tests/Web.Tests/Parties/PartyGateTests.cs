using System.Net;
using System.Net.Sockets;
using Workflows.Activities.PersonalData;
using Workflows.Web.Parties;

namespace Workflows.Web.Tests.Parties;

/// <summary>Guessing. Every client has an address of its own on this machine.</summary>
public sealed class PartyGateTests
{
    private const string Wrong = "/api/party/2222-2222-222";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_ten_wrong_codes_an_address_gets_nothing_more_and_another_does()
    {
        await using var county = await ServedCounty.Start();
        var code = await Code(county);
        using var guesser = From(county, "127.0.0.2");
        using var other = From(county, "127.0.0.3");

        for (var tried = 0; tried < PartyGate.WrongOfOneMax; tried++)
        {
            Assert.Equal(HttpStatusCode.OK, (await guesser.GetAsync($"/api/party/{code}", Cancellation)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await guesser.GetAsync(Wrong, Cancellation)).StatusCode);
        }

        foreach (var path in (string[])[Wrong, $"/api/party/{code}", $"/api/party/{PartyCode.Draw()}"])
        {
            using var shut = await guesser.GetAsync(path, Cancellation);
            (await Answer.Of(shut)).IsProblem(429, "too-often");
            Assert.InRange(shut.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(15));
        }

        using var page = await guesser.PostAsync("/party", new FormUrlEncodedContent([new("code", code)]), Cancellation);
        Assert.Equal((HttpStatusCode.TooManyRequests, "text/html"), (page.StatusCode, page.Content.Headers.ContentType!.MediaType));
        Assert.NotNull(page.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync($"/api/party/{code}", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Wrong_codes_of_many_addresses_shut_the_gate_for_all()
    {
        await using var county = await ServedCounty.Start();
        var code = await Code(county);
        for (var client = 0; client < PartyGate.WrongOfAllMax / PartyGate.WrongOfOneMax; client++)
        {
            using var guesser = From(county, $"127.0.1.{client + 1}");
            for (var tried = 0; tried < PartyGate.WrongOfOneMax; tried++)
            {
                Assert.Equal(HttpStatusCode.NotFound, (await guesser.GetAsync(Wrong, Cancellation)).StatusCode);
            }
        }

        using var fresh = From(county, "127.0.2.1");
        using var shut = await fresh.GetAsync($"/api/party/{code}", Cancellation);

        Assert.Equal(HttpStatusCode.TooManyRequests, shut.StatusCode);
        Assert.InRange(shut.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(50), TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.OK, (await fresh.GetAsync("/api/disputes", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task An_address_that_asks_more_than_120_times_a_minute_is_told_to_wait()
    {
        await using var county = await ServedCounty.Start();
        var code = await Code(county);
        using var hasty = From(county, "127.0.0.4");
        for (var asked = 0; asked < PartyLimits.AMinuteMax; asked++)
        {
            Assert.Equal(HttpStatusCode.OK, (await hasty.GetAsync($"/api/party/{code}", Cancellation)).StatusCode);
        }

        using var refused = await hasty.GetAsync($"/api/party/{code}", Cancellation);

        (await Answer.Of(refused)).IsProblem(429, "too-often");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task What_a_caller_writes_about_its_own_address_is_not_looked_at()
    {
        await using var county = await ServedCounty.Start();
        using var guesser = From(county, "127.0.0.5");
        for (var tried = 0; tried <= PartyGate.WrongOfOneMax; tried++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Wrong);
            request.Headers.Add("X-Forwarded-For", $"203.0.113.{tried}");
            using var answer = await guesser.SendAsync(request, Cancellation);
            Assert.Equal(tried < PartyGate.WrongOfOneMax ? HttpStatusCode.NotFound : HttpStatusCode.TooManyRequests, answer.StatusCode);
        }
    }

    private static async Task<string> Code(ServedCounty county) =>
        (await county.Post("/api/disputes", Requests.Register())).Is(201).Json.GetProperty("codes").GetProperty("p1").GetString()!;

    private static HttpClient From(ServedCounty county, string address) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, county.Address.Port), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = county.Address,
    };
}
