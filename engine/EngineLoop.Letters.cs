using Workflows.Orchestrations.Durable;

namespace Workflows.Engine;

/// <summary>What was tried too often: it is put aside, shown, and given back or dropped by an operator.</summary>
internal sealed partial class EngineLoop
{
    private const int TriesOfASuspect = 2;
    private const string DiedDuringIt = "The process died while it ran, each time.";

    public OperateOutcome RetryDeadLetter(long id, string reason) => Letter(id, "dead-letter-retry", reason, (entry, letter) =>
    {
        store.ClearTries(entry.Number);
        if (letter.IsCall)
        {
            GoOnWithout(entry);
        }
        else
        {
            Put(entry, letter.Content);
            entry.HasCommands = true;
            if (entry.WaitsFor is "command" or "command or date")
            {
                MarkReady(entry);
            }
        }
    });

    public OperateOutcome DropDeadLetter(long id, string reason) => Letter(id, "dead-letter-drop", reason, (entry, letter) =>
    {
        if (letter.IsCall)
        {
            Put(entry, new FlowEventRecord(
                EventKind.Failed, letter.Content.Number, letter.Tries, letter.Content.Name, letter.Content.Key, reason));
            GoOnWithout(entry);
        }
        else if (letter.Content.Payload > 0)
        {
            store.DeletePayload(entry.Number, letter.Content.Payload);
        }
    });

    private OperateOutcome Letter(long id, string kind, string reason, Action<FlowEntry, GivenUp> apply)
    {
        if (store.Dead(id) is not { } letter || Entry(letter.Flow) is not { } entry)
        {
            return OperateOutcome.NotFound;
        }

        if (entry.IsEnded && kind == "dead-letter-retry")
        {
            return OperateOutcome.Conflict;
        }

        store.DeleteDead(id);
        Act(entry, kind, $"{letter.Content.Name} {letter.Content.Key}: {reason}");
        apply(entry, letter);
        return OperateOutcome.Done;
    }

    /// <summary>The flow runs again unless another of its calls still lies there.</summary>
    private void GoOnWithout(FlowEntry entry)
    {
        if (entry.State == FlowState.Blocked && store.DeadCalls(entry.Number).Count == 0)
        {
            GoOn(entry);
        }
        else
        {
            DispatchLost(entry);
        }
    }

    /// <summary>Counts an unreadable command; true when that was the last try and the flow goes on without it.</summary>
    private bool GiveUp(FlowEntry entry, InboxItem unreadable, string incident)
    {
        entry.HasTries = true;
        var tries = store.AddTry(entry.Number, "command " + unreadable.Content.Key);
        if (tries < options.TriesMax)
        {
            return false;
        }

        foreach (var item in entry.Inbox)
        {
            item.IsTaken = false;
        }

        store.AddDead(entry, moment, tries, incident, unreadable.Content);
        entry.Inbox.Remove(unreadable);
        entry.Unstored.Remove(unreadable);
        if (unreadable.Place > 0)
        {
            store.DeleteInbox(entry.Number, unreadable.Place);
        }

        entry.Execution = null;
        Act(entry, "dead-letter", $"{unreadable.Content.Name} {unreadable.Content.Key}: {incident}");
        MarkReady(entry);
        return true;
    }

    /// <summary>
    /// Counts a call that was open when the process died; true when it is not run again. One that was open at two deaths
    /// is a suspect from then on: suspects run one after the other in the order of this look, so of them only the first
    /// that is still open can have been running, and the others are not counted for its sake.
    /// </summary>
    private bool GiveUp(CallJob job, ref bool isFirstSuspect)
    {
        var what = FormattableString.Invariant($"call {job.Number}");
        var tries = (int)store.Tries(job.Flow, what);
        if (tries >= TriesOfASuspect && !isFirstSuspect)
        {
            job.IsSuspect = true;
            return false;
        }

        isFirstSuspect &= tries < TriesOfASuspect;
        tries = store.AddTry(job.Flow, what);
        job.IsSuspect = tries >= TriesOfASuspect;
        if (tries < options.TriesMax || Entry(job.Flow) is not { } entry)
        {
            return false;
        }

        store.AddDead(entry, moment, tries, DiedDuringIt, job.Called);
        Act(entry, "dead-letter", $"{job.Name} {job.Key}: {DiedDuringIt}");
        Block(entry, $"Call {job.Name} {job.Key} lies in the dead letters. {DiedDuringIt}", null);
        return true;
    }
}
