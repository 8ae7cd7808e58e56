using System.Text.Json;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Units;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Reports;

/// <summary>Lives of disputes as their flows save them, step by step; made by people who do anything, seeded.</summary>
internal static class Histories
{
    private const int Count = 60;

    private static readonly string[] Places = ["350322103203", "350322103202", "350322103", "350322104004"];
    private static readonly string[] Categories = ["neighbours", "labour"];

    private static readonly Lazy<IReadOnlyList<IReadOnlyList<SaveCase>>> Lives = new(() =>
        [.. Enumerable.Range(1, Count).Select(Live)]);

    /// <summary>Each: the saves of one case in their order.</summary>
    public static IReadOnlyList<IReadOnlyList<SaveCase>> All => Lives.Value;

    private static IReadOnlyList<SaveCase> Live(int seed)
    {
        var random = new Random(seed);
        var opened = LocalTime.Local("2025-08-01 09:00").AddHours(random.Next(90 * 24));
        var county = new InMemoryCounty(opened);
        var dispute = new Dispute(
            $"D2025-{seed:D5}",
            ReferenceCounty.Version,
            Places[random.Next(Places.Length)],
            Categories[random.Next(Categories.Length)],
            People: 2,
            Danger: false,
            [
                new Party("p1", PartyRole.Applicant, Consent.Yes, (ConsentToGoUp)random.Next(3)),
                new Party("p2", PartyRole.Respondent, Consent.Yes, (ConsentToGoUp)random.Next(3)),
            ],
            "350322103",
            "window",
            opened);
        county.Open(dispute);
        var now = opened;
        for (var acts = random.Next(8); acts > 0; acts--)
        {
            now = now.AddHours(1 + random.Next(20 * 24));
            county.Flows.RunUntil(now);
            var state = county.Record<Dispute>(dispute.Id).State;
            county.Tell(now, dispute, state.Handler, Act(random, now, state));
        }

        return [.. county.Saved.Where(save => save.Kind == DisputeEscalation.FlowName)];
    }

    private static DisputeFact Act(Random random, DateTimeOffset now, Dispute state) => random.Next(10) switch
    {
        <= 6 when state.Status == DisputeStatus.Offered => new DisputeFact.SignedFor(),
        <= 3 when state.Status == DisputeStatus.Mediating =>
            new DisputeFact.Settled(AgreementForm.Oral, ReferenceCounty.Calendar.LocalDate(now)),
        <= 6 => new DisputeFact.EscalationAsked(),
        7 => new DisputeFact.ConsentAnswered(random.Next(2) == 0 ? "p1" : "p2", ConsentToGoUp.Once),
        8 => new DisputeFact.Refused("p2"),
        _ => new DisputeFact.Withdrawn("p1"),
    };

    /// <summary>What a case counts for, told by its journal and its last state alone.</summary>
    public static Told Told(IReadOnlyList<SaveCase> saves)
    {
        var state = saves[^1].Record.GetProperty("state").Deserialize<Dispute>(Wire.Options)!;
        var journal = saves.SelectMany(save => save.Journal).ToList();
        var end = journal.SingleOrDefault(entry => entry.Line.What is "Settled" or "Refused" or "Withdrawn" or "Failed");
        return new Told(
            state.Id,
            Day(journal.Single(entry => entry.Line.What == "Registered").At),
            end is null ? null : Day(end.At),
            end?.Line.What,
            state.Level,
            journal.Any(entry => entry.Line.What == "Transferred"),
            journal.Any(entry => entry.Line.What is "NotSignedFor" or "TermOver" or "TotalOver"),
            state.Place,
            state.Category);
    }

    private static DateOnly Day(DateTimeOffset at) => ReferenceCounty.Calendar.LocalDate(at);
}

/// <summary>What a case counts for.</summary>
internal sealed record Told(
    string Id, DateOnly Opened, DateOnly? Ended, string? How, Level Level, bool WentUp, bool Missed, string Place, string Category);
