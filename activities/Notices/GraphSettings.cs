namespace Workflows.Activities.Notices;

/// <summary>The mailbox that mail is sent from through Microsoft Graph, and how this program signs in.</summary>
/// <param name="From">The mailbox's address; its domain is also that of the Message-ID.</param>
/// <param name="ClientId">Of a user-assigned identity; null for the system-assigned one.</param>
/// <param name="China">The mailbox is in the cloud that 21Vianet operates, which has addresses of its own.</param>
public sealed record GraphSettings(string From, string? ClientId = null, bool China = false)
{
    /// <summary>One request is given up after this time.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>A mail that would have to wait longer for its turn is put off instead.</summary>
    public TimeSpan TurnTimeout { get; init; } = TimeSpan.FromSeconds(20);

    internal string Endpoint => China ? "https://microsoftgraph.chinacloudapi.cn" : "https://graph.microsoft.com";
}
