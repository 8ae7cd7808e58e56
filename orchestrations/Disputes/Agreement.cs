using Workflows.Orchestrations.Calendar;

namespace Workflows.Orchestrations.Disputes;

public enum AgreementForm
{
    /// <summary>Takes effect on the day it is reached (人民调解法 30).</summary>
    Oral,

    /// <summary>Takes effect when all have signed and the committee has sealed it (人民调解法 29).</summary>
    Written,
}

/// <summary>An agreement.</summary>
/// <param name="Form">How it was made.</param>
/// <param name="On">The day it took effect; null while signatures are missing.</param>
/// <param name="Confirmation">
/// Until when both may jointly ask the court to confirm it (人民调解法 33); null while it has no effect, and when a court
/// would not take it.
/// </param>
/// <param name="Clauses">What was agreed, in order; null in cases whose rules follow nothing after the end.</param>
/// <param name="Signatures">Who signed when; null when a written agreement was recorded by its day of effect alone.</param>
/// <param name="Bar">The id of the reason why a court would not confirm it.</param>
/// <param name="AgreedOn">The day it was reached.</param>
/// <param name="Mediators">Who mediated it and signs it (人民调解法 29); null when nobody was named.</param>
/// <param name="FactsText">
/// The protected text of the main facts, what was contested and what each party is responsible for (29); null when nobody
/// wrote it down.
/// </param>
public sealed record Agreement(
    AgreementForm Form,
    DateOnly? On,
    Deadline? Confirmation,
    IReadOnlyList<Clause>? Clauses = null,
    IReadOnlyList<Signature>? Signatures = null,
    string? Bar = null,
    DateOnly? AgreedOn = null,
    IReadOnlyList<string>? Mediators = null,
    string? FactsText = null)
{
    /// <summary>Whose signature the agreement needs and does not have, in a stable order.</summary>
    public IReadOnlyList<string> MissingSignatures(IReadOnlyList<Party> parties) => Signatures is null
        ? []
        : [.. parties.Select(party => party.Id).Append(Signature.Mediator).Append(Signature.Seal)
            .Where(needed => !Signatures.Any(signature => signature.By == needed))];
}

/// <summary>A clause as it is kept.</summary>
/// <param name="Number">From 1.</param>
/// <param name="TextId">The protected text of what was agreed.</param>
/// <param name="Party">Who must perform it; null when it binds all.</param>
/// <param name="Amount">In yuan, more than 0, at most two decimals; null when it is not about money.</param>
/// <param name="Due">The day by which it must be performed, local; null when none was agreed.</param>
/// <param name="MannerText">The protected text of how it is performed (人民调解法 29); null when nothing was agreed.</param>
public sealed record Clause(
    int Number, string TextId, string? Party = null, decimal? Amount = null, DateOnly? Due = null, string? MannerText = null);

/// <summary>
/// A clause as it is said; its text is kept under the command's id, a dot and the clause's number. After the texts come the
/// manners of those that have one, numbered on.
/// </summary>
/// <param name="Party">Who must perform it; null when it binds all.</param>
/// <param name="Amount">In yuan.</param>
/// <param name="Due">The last day, local.</param>
/// <param name="HasManner">Whether a text says how it is performed.</param>
public sealed record ClauseTerms(string? Party = null, decimal? Amount = null, DateOnly? Due = null, bool? HasManner = null);

/// <param name="By">A party's id, <see cref="Mediator"/> or <see cref="Seal"/>.</param>
/// <param name="On">The day, local.</param>
public sealed record Signature(string By, DateOnly On)
{
    public const string Mediator = "mediator";

    /// <summary>The seal of the committee.</summary>
    public const string Seal = "seal";
}
