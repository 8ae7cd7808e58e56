using Microsoft.DurableTask.Client;

namespace Workflows.Functions.Durable;

/// <summary>
/// The platform gives its client as a parameter of functions only. There is one task hub, so whichever function got it
/// last shares it with everything in the process.
/// </summary>
public sealed class CurrentClient
{
    private volatile DurableTaskClient? client;

    /// <exception cref="InvalidOperationException">No function that is given a client has run yet.</exception>
    public DurableTaskClient Client =>
        client ?? throw new InvalidOperationException("The platform has not given its client yet; try again.");

    public void Use(DurableTaskClient given) => client = given;
}
