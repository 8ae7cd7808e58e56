using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Rules;

/// <summary>What becomes of the cases that run when the rules change.</summary>
public enum RunningCases
{
    /// <summary>They live on under the version they began under.</summary>
    Keep,

    /// <summary>They go over to the new version, and their dates are counted anew.</summary>
    Recompute,
}

/// <summary>A change of the county's rules, from its decision to the last case that was told.</summary>
/// <param name="Number">Of the activation, from 1, without gaps; one change at a time.</param>
/// <param name="Version">What becomes current.</param>
/// <param name="By">The unit whose administrator decided.</param>
/// <param name="Reason">Why; a sentence without personal data.</param>
/// <param name="Running">What becomes of running cases.</param>
/// <param name="DecidedAt">UTC.</param>
/// <param name="IsActive">The version is current; what is left is to tell the cases.</param>
/// <param name="Pass">Counts the passes through the running cases, from 1.</param>
/// <param name="Place">How far this pass has come; null at its beginning.</param>
/// <param name="ToldInPass">Cases told in this pass.</param>
/// <param name="Tally">What all passes have told so far.</param>
public sealed record ChangeRules(
    int Number,
    string Version,
    string By,
    string Reason,
    RunningCases Running,
    DateTimeOffset DecidedAt,
    bool IsActive = false,
    int Pass = 1,
    string? Place = null,
    int ToldInPass = 0,
    RulesTally? Tally = null);

/// <summary>How many cases a change has reached.</summary>
/// <param name="Told">Cases that were told.</param>
/// <param name="Moved">Of those, cases with a date that moves.</param>
/// <param name="Dates">The dates that move.</param>
/// <param name="Overdue">Dates that are over at once by it.</param>
/// <param name="Kept">Cases that keep their rules, because they meet something that is missing.</param>
/// <param name="KeptBecause">The same by code of the reason.</param>
/// <param name="Unreached">Cases that had ended, or whose flow was lost, when they were to be told.</param>
public sealed record RulesTally(
    int Told = 0,
    int Moved = 0,
    int Dates = 0,
    int Overdue = 0,
    int Kept = 0,
    IReadOnlyDictionary<string, int>? KeptBecause = null,
    int Unreached = 0)
{
    /// <summary>With one case more.</summary>
    public RulesTally With(FoundCase found, SendOutcome outcome)
    {
        if (outcome is SendOutcome.NotFound or SendOutcome.Ended)
        {
            return this with { Unreached = Unreached + 1 };
        }

        var told = this with
        {
            Told = Told + 1,
            Moved = Moved + (found.Moved > 0 ? 1 : 0),
            Dates = Dates + found.Moved,
            Overdue = Overdue + found.Overdue,
        };
        return found.Keeps is not { } why ? told : told with
        {
            Kept = Kept + 1,
            KeptBecause = new SortedDictionary<string, int>(
                (KeptBecause ?? new Dictionary<string, int>()).ToDictionary(), StringComparer.Ordinal)
            {
                [why] = (KeptBecause?.GetValueOrDefault(why) ?? 0) + 1,
            },
        };
    }
}

/// <summary>Makes a version current and writes it into the history of activations.</summary>
/// <param name="Number">Of the activation; taken by another one it is refused.</param>
/// <param name="Version">Which.</param>
/// <param name="By">Who decided.</param>
/// <param name="Reason">Why.</param>
/// <param name="Running">What becomes of running cases.</param>
/// <param name="At">When it was decided, UTC.</param>
public sealed record ActivateRules(
    int Number, string Version, string By, string Reason, RunningCases Running, DateTimeOffset At) : IActivity<RulesActivated>
{
    public string Key => FormattableString.Invariant($"rules/{Number}");
}

/// <summary>What became of it.</summary>
/// <param name="Done">The version is current.</param>
/// <param name="Refusal">Why not; null when it is.</param>
public sealed record RulesActivated(bool Done, string? Refusal = null);

/// <summary>Asks for a stretch of the running cases that are still to be told. It only reads.</summary>
/// <param name="Number">Of the activation.</param>
/// <param name="Version">The version they are to live under.</param>
/// <param name="At">Now, UTC.</param>
/// <param name="Pass">Which pass through them.</param>
/// <param name="After">Where the stretch before ended; null for the first.</param>
public sealed record FindCases(int Number, string Version, DateTimeOffset At, int Pass, string? After) : IActivity<CasesFound>
{
    public string Key => FormattableString.Invariant($"rules/{Number}/{Pass}/{After}");
}

/// <param name="Cases">Those to be told; fewer than were looked at.</param>
/// <param name="Next">Where to go on; null when all were looked at.</param>
public sealed record CasesFound(IReadOnlyList<FoundCase> Cases, string? Next);

/// <summary>A case that is to be told.</summary>
/// <param name="Flow">The flow's name, which says what kind of case it is.</param>
/// <param name="Case">Its id.</param>
/// <param name="Moved">How many of its dates move.</param>
/// <param name="Overdue">How many are over at once by it.</param>
/// <param name="Keeps">The code of the reason why it keeps its rules; null when it does not.</param>
public sealed record FoundCase(string Flow, string Case, int Moved, int Overdue, string? Keeps = null)
{
    public static FoundCase Of(string flow, string caseId, CaseChange change) =>
        new(flow, caseId, change.Moved.Count, change.Moved.Count(date => date.IsOverdue), change.Keeps?.Code);
}

/// <summary>How far a change has come, and at last its result.</summary>
/// <param name="Version">The version.</param>
/// <param name="Running">What becomes of running cases.</param>
/// <param name="IsActive">The version is current, or was when the change ended.</param>
/// <param name="Tally">How many cases it has reached.</param>
/// <param name="Refusal">Why it was not made current.</param>
public sealed record ChangeProgress(string Version, RunningCases Running, bool IsActive, RulesTally Tally, string? Refusal = null);
