using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Workflows.Activities.PersonalData;

/// <summary>The key vault cannot be used. Says what the vault answered and never what it holds.</summary>
public sealed class KeyVaultException(string message, Exception? cause = null) : IOException(message, cause);

/// <summary>Data-protection keys in an Azure Key Vault: one secret per element, made once and never changed.</summary>
/// <remarks>
/// The vault is what encrypts and guards the elements, so they carry no encryption of their own. An element of 90 days
/// is about 1 KB; a secret takes 25 KB (Azure Key Vault service limits). The identity needs to get, list and set secrets.
/// </remarks>
public sealed class KeyVaultElements : IXmlRepository
{
    public const string Prefix = "data-protection-";
    private const string ContentType = "application/xml";

    // Azure Key Vault object identifiers: 1 to 127 letters, digits and '-'.
    private const int NameCharactersMax = 127;

    private readonly SecretClient vault;

    /// <param name="address">Such as <c>https://county.vault.azure.net</c>.</param>
    /// <param name="identity">Who asks.</param>
    /// <param name="transport">What carries requests; null: the SDK's own.</param>
    public KeyVaultElements(Uri address, TokenCredential identity, HttpPipelineTransport? transport = null)
    {
        // The service version that is spoken; a newer SDK does not change it by itself.
        var options = new SecretClientOptions(SecretClientOptions.ServiceVersion.V7_6);
        options.Retry.MaxRetries = 3;
        options.Retry.Delay = TimeSpan.FromSeconds(0.5);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(5);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
        options.Diagnostics.IsLoggingContentEnabled = false;
        if (transport is not null)
        {
            options.Transport = transport;
        }

        vault = new SecretClient(address, identity, options);
    }

    /// <exception cref="KeyVaultException">The vault cannot be used, or a secret of ours holds something else.</exception>
    public IReadOnlyCollection<XElement> GetAllElements() => Ask(() =>
    {
        var elements = new List<XElement>();
        foreach (var secret in vault.GetPropertiesOfSecrets())
        {
            // A disabled secret is how an operator takes a key out of use; it cannot be read either.
            if (secret.Name.StartsWith(Prefix, StringComparison.Ordinal) && secret.Enabled != false)
            {
                elements.Add(Element(secret.Name, vault.GetSecret(secret.Name).Value.Value));
            }
        }

        return elements;
    });

    /// <exception cref="KeyVaultException">The vault cannot be used, or has another element of the name.</exception>
    public void StoreElement(XElement element, string friendlyName) => Ask(() =>
    {
        var name = Name(friendlyName);
        var text = element.ToString(SaveOptions.DisableFormatting);
        // Setting a secret that is there would hide it behind a new version.
        if (Find(name) is { } there)
        {
            return there == text ? true : throw new KeyVaultException($"The key vault has another secret {name}.");
        }

        var secret = new KeyVaultSecret(name, text);
        secret.Properties.ContentType = ContentType;
        vault.SetSecret(secret);
        return true;
    });

    /// <summary>What a friendly name of the framework, such as <c>key-…</c> or <c>revocation-…</c>, is called in the vault.</summary>
    private static string Name(string friendlyName)
    {
        var name = Prefix + string.Concat(friendlyName.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        return name.Length <= NameCharactersMax
            ? name
            : throw new ArgumentException($"A name of {friendlyName.Length} characters fits no secret.", nameof(friendlyName));
    }

    private static XElement Element(string name, string text)
    {
        try
        {
            return XElement.Parse(text);
        }
        catch (XmlException)
        {
            // The parser's message may quote what it read.
            throw new KeyVaultException($"The secret {name} of the key vault is no element of a key.");
        }
    }

    private string? Find(string name)
    {
        try
        {
            return vault.GetSecret(name).Value.Value;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    private static T Ask<T>(Func<T> request)
    {
        try
        {
            return request();
        }
        catch (Exception failure) when (Reason(failure) is { } reason)
        {
            throw new KeyVaultException($"The key vault of {DataKeys.VaultSetting} cannot be used: {reason}.");
        }
    }

    private static string? Reason(Exception failure) => failure switch
    {
        CredentialUnavailableException => "there is no identity to sign in with",
        AuthenticationFailedException => "the sign-in failed",
        RequestFailedException { Status: 403 } => "403, may the identity get, list and set secrets",
        RequestFailedException { Status: 409 } => "409, a deleted secret of the same name must be recovered or purged first",
        RequestFailedException { Status: > 0 } refused =>
            string.Create(CultureInfo.InvariantCulture, $"{refused.Status} {refused.ErrorCode}").TrimEnd(),
        RequestFailedException or AggregateException or HttpRequestException or OperationCanceledException =>
            "it does not answer",
        IOException and not KeyVaultException => "the connection broke",
        _ => null,
    };
}
