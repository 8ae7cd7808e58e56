using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Azure.Identity;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;

namespace Workflows.Activities.Notices;

/// <summary>What an unhappy answer of Microsoft Graph means. Its texts name people, so only its code is ever repeated.</summary>
internal static class GraphAnswer
{
    private const int CodeCharactersMax = 60;

    /// <summary>A "no" for good to the recipients or the text of this mail.</summary>
    private static readonly string[] Refusals =
    [
        "ErrorInvalidRecipients",
        "ErrorInvalidRecipientSubfilter",
        "ErrorRecipientNotFound",
        "ErrorMessageSizeExceeded",
        "RequestBodyTooLarge",
    ];

    /// <summary>The reason when the mail is refused for good, or null.</summary>
    public static string? Refusal(Exception failure) =>
        failure is ApiException { ResponseStatusCode: 400 or 413 or 422 } refused
        && (refused.ResponseStatusCode == 413 || Refusals.Contains(Code(refused), StringComparer.OrdinalIgnoreCase))
            ? Word(refused)
            : null;

    /// <summary>
    /// Everything else passes or is put right by us: throttling, outages, and also 401, 403 and 404, which speak of our
    /// sign-in, our permission and our mailbox. Null for what is no trouble of the channel.
    /// </summary>
    public static MailUnavailableException? Trouble(Exception failure) => failure switch
    {
        ApiException answer => new MailUnavailableException(
            $"Microsoft Graph answered {Word(answer)}.{Advice(answer.ResponseStatusCode)}", RetryAfter(answer)),
        AuthenticationFailedException => new MailUnavailableException("Microsoft Graph: the sign-in failed.", cause: failure),
        OperationCanceledException => new MailUnavailableException("Microsoft Graph did not answer in time."),
        HttpRequestException { HttpRequestError: var kind } =>
            new MailUnavailableException($"Microsoft Graph cannot be reached: {kind}."),
        IOException => new MailUnavailableException("Microsoft Graph cannot be reached: the connection broke."),
        JsonException or InvalidOperationException => new MailUnavailableException("An answer was not Microsoft Graph's."),
        _ => null,
    };

    private static string Advice(int status) => status switch
    {
        401 => $" Is {MailOptions.GraphPrefix}CLIENT_ID right?",
        403 => " Has the identity the permissions Mail.ReadWrite and Mail.Send for the mailbox?",
        404 => $" Is {MailOptions.GraphPrefix}FROM a mailbox?",
        _ => "",
    };

    private static string Word(ApiException answer) =>
        string.Create(CultureInfo.InvariantCulture, $"{answer.ResponseStatusCode} {Code(answer)}").TrimEnd();

    /// <summary>Only what looks like a code.</summary>
    private static string? Code(ApiException answer) =>
        answer is ODataError { Error.Code: { Length: > 0 and <= CodeCharactersMax } code }
        && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.')
            ? code
            : null;

    private static TimeSpan? RetryAfter(ApiException answer)
    {
        var text = answer.ResponseHeaders?
            .FirstOrDefault(header => header.Key.Equals("Retry-After", StringComparison.OrdinalIgnoreCase))
            .Value?.FirstOrDefault();
        return RetryConditionHeaderValue.TryParse(text, out var value) ? value.Delta : null;
    }
}
