using Workflows.Activities.Attachments;

namespace Workflows.Web.Cases;

/// <summary>Knows the files of one kind of case.</summary>
public interface IFileOwner
{
    /// <summary>The ids of the files that a case knows; null when there is no such case of this kind.</summary>
    Task<IReadOnlySet<string>?> Known(string id, CancellationToken cancellation);
}

/// <summary>Removes files that no case of any kind knows and that are older than a day.</summary>
public sealed class FileSweep(CaseFiles files, IEnumerable<IFileOwner> owners, TimeProvider time)
{
    public Task<int> Run(CancellationToken cancellation) => files.Sweep(
        time.GetUtcNow().AddDays(-1),
        async id =>
        {
            foreach (var owner in owners)
            {
                if (await owner.Known(id, cancellation) is { } known)
                {
                    return known;
                }
            }

            return new HashSet<string>();
        },
        cancellation);
}
