using Workflows.Activities.Flows;
using Workflows.Orchestrations.Durable;

namespace Workflows.Functions.Durable;

/// <summary>The one wait: look into the inbox, then sleep until a poke or the date, then look again.</summary>
public sealed partial class DurableFlow
{
    /// <summary>The only event there is; what it carries means nothing.</summary>
    public const string PokeEvent = "Poke";

    private readonly Queue<InboxCommand> unread = [];

    /// <summary>One wait is outstanding for the life of the generation and never cancelled: a cancelled one would swallow a poke.</summary>
    private Task<bool>? poke;
    private Task? timer;
    private DateTimeOffset timerDue;
    private Action? cancelTimer;
    private long after;
    private int step;
    private bool waits;

    /// <summary>The last command that the code has read.</summary>
    internal long After => after;

    public async Task<Received<TCommand>?> Next<TCommand>(DateTimeOffset? until = null)
        where TCommand : class
    {
        Enter();
        if (waits)
        {
            throw new InvalidOperationException("Only one wait may be open at a time.");
        }

        waits = true;
        try
        {
            while (true)
            {
                if (unread.TryDequeue(out var command))
                {
                    Recorded++;
                    var body = Wire.Read<TCommand>(Wire.Write(command.Body));
                    after = command.Number;
                    return new Received<TCommand>(command.Id, command.AcceptedAt, body);
                }

                // Before the look: a poke that comes after it is noticed, all earlier ones are answered by it at once.
                while (poke is null or { IsCompleted: true })
                {
                    poke = context.WaitForExternalEvent<bool>(PokeEvent);
                }

                // Also when the date has come: a command that was accepted before it is read before it.
                NoteFired();
                var reached = until <= Now;
                var look = await Ask<LookIntoInbox, InboxLook>(
                    new LookIntoInbox(Id, begin.Generation, ++step, after, until, reached, status));
                if (look.Superseded)
                {
                    throw new FlowSupersededException(Id, begin.Generation);
                }

                foreach (var found in look.Commands)
                {
                    unread.Enqueue(found);
                }

                if (unread.Count > 0)
                {
                    continue;
                }

                if (reached)
                {
                    Recorded++;
                    return null;
                }

                await Sleep(until);
            }
        }
        finally
        {
            waits = false;
        }
    }

    /// <summary>An orchestration does not end while a timer is open.</summary>
    internal void Disarm()
    {
        if (timer is { IsCompleted: false })
        {
            cancelTimer!();
        }

        cancelTimer = null;
        timer = null;
    }

    private async Task Sleep(DateTimeOffset? until)
    {
        if (until is not { } moment)
        {
            await poke!;
            return;
        }

        NoteFired();
        if (moment <= Now)
        {
            return;
        }

        // One timer: kept when a later date is wanted, for it wakes, finds nothing and is armed again; replaced by an earlier.
        if (timer is not null && timerDue > moment)
        {
            Disarm();
        }

        if (timer is null)
        {
            timerDue = moment;
            // Never disposed: an orchestration's objects are left behind wherever it waits.
            var source = new CancellationTokenSource();
            cancelTimer = source.Cancel;
            timer = context.CreateTimer(moment.UtcDateTime, source.Token);
            Recorded++;
        }

        await Task.WhenAny(poke!, timer);
        NoteFired();
    }

    private void NoteFired()
    {
        if (timer is { IsCompleted: true })
        {
            Recorded++;
            floor = timerDue > floor ? timerDue : floor;
            Disarm();
        }
    }
}

/// <summary>Another generation of the flow lives; this one must not act any more.</summary>
public sealed class FlowSupersededException(string id, int generation)
    : Exception(FormattableString.Invariant($"Generation {generation} of {id} was superseded."));
