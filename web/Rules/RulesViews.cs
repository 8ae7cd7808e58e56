using Workflows.Activities.Rules;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Cases;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Rules;

namespace Workflows.Web.Rules;

/// <param name="By">The unit whose administrator acts.</param>
/// <param name="Reason">Why, at most 1,500 characters, without personal data.</param>
/// <param name="Base">The version whose files stand where none is given; without it the set must be whole.</param>
/// <param name="Files">By name, the whole text of each file; null leaves a file of the base out.</param>
public sealed record AddRules(
    string? By = null, string? Reason = null, string? Base = null, IReadOnlyDictionary<string, string?>? Files = null);

/// <param name="By">The unit whose administrator decides.</param>
/// <param name="Reason">Why, at most 1,500 characters, without personal data.</param>
/// <param name="Running">What becomes of running cases: keep or recompute.</param>
/// <param name="Confirm">The stamp of the preview that is confirmed; only with recompute.</param>
public sealed record ActivateVersion(
    string? By = null, string? Reason = null, string? Running = null, string? Confirm = null);

/// <summary>The county's rules: what is current, what else is there, and how it came.</summary>
/// <param name="Current">The version that new cases live under.</param>
/// <param name="Versions">Every version, the latest first.</param>
/// <param name="Activations">What was made current when, the latest first.</param>
public sealed record RulesView(string Current, IReadOnlyList<RuleVersion> Versions, IReadOnlyList<ActivationView> Activations);

/// <summary>A version became current.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Version">Which.</param>
/// <param name="At">When it was decided, UTC.</param>
/// <param name="By">The unit that decided, or <c>files</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="Running">What becomes of running cases.</param>
/// <param name="From">By the seeds folder or over HTTP.</param>
/// <param name="Change">The flow that carries it out; null when the folder did, or when its history is no longer kept.</param>
public sealed record ActivationView(
    int Number,
    string Version,
    DateTimeOffset At,
    string By,
    string Reason,
    RunningCases Running,
    RuleSource From,
    ChangeView? Change);

/// <summary>How far a change has come.</summary>
/// <param name="Flow">The flow's id.</param>
/// <param name="State">Where the flow stands.</param>
/// <param name="Tally">How many cases it has reached.</param>
public sealed record ChangeView(string Flow, FlowState State, RulesTally? Tally);

/// <summary>One version with its files.</summary>
/// <param name="Version">The address of its content.</param>
/// <param name="AddedAt">UTC.</param>
/// <param name="By">The unit that added it, or <c>files</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="From">By the seeds folder or over HTTP.</param>
/// <param name="IsCurrent">New cases live under it.</param>
/// <param name="Files">Its files, by name.</param>
public sealed record VersionView(
    string Version,
    DateTimeOffset AddedAt,
    string By,
    string Reason,
    RuleSource From,
    bool IsCurrent,
    IReadOnlyList<RuleFileView> Files);

/// <param name="Name">Such as policies.json or calendar/2026.json.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Hexadecimal.</param>
public sealed record RuleFileView(string Name, int Bytes, string Sha256);

/// <summary>A page of what a version would move, in no order that means anything.</summary>
/// <param name="Version">The version.</param>
/// <param name="Totals">Of all running cases; on the first page only.</param>
/// <param name="Items">Cases with a date that moves, or that would keep their rules.</param>
/// <param name="Next">Give it as <c>after</c> for the next page; null on the last.</param>
public sealed record PreviewView(string Version, PreviewTotals? Totals, IReadOnlyList<PreviewItem> Items, string? Next);

/// <summary>A running case that would be changed.</summary>
/// <param name="Case">Its id.</param>
/// <param name="Look">Where the API shows it.</param>
/// <param name="Rules">The version it lives under now.</param>
/// <param name="Dates">The dates that move.</param>
/// <param name="Keeps">Why it would keep its rules; null when it would not.</param>
public sealed record PreviewItem(string Case, string Look, string Rules, IReadOnlyList<PreviewDate> Dates, KeepsView? Keeps)
{
    public static PreviewItem Of(ChangedCase item) => new(
        item.Case,
        $"{item.Kind.Path}/{item.Case}",
        item.Change.Rules,
        [.. item.Change.Moved.Select(PreviewDate.Shown)],
        item.Change.Keeps is { } keeps ? new KeepsView(keeps.Code, keeps.Reason) : null);
}

/// <param name="Code">Stable, kebab-case.</param>
/// <param name="Reason">A sentence.</param>
public sealed record KeepsView(string Code, string Reason);

/// <summary>A date that would move; from and to the same when it only becomes firm.</summary>
/// <param name="Clock">Which clock.</param>
/// <param name="Of">Tells several of one name apart; absent where there is one.</param>
/// <param name="From">The last day as it stands, local.</param>
/// <param name="To">The last day as it would stand, local.</param>
/// <param name="Overdue">It would be over at once.</param>
/// <param name="Provisional">It would rest on a year without a calendar.</param>
/// <param name="Why">The steps that lead to the new date.</param>
public sealed record PreviewDate(
    string Clock, string? Of, DateOnly From, DateOnly To, bool Overdue, bool Provisional, IReadOnlyList<WhyStep> Why)
{
    public static PreviewDate Shown(MovedDate date) => new(
        date.Clock,
        date.Of.Length > 0 ? date.Of : null,
        date.From.Date,
        date.To.Date,
        date.IsOverdue,
        Deadlines.IsProvisional(date.To),
        date.To.Why);
}
