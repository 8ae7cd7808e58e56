namespace Workflows.Web.Http;

/// <summary>What the host knows of its own health; a host that knows nothing adds none.</summary>
/// <param name="Problem">Gives why it cannot work; null while it can.</param>
public sealed record Health(Func<string?> Problem);
