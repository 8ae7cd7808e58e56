using System.Text.Json;
using Workflows.Orchestrations.Cases;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Supervision.Sheets;

namespace Workflows.Orchestrations.Rules;

/// <summary>What another version of the rules makes of one running case, without its state.</summary>
/// <param name="Rules">The version it lives under now.</param>
/// <param name="Moved">The dates that move.</param>
/// <param name="Keeps">Why it keeps its rules; null when it does not.</param>
public sealed record CaseChange(string Rules, IReadOnlyList<MovedDate> Moved, RulesObstacle? Keeps);

/// <summary>
/// A kind of case that lives under a version of the rules and can go over to another. Notices and digests keep theirs: they
/// are said within a day.
/// </summary>
/// <param name="Flow">The flow's name.</param>
/// <param name="Path">Where the API shows its cases.</param>
public abstract record ChangingKind(string Flow, string Path)
{
    public string FlowId(string caseId) => $"{Flow}-{caseId}";

    /// <summary>What a version of the rules makes of a case of this kind.</summary>
    /// <param name="record">The case as it was saved last.</param>
    /// <param name="shelf">Where the version is.</param>
    /// <param name="version">The version.</param>
    /// <param name="at">When it comes into force.</param>
    /// <param name="commandId">The command that tells the case, if it was sent.</param>
    /// <returns>Null when there is nothing to tell: it has ended, lives under the version, or has been told.</returns>
    public abstract CaseChange? Change(
        JsonElement record, IRuleShelf shelf, string version, DateTimeOffset at, string? commandId = null);

    /// <summary>The command that tells a case of this kind that it lives under a version from now on.</summary>
    public abstract object Command(string version, string by);
}

/// <summary>The typed half: how a case of this kind is counted anew.</summary>
/// <param name="Kind">Its process.</param>
/// <param name="Path">Where the API shows its cases.</param>
/// <param name="Recount">What another version makes of a case.</param>
/// <param name="Changed">The fact that says so.</param>
public sealed record ChangingKind<TState, TFact, TRules>(
    CaseKind<TState, TFact, TRules> Kind,
    string Path,
    Func<TState, TRules, DateTimeOffset, RulesRecount<TState>> Recount,
    Func<string, TFact> Changed) : ChangingKind(Kind.Name, Path)
    where TFact : class
    where TRules : class
{
    public override CaseChange? Change(
        JsonElement record, IRuleShelf shelf, string version, DateTimeOffset at, string? commandId = null)
    {
        var known = record.Deserialize<CaseRecord<TState>>(Wire.Options)!;
        var rules = Kind.RulesVersion(known.State);
        if (Kind.Ended(known.State) || rules == version || known.Handled.Any(handled => handled.CommandId == commandId))
        {
            return null;
        }

        var recount = Recount(known.State, shelf.Get<TRules>(version), at);
        return new CaseChange(rules, recount.Moved, recount.Keeps);
    }

    public override object Command(string version, string by) => new CaseCommand<TFact>(Changed(version), by, ChangingCases.Via);
}

/// <summary>Every kind of case that a change of rules may move.</summary>
public static class ChangingCases
{
    /// <summary>The channel that the command comes through.</summary>
    public const string Via = "rules";

    public static ChangingKind<Dispute, DisputeFact, DisputeRules> Disputes { get; } =
        new(new DisputeEscalation(), "/api/disputes", DisputeRecount.Of, version => new DisputeFact.RulesChanged(version));

    public static ChangingKind<Assignment, AssignmentFact, SupervisionRules> Assignments { get; } =
        new(new TaskSupervision(), "/api/assignments", AssignmentRecount.Of, version => new AssignmentFact.RulesChanged(version));

    public static ChangingKind<UnitMatters, UnitSheetsFact, SupervisionRules> Units { get; } =
        new(new UnitSheets(), "/api/sheets/units", SheetRecount.Of, version => new UnitSheetsFact.RulesChanged(version));

    public static ChangingKind<Sheet, SheetFact, SupervisionRules> Sheets { get; } =
        new(new SupervisionSheet(), "/api/sheets", SheetRecount.Of, version => new SheetFact.RulesChanged(version));

    public static IReadOnlyList<ChangingKind> All { get; } = [Disputes, Assignments, Units, Sheets];
}
