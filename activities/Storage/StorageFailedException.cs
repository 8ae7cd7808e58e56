namespace Workflows.Activities.Storage;

/// <summary>
/// The store did not answer as it should, however often it was asked. A write may have been carried out all the same:
/// callers try again with the same keys.
/// </summary>
/// <param name="message">Names the operation and what was answered; never a key, an address or a secret.</param>
/// <param name="cause">The last answer.</param>
public sealed class StorageFailedException(string message, Exception? cause = null) : IOException(message, cause);
