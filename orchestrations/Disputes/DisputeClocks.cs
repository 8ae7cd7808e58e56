using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Disputes;

/// <summary>A clock of a dispute that runs now.</summary>
/// <param name="Name">Which, as the API calls it.</param>
/// <param name="Of">Tells several of one name apart; empty where there is one.</param>
/// <param name="Clock">The clock.</param>
/// <param name="Held">It neither reminds nor ends for now.</param>
/// <param name="IsAppointment">A day that was agreed on and is no term: a standstill does not move it.</param>
public sealed record RunningClock(string Name, string Of, Clock Clock, bool Held, bool IsAppointment = false);

/// <summary>One kind of clock: where it stands in the state, whom it reminds of what, and what its end means.</summary>
/// <param name="Name">As the API calls it.</param>
/// <param name="Find">Those that run, each with what tells it apart.</param>
/// <param name="Put">The dispute with the clock in its place.</param>
/// <param name="Policy">By which the rules count it; null when they know no such clock.</param>
/// <param name="Remind">Template, who is reminded, and the words for what.</param>
/// <param name="Over">Its end has come.</param>
internal sealed record DisputeClock(
    string Name,
    Func<Dispute, IEnumerable<(string Of, Clock Clock)>> Find,
    Func<Dispute, string, Clock, Dispute> Put,
    Func<Dispute, DisputeRules, string?> Policy,
    DisputeReminder Remind,
    Func<DisputeDraft, RunningClock, Step<Dispute, DisputeFact>> Over)
{
    /// <summary>When it waits for something else and so neither reminds nor ends. A suspension holds every clock.</summary>
    public Func<Dispute, bool> Held { get; init; } = _ => false;

    /// <inheritdoc cref="RunningClock.IsAppointment"/>
    public bool IsAppointment { get; init; }

    public IEnumerable<RunningClock> Of(Dispute dispute) => Find(dispute)
        .Select(found => new RunningClock(Name, found.Of, found.Clock, dispute.Suspension is not null || Held(dispute), IsAppointment));
}

/// <param name="Template">The notice.</param>
/// <param name="To">Who is reminded.</param>
/// <param name="What">Of what, English.</param>
/// <param name="WhatZh">The same in Chinese.</param>
internal sealed record DisputeReminder(
    string Template, Func<DisputeDraft, RunningClock, string> To, string What, string WhatZh);

/// <summary>Every clock a dispute can have, the gravest first. The loop over them is in <see cref="DisputeDates"/>.</summary>
public static class DisputeClocks
{
    internal static IReadOnlyList<DisputeClock> All { get; } =
    [
        new(
            "total",
            dispute => One(dispute.Total),
            (dispute, _, clock) => dispute with { Total = clock },
            (_, rules) => rules.Process.Total,
            new("dispute-total-reminder", Handler, "in all", "总期限"),
            DisputeDates.TotalOver),
        new(
            "consent",
            dispute => One(dispute.ConsentTerm),
            (dispute, _, clock) => dispute with { ConsentTerm = clock },
            (_, rules) => rules.Process.Consent,
            new("dispute-consent-reminder", (draft, _) => DisputeLevels.Asker(draft.State, draft.Rules), "consent", "征询同意期限"),
            (draft, _) => DisputeEnd.Fail(draft, "no-consent", "No consent to go up was on record in time.", "未在期限内取得当事人移送同意")),
        new(
            "return",
            dispute => One(dispute.Return?.Decide),
            (dispute, _, clock) => dispute with { Return = dispute.Return! with { Decide = clock } },
            (_, rules) => rules.Process.Return?.Decide,
            new("dispute-return-reminder", (draft, _) => draft.State.Return!.Superior, "the decision on the return", "退回决定期限"),
            DisputeReturn.Over),
        new(
            "extension",
            // The wishes of one level are told apart, or the second would be reminded of under the first one's key.
            dispute => dispute.Extension is { } wish ? [(DisputeExtension.Number(dispute), wish.Decide)] : [],
            (dispute, _, clock) => dispute with { Extension = dispute.Extension! with { Decide = clock } },
            (_, rules) => rules.Process.Extension,
            new("dispute-extension-reminder", (draft, _) => draft.State.Extension!.Approver, "the decision on more time", "延期审批期限"),
            DisputeExtension.Over),
        new(
            "level",
            dispute => One(dispute.Term),
            (dispute, _, clock) => dispute with { Term = clock },
            (dispute, rules) => rules.At(dispute.Level).Term,
            new("dispute-term-reminder", Handler, "the level's term", "本级调处期限"),
            DisputeDates.TermOver)
        {
            // A wish for more time that was asked in time is answered first.
            Held = dispute => dispute.Extension is not null,
        },
        new(
            "signFor",
            dispute => One(dispute.SignFor),
            (dispute, _, clock) => dispute with { SignFor = clock },
            (dispute, rules) => rules.At(dispute.Level).SignFor,
            new("dispute-sign-reminder", Handler, "signing for it", "签收期限"),
            DisputeDates.SignForOver)
        {
            Held = dispute => dispute.Return is not null,
        },
        new(
            "assist",
            DisputeAssist.Running,
            DisputeAssist.Put,
            (_, rules) => rules.Process.Assist,
            new("dispute-assist-reminder", (draft, running) => draft.State.Assists!.First(assist => assist.Id == running.Of).Unit, "assisting", "协助期限"),
            DisputeAssist.Over),
        new(
            "avoidance",
            MediatorAvoidance.Running,
            MediatorAvoidance.Put,
            (_, rules) => rules.Process.Mediators?.Decide,
            new("dispute-avoidance-reminder", (draft, running) => draft.State.Avoidances!.First(wish => wish.Id == running.Of).Decider!, "the decision on an avoidance", "回避决定期限"),
            MediatorAvoidance.Over),
        new(
            "session",
            DisputeSessions.Running,
            DisputeSessions.Put,
            (_, rules) => rules.Process.Sessions?.Policy,
            new("dispute-session-reminder", Handler, "the session", "调解"),
            DisputeSessions.Unrecorded)
        {
            IsAppointment = true,
        },
    ];

    /// <summary>What a clock is called in Chinese.</summary>
    /// <param name="name">As the API calls it.</param>
    public static string Zh(string name) => All.First(kind => kind.Name == name).Remind.WhatZh;

    /// <summary>The clocks that run now, the gravest first.</summary>
    public static IEnumerable<RunningClock> Of(Dispute dispute) => All.SelectMany(kind => kind.Of(dispute));

    internal static IEnumerable<(string Of, Clock Clock)> One(Clock? clock) => clock is null ? [] : [("", clock)];

    private static string Handler(DisputeDraft draft, RunningClock running) => draft.State.Handler;
}
