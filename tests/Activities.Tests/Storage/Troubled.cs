using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Workflows.Activities.Storage;

namespace Workflows.Activities.Tests.Storage;

/// <summary>Something that goes wrong with one request, given the way to really send it.</summary>
public delegate ValueTask Trouble(HttpMessage message, Func<ValueTask> send);

/// <summary>The network between an adapter and Azurite: counts what is sent and does the troubles ahead, one for each request.</summary>
public sealed class Troubled : HttpPipelineTransport
{
    /// <summary>Short, so that tests of waiting do not wait.</summary>
    public static readonly AzurePatience Patience = new()
    {
        TriesMax = 4,
        FirstDelay = TimeSpan.FromMilliseconds(1),
        LongestDelay = TimeSpan.FromMilliseconds(20),
        TableTry = TimeSpan.FromSeconds(2),
        BlobTry = TimeSpan.FromSeconds(2),
    };

    private readonly HttpClientTransport network = HttpClientTransport.Shared;
    private readonly ConcurrentQueue<string> sent = new();

    public ConcurrentQueue<Trouble> Ahead { get; } = new();

    /// <summary>Asked when there is none ahead.</summary>
    public Func<Trouble?> Otherwise { get; set; } = () => null;

    /// <summary>Method and address of every request, carried or not.</summary>
    public IReadOnlyCollection<string> Sent => sent;

    /// <summary>An answer with a code as tables say it; blobs say it in the header alone.</summary>
    public static Trouble Refusal(int status, string code, params (string Name, string Value)[] headers) => Answer(
        status,
        "{\"odata.error\":{\"code\":\"" + code + "\",\"message\":{\"lang\":\"en-US\",\"value\":\"No.\"}}}",
        [.. headers, ("Content-Type", "application/json;odata=minimalmetadata")]);

    /// <summary>An answer that the store did not give.</summary>
    public static Trouble Answer(int status, string body = "", params (string Name, string Value)[] headers) => (message, _) =>
    {
        message.Response = new Made(status, body, headers);
        return default;
    };

    /// <summary>Somebody on the way answers instead of the store, in a form that the store does not have.</summary>
    public static Trouble Stranger => Answer(503, "{\"fault\":1}", ("Content-Type", "application/json"));

    /// <summary>There is nobody at the address.</summary>
    public static Trouble NoConnection => (_, _) =>
        throw new RequestFailedException("refused", new HttpRequestException(HttpRequestError.ConnectionError));

    /// <summary>The request never arrives, and nobody says so.</summary>
    public static Trouble Hangs => async (message, _) => await Task.Delay(Timeout.Infinite, message.CancellationToken);

    /// <summary>The connection breaks; from here it cannot be seen that nothing arrived.</summary>
    public static Trouble NeverArrives => (_, _) =>
        throw new RequestFailedException("broken", new HttpRequestException(HttpRequestError.ResponseEnded));

    /// <summary>The request is carried out, and the connection breaks before the answer.</summary>
    public static Trouble AnswerIsLost => async (_, send) =>
    {
        await send();
        throw new RequestFailedException("broken", new HttpRequestException(HttpRequestError.ResponseEnded));
    };

    /// <summary>The request is carried out, and the answer takes too long.</summary>
    public static Trouble AnswerHangs => async (message, send) =>
    {
        await send();
        await Task.Delay(Timeout.Infinite, message.CancellationToken);
    };

    /// <summary>First the trouble, then something that others do before the next try.</summary>
    public static Trouble And(Trouble trouble, Func<Task> meanwhile) => async (message, send) =>
    {
        try
        {
            await trouble(message, send);
        }
        finally
        {
            await meanwhile();
        }
    };

    public override Request CreateRequest() => network.CreateRequest();

    public override void Process(HttpMessage message) => throw new NotSupportedException("The adapters do not block.");

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        sent.Enqueue($"{message.Request.Method} {Uri.UnescapeDataString(message.Request.Uri.ToString())}");
        var trouble = Ahead.TryDequeue(out var next) ? next : Otherwise();
        if (trouble is null)
        {
            await network.ProcessAsync(message);
        }
        else
        {
            await trouble(message, () => network.ProcessAsync(message));
        }
    }

    private sealed class Made(int status, string body, (string Name, string Value)[] headers) : Response
    {
        public override int Status => status;

        public override string ReasonPhrase => "";

        public override Stream? ContentStream { get; set; } = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(body));

        public override string ClientRequestId { get; set; } = "";

        public override void Dispose() => ContentStream?.Dispose();

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
        {
            value = headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
            return value is not null;
        }

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
        {
            values = TryGetHeader(name, out var value) ? [value] : null;
            return values is not null;
        }

        protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => headers.Select(header => new HttpHeader(header.Name, header.Value));
    }
}
