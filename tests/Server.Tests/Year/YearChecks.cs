using System.Text.RegularExpressions;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Notices;
using Workflows.Orchestrations.Units;

namespace Workflows.Server.Tests.Year;

/// <summary>What must hold on every day of the year.</summary>
internal static partial class YearChecks
{
    /// <summary>The notices that each journal line causes, by their template.</summary>
    private static readonly (string What, string Template)[] Said =
    [
        ("Offered", "dispute-offered"),
        ("NotSignedFor", "dispute-sign-overdue"),
        ("TermOver", "dispute-term-overdue"),
        ("TotalOver", "dispute-total-over"),
        ("ConsentAsked", "dispute-consent-asked"),
        ("Transferred", "dispute-transferred"),
        ("Withdrawn", "dispute-withdrawn"),
    ];

    /// <summary>What must have happened at least once: a year in which it does not proves nothing about it.</summary>
    public static IReadOnlyList<string> Lively { get; } =
    [
        "Transferred", "NobodyThere", "TermOver", "TotalOver", "NotSignedFor", "Suspended", "Resumed", "Extended", "ExtensionRefused",
        "ReturnAccepted", "ReturnRefused", "DangerReported", "TookEffect", "Confirmed", "ConfirmationLapsed", "ClausePerformed",
        "ClauseNotPerformed", "FollowUpOverdue", "LeftOpen", "Rated", "MendTold", "ReviewAnswered", "Reopened", "Closed",
        "SessionPlanned", "SessionMoved", "SessionCancelled", "SessionsCancelled", "SessionHeld", "SessionUnrecorded",
        "MediatorsNamed", "MediatorAgreed", "AvoidanceAsked", "AvoidanceAccepted", "AvoidanceRefused", "AvoidanceOverdue", "ConflictDeclared",
        "Linked", "Unlinked", "MergeAsked", "Joined", "JoinRefused", "MergeRefused", "Merged", "SplitOff", "PeopleMoved",
    ];

    /// <summary>No deadline has passed in silence, and no open case is without a next date.</summary>
    public static void Day(YearOfDisputes year)
    {
        var now = year.Clock.GetUtcNow();
        foreach (var state in year.Cases.Values.Select(one => one.State).Where(state => !state.Ended))
        {
            Assert.True(state.Next > now, $"{state.Id} is {state.Status} and must be looked at at {state.Next:u}; it is {now:u}.");
            // The next date is later than now, so each clock that runs has said what was due; one with nothing more to say has ended.
            Assert.All(state.Clocks, clock => Assert.True(
                clock.NextOverdue is not null || clock.IsOverdue, $"{state.Id}: {clock.Deadline.Policy} has fallen silent before its date."));
        }
    }

    /// <summary>
    /// Each level only once, and never without every party's word for it. Another committee of the same level comes only by a
    /// return that was accepted before anybody mediated; a case taken up again begins on its level with every word asked anew.
    /// </summary>
    public static void Levels(YearCase one, IReadOnlyDictionary<string, YearCase> all) => Words(one, all);

    /// <summary>What each party has said of going up, at the end of the journal.</summary>
    private static Dictionary<string, ConsentToGoUp> Words(YearCase one, IReadOnlyDictionary<string, YearCase> all)
    {
        var consents = one.Registered.Parties.ToDictionary(party => party.Id, party => party.GoUp);
        Level? level = null;
        var transferred = false;
        var (given, again) = (false, false);
        foreach (var line in one.Journal.Select(entry => entry.Line))
        {
            switch (line.What)
            {
                case "ConsentAnswered":
                    var said = Answer().Match(line.Text);
                    consents[said.Groups[1].Value] = Enum.Parse<ConsentToGoUp>(said.Groups[2].Value);
                    break;
                case "Transferred":
                    Assert.True(consents.Values.All(word => word is ConsentToGoUp.Once or ConsentToGoUp.Blanket), $"{one.State.Id} went up without consent.");
                    transferred = true;
                    foreach (var party in consents.Keys.ToList())
                    {
                        consents[party] = Lasting(consents[party]);
                    }

                    break;
                case "ReturnAccepted":
                    given = true;
                    break;
                case "SplitOff":
                    foreach (var gone in SplitOff().Match(line.Text).Groups[1].Value.Split(", "))
                    {
                        consents.Remove(gone);
                    }

                    break;
                case "Joined":
                    // Whoever is new here has said there what counts, and nothing of the next level of this case.
                    var joined = Joined().Match(line.Text);
                    var words = Words(all[joined.Groups[1].Value], all);
                    foreach (var pair in joined.Groups[2].Value.Split(", ").Select(pair => pair.Split(" is ")))
                    {
                        consents.TryAdd(pair[1], Lasting(words[pair[0]]));
                    }

                    break;
                case "Reopened":
                    again = true;
                    consents = consents.ToDictionary(entry => entry.Key, _ => ConsentToGoUp.NotAsked);
                    break;
                case "Offered":
                    var to = Enum.Parse<Level>(OfferedAt().Match(line.Text).Groups[1].Value, ignoreCase: true);
                    Assert.True(
                        level is null || (to > level && transferred) || (to == level && given && !transferred) || (again && to >= level) || line.Text.Contains("to zbs ", StringComparison.Ordinal),
                        $"{one.State.Id} was offered at {to} level after {level}, {(transferred ? "" : "not ")}transferred.");
                    (level, transferred, given, again) = (to, false, false, false);
                    break;
                default:
                    break;
            }
        }

        return consents;
    }

    private static ConsentToGoUp Lasting(ConsentToGoUp word) => word == ConsentToGoUp.Once ? ConsentToGoUp.NotAsked : word;

    /// <summary>What a case has said is what its journal says, no more and no less, and nothing after its end.</summary>
    public static void Notices(YearCase one, IReadOnlyList<NoticeSummary> notices)
    {
        foreach (var (what, template) in Said)
        {
            Assert.True(
                one.Journal.Count(entry => entry.Line.What == what) == notices.Count(notice => notice.Template == template),
                $"{one.State.Id} has other notices {template} than journal lines {what}.");
        }

        Assert.True(
            one.Journal.Count(entry => entry.Line.What == "Reminded")
                == notices.Count(notice => notice.Template.StartsWith("dispute-", StringComparison.Ordinal) && notice.Template.EndsWith("-reminder", StringComparison.Ordinal)),
            $"{one.State.Id} has other reminders than its journal.");
        var moments = one.Journal.Select(entry => entry.At).ToHashSet();
        Assert.All(notices, notice => Assert.True(moments.Contains(notice.DecidedAt), $"{notice.Key} was said when nothing happened to {one.State.Id}."));
    }

    /// <summary>Every measure of a month is what the journals tell.</summary>
    public static async Task Month(YearOfDisputes year, DateOnly month)
    {
        DateOnly Local(DateTimeOffset at) => year.Rules.Current.Calendar.LocalDate(at);
        bool InMonth(DateOnly day) => day.Year == month.Year && day.Month == month.Month;

        var next = new DateOnly(month.Year, month.Month, 1).AddMonths(1);
        var opened = new List<string>();
        var open = new List<string>();
        var ends = new List<(YearCase Case, string How)>();
        foreach (var one in year.Cases.Values)
        {
            var registered = Local(one.Journal[0].At);
            var end = one.Journal.LastOrDefault(entry => entry.Line.What is "Settled" or "Refused" or "Withdrawn" or "Failed" or "Merged" or "Reopened");
            end = end?.Line.What == "Reopened" ? null : end;
            if (InMonth(registered))
            {
                opened.Add(one.State.Id);
            }

            if (registered < next && (end is null || Local(end.At) >= next))
            {
                open.Add(one.State.Id);
            }

            if (end is not null && InMonth(Local(end.At)))
            {
                ends.Add((one, end.Line.What));
            }
        }

        var measured = (await year.Measures.Of(month, cancellation: TestContext.Current.CancellationToken)).ToDictionary(one => one.Measure.Id);
        Same("opened", opened);
        Same("open", open);
        Same("ended", ends.Where(end => end.How != "Merged").Select(end => end.Case.State.Id));
        Same("merged", How("Merged"));
        Same("settled", How("Settled"));
        Same("refused", How("Refused"));
        Same("withdrawn", How("Withdrawn"));
        Same("failed", How("Failed"));
        Same("settled-village", ends.Where(end => end is { How: "Settled", Case.State.Level: Level.Village }).Select(end => end.Case.State.Id));
        Same("ended-after-going-up", ends.Where(end => WentUp(year, end.Case)).Select(end => end.Case.State.Id));
        Same("ended-after-missed-term", ends
            .Where(end => end.Case.Journal.Any(entry => entry.Line.What is "NotSignedFor" or "TermOver" or "TotalOver"))
            .Select(end => end.Case.State.Id));

        IEnumerable<string> How(string how) => ends.Where(end => end.How == how).Select(end => end.Case.State.Id);

        void Same(string id, IEnumerable<string> expected) => Assert.True(
            expected.Order(StringComparer.Ordinal).SequenceEqual(measured[id].Cases.Select(counted => counted.Id)),
            $"{month:yyyy-MM} {id} is {measured[id].Numerator}, the journals tell {expected.Count()}.");
    }

    /// <summary>The case has gone up, or the one that it was split off from had before.</summary>
    private static bool WentUp(YearOfDisputes year, YearCase one, string? splitOff = null) =>
        one.Journal
            .TakeWhile(entry => splitOff is null || entry.Line.What != "SplitOff" || !entry.Line.Text.Contains($" go on in {splitOff}", StringComparison.Ordinal))
            .Any(entry => entry.Line.What == "Transferred")
        || (one.State.SplitFrom is { } origin && WentUp(year, year.Cases[origin.Case], one.State.Id));

    [GeneratedRegex("^([a-z0-9]+) on going up: ([A-Za-z]+)")]
    private static partial Regex Answer();

    [GeneratedRegex("^(.+) go on in ")]
    private static partial Regex SplitOff();

    [GeneratedRegex("^(.+) is taken in: (.+); in all by")]
    private static partial Regex Joined();

    [GeneratedRegex(" at (village|township|county) level;")]
    private static partial Regex OfferedAt();
}
