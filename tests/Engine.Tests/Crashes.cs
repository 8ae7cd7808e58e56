using Workflows.Orchestrations.Durable;
using static Workflows.Engine.Tests.Sandbox;

namespace Workflows.Engine.Tests;

public sealed class Crashes
{
    private static readonly FlowDefinition Child = FlowDefinition.Of<Order, string>("Child", async (flow, order) =>
    {
        var note = await flow.Next<Note>(flow.Now.AddHours(5));
        return await flow.Call(new Greet($"{order.Name}-{note?.Body.Text}"));
    });

    private static readonly Retry Thrice =
        new(3, TimeSpan.FromMinutes(10), 2, TimeSpan.FromHours(1), TimeSpan.FromDays(9));

    private static readonly FlowDefinition Parent = FlowDefinition.Of<Story, string>("Parent", async (flow, story) =>
    {
        if (story.Words.Count == 0)
        {
            await flow.Start("Child", "child-1", new Order("one"));
            await flow.Start("Child", "child-2", new Order("two"));
            await flow.Send("child-1", "from-parent", new Note("hi"));
            await Task.WhenAll(flow.Call(new Greet("a")), flow.Call(new Greet("b")), flow.Call(new Greet("c")));
        }

        while (await flow.Next<Note>(story.Until) is { } note)
        {
            story = story with { Words = [.. story.Words, note.Body.Text] };
            flow.Status(story.Words);
            if (note.Body.Text == "again")
            {
                flow.Restart(story);
                return "";
            }

            await flow.Call(new Greet($"heard {note.Body.Text}"), Thrice);
        }

        try
        {
            await flow.Call(new Greet("fails"), Thrice);
        }
        catch (ActivityFailedException failed)
        {
            return $"{string.Join(' ', story.Words)} failed {failed.Attempts}";
        }

        return "";
    });

    private sealed record Story(DateTimeOffset Until, List<string> Words);

    /// <summary>Every step may be repeated, as a caller does who got no answer.</summary>
    private static readonly Func<Sandbox, Task>[] Steps =
    [
        box => box.Engine.Start("Parent", "parent", new Story(Monday.AddDays(1), []), cancellation: Cancelled),
        box => box.Engine.Send("parent", "1", new Note("x"), Cancelled),
        box => box.Engine.Send("parent", "2", new Note("again"), Cancelled),
        box => box.Engine.Send("parent", "3", new Note("y"), Cancelled),
        box => box.Idle(),
        box => box.Engine.Suspend("parent", "a pause", Cancelled),
        box => box.Engine.Send("parent", "4", new Note("z"), Cancelled),
        box => box.Until(Monday.AddHours(3)),
        box => box.Engine.Resume("parent", "go on", Cancelled),
        box => box.Engine.Start("Child", "extra", new Order("extra"), cancellation: Cancelled),
        box => box.Engine.Start("Child", "doomed", new Order("doomed"), cancellation: Cancelled),
        box => box.Engine.Terminate("doomed", "enough", cancellation: Cancelled),
        box => box.Until(Monday.AddHours(12)),
        box => box.Engine.Purge("extra", Cancelled),
        box => box.Until(Monday.AddDays(3)),
    ];

    [Fact]
    public async Task A_crash_before_or_after_any_commit_changes_nothing_that_anybody_can_see()
    {
        var (undisturbed, commits) = await Run(null, int.MaxValue);
        Assert.Contains("parent Completed x again y z failed 3", undisturbed, StringComparison.Ordinal);
        Assert.InRange(commits, 20, 200);

        foreach (var point in new[] { CommitPoint.Before, CommitPoint.After })
        {
            for (var number = 1; number <= commits; number++)
            {
                var (seen, _) = await Run(new Fault(point, number, () => new CrashException()), int.MaxValue);
                Assert.Equal($"{point} {number}\n{undisturbed}", $"{point} {number}\n{seen}");
            }
        }
    }

    [Fact]
    public async Task A_commit_that_fails_leaves_memory_where_the_file_is()
    {
        var (undisturbed, commits) = await Run(null, int.MaxValue);
        for (var number = 1; number <= commits; number++)
        {
            var (seen, _) = await Run(
                new Fault(CommitPoint.Before, number, () => new IOException("No space left.")), int.MaxValue);
            Assert.Equal($"{number}\n{undisturbed}", $"{number}\n{seen}");
        }
    }

    [Fact]
    public async Task Flows_that_do_not_stay_in_memory_do_the_same()
    {
        var (undisturbed, _) = await Run(null, int.MaxValue);
        foreach (var residents in new[] { 0, 1, 2 })
        {
            var (seen, _) = await Run(null, residents);
            Assert.Equal(undisturbed, seen);
        }
    }

    [Fact]
    public async Task Commits_of_one_step_each_do_the_same()
    {
        var (undisturbed, _) = await Run(null, int.MaxValue);
        var (seen, commits) = await Run(null, 1, episodesPerCommit: 1);
        Assert.Equal(undisturbed, seen);

        for (var number = 1; number <= commits; number++)
        {
            (seen, _) = await Run(new Fault(CommitPoint.After, number, () => new CrashException()), 1, 1);
            Assert.Equal($"{number}\n{undisturbed}", $"{number}\n{seen}");
        }
    }

    private sealed record Fault(CommitPoint Point, long Number, Func<Exception> Throw);

    /// <summary>Lives through the story with one fault; gives what can be seen in the end, and the number of commits.</summary>
    private static async Task<(string Seen, long Commits)> Run(Fault? fault, int residents, int episodesPerCommit = 4_000)
    {
        await using var box = new Sandbox();
        box.Probe.Answers["greet/fails"] = (_, _) => throw new IOException("down");
        var broke = false;
        long commits = 0;
        var options = new EngineOptions("", ResidentFlowsMax: residents, EpisodesPerCommitMax: episodesPerCommit);
        box.Options = options with
        {
            AtCommit = (point, number) =>
            {
                commits = number;
                if (!broke && fault is not null && fault.Point == point && fault.Number == number)
                {
                    broke = true;
                    throw fault.Throw();
                }
            },
        };
        await box.Open(Child, Parent);
        foreach (var step in Steps)
        {
            while (true)
            {
                try
                {
                    await step(box);
                    break;
                }
                catch (IOException)
                {
                    // Nothing was promised: the caller asks again.
                }
                catch (Exception stopped) when (stopped is CrashException or ObjectDisposedException)
                {
                    await box.Open(Child, Parent);
                }
            }
        }

        // Batches may fall a little differently, so the very last ones are not always there.
        Assert.True(broke || fault is null || fault.Number > 10);
        var flows = (await box.Engine.List(new FlowFilter(), 200, null, Cancelled)).Flows;
        var keys = box.Probe.Runs.Distinct().Order(StringComparer.Ordinal);
        return (
            string.Join('\n', flows.OrderBy(flow => flow.Id, StringComparer.Ordinal).Select(
                flow => $"{flow.Id} {flow.State} {flow.Result} {flow.Status} {flow.Incident}").Concat(keys)),
            commits);
    }
}
