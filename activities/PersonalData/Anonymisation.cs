using Workflows.Activities.Attachments;
using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.PersonalData;

/// <summary>
/// Makes a closed case anonymous: its people cannot be found, their codes open nothing, names, texts and files are
/// gone. State, history and journal stay, since they hold ids only. What was done stands in the access journal.
/// </summary>
public sealed class Anonymisation(PersonalDataTable personal, CaseFiles files, AccessJournal accesses)
{
    private const string Erased = nameof(Erased);

    /// <summary>Whether nothing is left to be done, so that a sweep need not look closer.</summary>
    public async Task<bool> IsDone(string caseId, CancellationToken cancellation = default) =>
        await accesses.Last(caseId, cancellation) == Erased;

    /// <summary>
    /// Erases; may be repeated, and goes on where an attempt that died stopped. The entry comes last, so that it never
    /// says what has not happened.
    /// </summary>
    /// <param name="caseId">Which case.</param>
    /// <param name="occasion">When and at whose word.</param>
    /// <param name="reason">English, without personal data.</param>
    /// <param name="reasonZh">The same in Chinese.</param>
    /// <param name="cancellation">Stops; begin again later.</param>
    public async Task Run(string caseId, Occasion occasion, string reason, string reasonZh, CancellationToken cancellation = default)
    {
        await files.Erase(caseId, cancellation);
        await personal.Erase(caseId, cancellation);
        if (!await IsDone(caseId, cancellation))
        {
            await accesses.Add(caseId, occasion, new JournalLine(Erased, $"Erased: {reason}", $"已匿名化：{reasonZh}"), cancellation);
        }
    }
}
