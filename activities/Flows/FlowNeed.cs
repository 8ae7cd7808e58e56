using Workflows.Orchestrations.Durable;

namespace Workflows.Activities.Flows;

/// <summary>What a flow needs so that nothing accepted is forgotten.</summary>
public enum FlowNeed
{
    /// <summary>It stands where it should.</summary>
    Nothing,

    /// <summary>The platform does not have its generation: start it.</summary>
    Start,

    /// <summary>The platform has its generation: write that down.</summary>
    MarkScheduled,

    /// <summary>Commands or a passed date wait for it: wake it.</summary>
    Poke,

    /// <summary>The platform lost it: begin anew from its projection or its last generation.</summary>
    Recover,

    /// <summary>An older generation lives on: end it, so that the newer can start.</summary>
    Terminate,

    /// <summary>The platform stopped it by an error: it is blocked.</summary>
    MarkBlocked,

    /// <summary>Somebody ended it on the platform.</summary>
    MarkTerminated,

    /// <summary>Somebody suspended it on the platform.</summary>
    MarkSuspended,

    /// <summary>Somebody resumed it on the platform.</summary>
    MarkRunning,
}

/// <summary>Decides what a flow needs; pure, so it can be asked without a platform.</summary>
public static class FlowNeeds
{
    /// <summary>A command or a start that is younger may still be on its way.</summary>
    public static readonly TimeSpan Underway = TimeSpan.FromSeconds(5);

    /// <summary>A date is late only after this; timers are polled for.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromSeconds(30);

    /// <summary>A platform that does not know a flow for so long after its beginning has lost it.</summary>
    public static readonly TimeSpan Lost = TimeSpan.FromMinutes(2);

    /// <param name="row">The flow as registered.</param>
    /// <param name="last">The number of the last command that was accepted.</param>
    /// <param name="platform">Where the platform has it; null when it knows none.</param>
    /// <param name="now">UTC.</param>
    public static FlowNeed Of(FlowRow row, long last, PlatformState? platform, DateTimeOffset now)
    {
        if (row.IsEnded || now - row.BegunAt < Underway)
        {
            return FlowNeed.Nothing;
        }

        var isLiving = platform is PlatformState.Pending or PlatformState.Running or PlatformState.Suspended;
        if (!row.Scheduled)
        {
            return !isLiving ? FlowNeed.Start
                : row.Generation == 1 ? FlowNeed.MarkScheduled
                // What lives may be the new generation, which says so when it looks into its inbox, or the one before.
                : now - row.BegunAt < Lost ? FlowNeed.Poke
                : FlowNeed.Terminate;
        }

        var isOld = now - row.BegunAt >= Lost;
        return platform switch
        {
            null => isOld ? FlowNeed.Recover : FlowNeed.Nothing,
            PlatformState.Completed => isOld && now - row.UpdatedAt >= Lost ? FlowNeed.Recover : FlowNeed.Nothing,
            PlatformState.Failed => row.State == FlowState.Blocked ? FlowNeed.Nothing : FlowNeed.MarkBlocked,
            PlatformState.Terminated => FlowNeed.MarkTerminated,
            PlatformState.Suspended => row.State == FlowState.Running ? FlowNeed.MarkSuspended : FlowNeed.Nothing,
            PlatformState.Pending or PlatformState.Running => OfLiving(row, last, now),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static FlowNeed OfLiving(FlowRow row, long last, DateTimeOffset now) =>
        row.State == FlowState.Suspended ? FlowNeed.MarkRunning
        : row.StartAt > now ? FlowNeed.Nothing
        : last > row.Read || row.Due < now - Late ? FlowNeed.Poke
        : FlowNeed.Nothing;
}
