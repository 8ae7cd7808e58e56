using System.Text;
using Workflows.Orchestrations.Durable;
using Workflows.Testing;

namespace Workflows.Orchestrations.Tests.Durable;

/// <summary>Every story replays from its record, and is the same story when its history begins anew in the middle.</summary>
public sealed class StoriesTests
{
    /// <summary>More refused commands after each step than one generation records.</summary>
    private const int Noise = 210;

    public static TheoryData<string> Names => [.. Stories.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_story_replays_from_its_record(string story)
    {
        var county = Stories.All[story](0);

        county.Flows.ReplayAll();

        Assert.All(county.Flows.All, flow => Assert.Equal(1, flow.Generation));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_story_is_the_same_when_its_history_begins_anew(string story)
    {
        var plain = Stories.All[story](0);
        var noisy = Stories.All[story](Noise);
        var id = Stories.CaseOf(plain);
        var flow = noisy.Flows.All[0];

        Assert.True(flow.Generation > 1, $"{story} has {flow.Generation} generation.");
        Assert.True(flow.Ended);
        noisy.Flows.ReplayAll();

        // Nothing lost, nothing doubled: the same mails, the same journal, the same end.
        Assert.Equal(plain.Mails.Order(StringComparer.Ordinal), noisy.Mails.Order(StringComparer.Ordinal));
        Assert.Equal(plain.Journal(id).Select(Text), noisy.Journal(id).Select(Text));
        Assert.Null(Journal.FirstBroken(noisy.Journal(id)));
        Assert.Equal(State(plain, id), State(noisy, id));
        var versions = noisy.Saved.Where(save => save.Id == id).Select(save => save.Version).ToList();
        Assert.Equal(Enumerable.Range(1, versions.Count), versions);
        Assert.True(versions.Count >= plain.Saved.Count(save => save.Id == id) + Noise);
    }

    [Fact]
    public void A_case_with_five_hundred_sessions_keeps_every_one_of_them()
    {
        var county = Stories.FiveHundredSessions();
        var id = Stories.CaseOf(county);
        var journal = county.Journal(id);

        Assert.Equal(500, county.Record<Orchestrations.Disputes.Dispute>(id).State.Sessions);
        Assert.Equal(
            Enumerable.Range(1, 500).Select(number => $"Session {number} held on 2025-09-29."),
            journal.Where(entry => entry.Line.What == "SessionHeld").Select(entry => entry.Line.Text));
        Assert.Null(Journal.FirstBroken(journal));
        Assert.True(county.Flows.All[0].Generation > 2);
        county.Flows.ReplayAll();
    }

    [Fact]
    public void A_case_remembers_what_became_of_its_latest_commands()
    {
        var county = Stories.FiveHundredSessions();

        var handled = county.Record<Orchestrations.Disputes.Dispute>(Stories.CaseOf(county)).Handled;

        Assert.Equal(CaseRecord.HandledMax, handled.Count);
        Assert.Equal(new Handled("c501"), handled[^1]);
    }

    [Fact]
    public void From_every_saved_version_the_rest_of_the_story_is_the_same()
    {
        var whole = Stories.NobodyAnswersAndAllConsent();
        var id = Stories.CaseOf(whole);
        var saves = whole.Saved.Where(save => save.Id == id).ToList();

        foreach (var save in saves.SkipLast(1))
        {
            var county = new InMemoryCounty(save.Journal[^1].At);
            county.Resume(save);
            county.Flows.RunUntil(LocalTime.Local("2026-03-31 18:00"));

            Assert.Equal(saves.Skip(save.Version).Select(Text), county.Saved.Where(later => later.Id == id).Skip(1).Select(Text));
            // What the last step before the loss said is said again under the same ids, so a host says it once.
            Assert.Equal(
                saves.Skip(save.Version - 1).SelectMany(Notices).Order(StringComparer.Ordinal),
                county.Flows.All.Skip(1).Select(flow => flow.Id).Order(StringComparer.Ordinal));
        }
    }

    private static IEnumerable<string> Notices(SaveCase save) =>
        save.Record.GetProperty("pending").EnumerateArray().Select(start => start.GetProperty("id").GetString()!);

    private static string Text(SaveCase save) => Encoding.UTF8.GetString(Wire.Write(save));

    private static string Text(JournalEntry entry) => Encoding.UTF8.GetString(Wire.Write(entry));

    private static string State(InMemoryCounty county, string id) =>
        county.Saved.Last(save => save.Id == id).Record.GetProperty("state").GetRawText();
}
