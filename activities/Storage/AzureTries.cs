using System.Globalization;
using System.Text.Json;
using System.Xml;
using Azure;
using Azure.Core;
using Azure.Identity;

namespace Workflows.Activities.Storage;

/// <summary>
/// Asks an Azure store again when it throttles, times out or cannot be reached. The loop is ours and not the SDK's,
/// because a write that is tried again must know whether an earlier try may have been carried out, and because a batch
/// can fail inside an answer that says 202.
/// </summary>
internal sealed class AzureTries(AzurePatience patience)
{
    private readonly DelayStrategy delays =
        DelayStrategy.CreateExponentialDelayStrategy(patience.FirstDelay, patience.LongestDelay);

    /// <exception cref="StorageFailedException">It failed for good, or failed every time.</exception>
    public async Task<T> Read<T>(string operation, Func<CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        for (var number = 1; ; number++)
        {
            try
            {
                return await read(cancellation);
            }
            catch (Exception failure) when (Concerns(failure) && !cancellation.IsCancellationRequested)
            {
                await Task.Delay(Pause(operation, number, failure, ""), cancellation);
            }
        }
    }

    /// <param name="operation">For the message.</param>
    /// <param name="write">
    /// Is told whether an earlier try may have been carried out. Not given up in flight: what the caller gives up before
    /// the first try is certain not to be written.
    /// </param>
    /// <param name="cancellation">Heard as long as it is certain that nothing was written.</param>
    /// <exception cref="StorageFailedException">It failed for good, or failed every time.</exception>
    public async Task Write(string operation, Func<bool, Task> write, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var mayBeDone = false;
        for (var number = 1; ; number++)
        {
            try
            {
                await write(mayBeDone);
                return;
            }
            catch (Exception failure) when (Concerns(failure))
            {
                mayBeDone |= MayBeDone(failure);
                var pause = Pause(operation, number, failure, mayBeDone ? " It may have been carried out." : " Nothing was written.");
                await Task.Delay(pause, mayBeDone ? CancellationToken.None : cancellation);
            }
        }
    }

    private static bool Concerns(Exception failure) => failure
        is RequestFailedException or AuthenticationFailedException or OperationCanceledException or HttpRequestException
        or (IOException and not StorageFailedException)
        || IsUnreadable(failure);

    /// <summary>The SDK could not read an answer: somebody on the way has given it, or it was cut.</summary>
    private static bool IsUnreadable(Exception failure) =>
        failure is JsonException or XmlException or FormatException or KeyNotFoundException;

    private TimeSpan Pause(string operation, int number, Exception failure, string consequence)
    {
        if (!IsPassing(failure))
        {
            throw new StorageFailedException($"{operation} was refused: {Answer(failure)}.{consequence}", failure);
        }

        if (number >= patience.TriesMax)
        {
            throw new StorageFailedException(
                string.Create(CultureInfo.InvariantCulture, $"{operation} failed {number} times, at last with {Answer(failure)}.{consequence}"),
                failure);
        }

        var pause = delays.GetNextDelay((failure as RequestFailedException)?.GetRawResponse(), number);
        return pause < patience.LongestDelay ? pause : patience.LongestDelay;
    }

    /// <summary>Status 0 is the SDK's word for no answer at all.</summary>
    private static bool IsPassing(Exception failure) => failure switch
    {
        AuthenticationFailedException => false,
        RequestFailedException { Status: 0 or 408 or 429 or 500 or 502 or 503 or 504 } => true,
        RequestFailedException => false,
        _ => true,
    };

    /// <summary>False for throttling, which Azure says before it begins, for refusals, and where there was no connection.</summary>
    private static bool MayBeDone(Exception failure) => failure switch
    {
        AuthenticationFailedException => false,
        RequestFailedException { Status: 0 } broken => MayHaveArrived(broken.InnerException),
        RequestFailedException { Status: var status } => status is 408 or 500 or 502 or 504,
        _ => MayHaveArrived(failure),
    };

    private static bool MayHaveArrived(Exception? failure) => failure is not HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };

    private static string Answer(Exception failure) => failure switch
    {
        CredentialUnavailableException => "no identity to sign in with",
        AuthenticationFailedException => "a failed sign-in",
        RequestFailedException { Status: 0 } => "no connection",
        RequestFailedException refused => string.Create(CultureInfo.InvariantCulture, $"{refused.Status} {refused.ErrorCode}").TrimEnd(),
        OperationCanceledException => "no answer in time",
        _ when IsUnreadable(failure) => "an answer that is not the store's",
        _ => "a broken connection",
    };
}
