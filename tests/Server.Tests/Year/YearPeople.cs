using System.Globalization;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Disputes;

namespace Workflows.Server.Tests.Year;

/// <summary>
/// What people do: register, sign or give back, meet, stand still, ask for more time, settle, refuse, withdraw,
/// answer or ignore. Seeded.
/// </summary>
internal sealed class YearPeople(Random random, RuleSet rules)
{
    private const int RecentMax = 30;

    private readonly YearAfterTheEnd after = new(random);
    private readonly YearAppointments appointments = new(random, rules);
    private readonly Queue<string> recent = new();
    private int registered;

    /// <summary>The id of the next case.</summary>
    public string NewId() => string.Create(CultureInfo.InvariantCulture, $"Y{++registered:D6}");

    public YearCase Registers(DateTimeOffset at)
    {
        var units = rules.Units;
        // What goes on at one place now and then has to do with each other.
        var place = recent.Count > 0 && Chance(25) ? Any(recent.ToList()) : Chance(85) ? Any(units.Villages).Id : Any(units.Townships).Id;
        recent.Enqueue(place);
        if (recent.Count > RecentMax)
        {
            recent.Dequeue();
        }

        var applicant = new Party("p1", PartyRole.Applicant, Mediation(), GoesUp());
        var respondent = new Party("p2", PartyRole.Respondent, Mediation(), GoesUp());
        var third = new Party("p3", PartyRole.Respondent, Mediation(), GoesUp());
        Party[] parties = Chance(70) ? [applicant, respondent] : [applicant, respondent, third];
        return new YearCase(new Dispute(
            NewId(),
            rules.Version,
            place,
            Any(rules.Disputes.Process.Categories).Id,
            Chance(90) ? parties.Length : 5 + random.Next(10),
            Danger: Chance(3),
            parties,
            place,
            "window",
            at))
        {
            IsDead = Chance(8),
            IsMute = Chance(15),
        };
    }

    /// <summary>What is done about a case in half a day; null for nothing.</summary>
    public (string By, DisputeFact Fact)? Act(YearCase one, DateTimeOffset at)
    {
        var state = one.State;
        var today = rules.Calendar.LocalDate(at);
        var done = Now(one, state, today);
        if (Chance(1))
        {
            // Now and then somebody says what does not fit; it is refused, or ends the case.
            done = (state.Handler, random.Next(7) switch
            {
                0 => new DisputeFact.Withdrawn(Any(state.Parties).Id),
                1 => new DisputeFact.Refused(Any(state.Parties).Id),
                2 => new DisputeFact.ConsentAnswered(Any(state.Parties).Id, ConsentToGoUp.Once),
                3 => new DisputeFact.EscalationAsked(),
                4 => new DisputeFact.SessionHeld(today.AddDays(1)),
                5 => new DisputeFact.Rated(Any(state.Parties).Id, 1 + random.Next(5)),
                _ => new DisputeFact.DangerReported(["violence"]),
            });
        }

        return done is not { } said || Chance(97) ? done : (Any(rules.Units.Townships).Id, said.Fact);
    }

    private (string By, DisputeFact Fact)? Now(YearCase one, Dispute state, DateOnly today) => state switch
    {
        { Aftercare: { } aftercare } => after.Act(state, aftercare, today),
        { Suspension: not null } => Chance(5) ? (state.Handler, new DisputeFact.Resumed()) : null,
        { Return: { } wish } => Chance(40) ? (wish.Superior, Returned(state)) : null,
        { Extension: { } wish } => Chance(40) ? (wish.Approver, new DisputeFact.ExtensionDecided(Chance(75))) : null,
        { Status: DisputeStatus.Offered } when !one.IsDead => Chance(45) ? (state.Handler, new DisputeFact.SignedFor())
            : Chance(4) ? (state.Handler, new DisputeFact.ReturnAsked())
            : null,
        { Status: DisputeStatus.Mediating } => appointments.Act(state, today)
            ?? (Mediates(state, today) is { } fact ? (state.Handler, fact) : null),
        { Status: DisputeStatus.AwaitingConsent } when !one.IsMute => Chance(30) ? (state.Handler, Answers(state)) : null,
        _ => null,
    };

    /// <summary>The superior names another committee of the township, the next level, or itself; or it says no.</summary>
    private DisputeFact.ReturnDecided Returned(Dispute state)
    {
        var siblings = rules.Units.Villages.Where(unit => unit.Superior == rules.Units.SuperiorOf(state.Handler)?.Id && unit.Id != state.Handler).ToList();
        return new DisputeFact.ReturnDecided(Chance(70), siblings.Count > 0 && Chance(60) ? Any(siblings).Id : null);
    }

    private DisputeFact? Mediates(Dispute state, DateOnly today)
    {
        if (state.Parties.FirstOrDefault(party => party.Consent == Consent.NotAsked) is { } unasked)
        {
            return Chance(40) ? new DisputeFact.MediationConsent(unasked.Id, Chance(92) ? Consent.Yes : Consent.No, RecordMeans.Oral) : null;
        }

        return random.Next(100) switch
        {
            < 8 => new DisputeFact.SessionHeld(today),
            < 12 => after.Agrees(state, today),
            < 13 => new DisputeFact.Refused("p2"),
            < 14 => new DisputeFact.Withdrawn("p1"),
            < 16 => new DisputeFact.EscalationAsked(),
            < 17 => new DisputeFact.Suspended(Any(rules.Disputes.Process.Suspension!.Kinds).Id),
            < 19 => new DisputeFact.ExtensionAsked(1 + random.Next(8), [.. state.Parties.Select(party => party.Id)]),
            _ => null,
        };
    }

    private DisputeFact.ConsentAnswered Answers(Dispute state) =>
        new(Any(state.Parties).Id, Chance(85) ? (Chance(70) ? ConsentToGoUp.Once : ConsentToGoUp.Blanket) : ConsentToGoUp.No);

    private Consent Mediation() => Chance(75) ? Consent.Yes : Chance(95) ? Consent.NotAsked : Consent.No;

    private ConsentToGoUp GoesUp() => Chance(40) ? ConsentToGoUp.Blanket : Chance(10) ? ConsentToGoUp.Once : ConsentToGoUp.NotAsked;

    private bool Chance(int percent) => random.Next(100) < percent;

    private T Any<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];
}
