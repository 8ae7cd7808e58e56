using Workflows.Orchestrations.Durable;

namespace Workflows.Orchestrations.Rules;

/// <summary>
/// One flow per change of the county's rules: makes the version current, then tells every running case, stretch by stretch.
/// A case is told by a command whose id is the change's, so however often a stretch is looked at it is told once.
/// </summary>
public static class RulesChange
{
    public const string FlowName = nameof(RulesChange);

    /// <summary>Cases that one activity looks at, and that are told before the flow begins a fresh history.</summary>
    public const int AtOnce = 50;

    /// <summary>Passes that find somebody to tell before it is enough: new cases live under the new version.</summary>
    public const int PassesMax = 10;

    /// <summary>
    /// Another process notices a new version within seconds; a case that it registers until then lives under the older one
    /// and is told by the pass after this time.
    /// </summary>
    public static TimeSpan LookAgainAfter { get; } = TimeSpan.FromMinutes(1);

    /// <summary>A store that is down for hours must not end a change half way: days of tries, and then it is blocked.</summary>
    private static readonly Retry Patient = Retry.Standard with { AttemptsMax = 1_000 };

    public static FlowDefinition Flow { get; } = FlowDefinition.Of<ChangeRules, ChangeProgress>(FlowName, Run);

    public static string FlowId(int number) => FormattableString.Invariant($"{FlowName}-{number}");

    /// <summary>The id of the command that tells a case.</summary>
    public static string CommandId(int number) => FormattableString.Invariant($"rules-{number}");

    private static async Task<ChangeProgress> Run(IFlow flow, ChangeRules change)
    {
        if (!change.IsActive)
        {
            var activated = await flow.Call(
                new ActivateRules(change.Number, change.Version, change.By, change.Reason, change.Running, change.DecidedAt), Patient);
            if (!activated.Done)
            {
                return Say(flow, Progress(change) with { Refusal = activated.Refusal });
            }

            change = change with { IsActive = true };
        }

        Say(flow, Progress(change));
        if (change.Running == RunningCases.Keep)
        {
            return Progress(change);
        }

        var found = await flow.Call(new FindCases(change.Number, change.Version, flow.Now, change.Pass, change.Place), Patient);
        foreach (var item in found.Cases)
        {
            var kind = ChangingCases.All.First(kind => kind.Flow == item.Flow);
            var outcome = await flow.Send(kind.FlowId(item.Case), CommandId(change.Number), kind.Command(change.Version, change.By));
            // Told before and not answered yet: its flow is suspended or blocked, and reads it when it goes on.
            if (outcome != SendOutcome.Repeated || change.Pass == 1)
            {
                change = change with { Tally = (change.Tally ?? new()).With(item, outcome), ToldInPass = change.ToldInPass + 1 };
            }
        }

        Say(flow, Progress(change));
        if (found.Next is not null)
        {
            flow.Restart(change with { Place = found.Next });
            return Progress(change);
        }

        if ((change.Pass > 1 && change.ToldInPass == 0) || change.Pass == PassesMax)
        {
            flow.Log("Rules {Version} are told to {Told} cases, {Moved} with dates that move", change.Version, Progress(change).Tally.Told, Progress(change).Tally.Moved);
            return Progress(change);
        }

        await Pause(flow, flow.Now + LookAgainAfter);
        flow.Restart(change with { Pass = change.Pass + 1, Place = null, ToldInPass = 0 });
        return Progress(change);
    }

    /// <summary>Nobody has anything to say to a change; what comes all the same is read and passed over.</summary>
    private static async Task Pause(IFlow flow, DateTimeOffset until)
    {
        while (await flow.Next<object>(until) is not null)
        {
        }
    }

    private static ChangeProgress Say(IFlow flow, ChangeProgress progress)
    {
        flow.Status(progress);
        return progress;
    }

    private static ChangeProgress Progress(ChangeRules change) =>
        new(change.Version, change.Running, change.IsActive, change.Tally ?? new());
}
