using Microsoft.Extensions.Time.Testing;
using Workflows.Activities.Mediators;
using Workflows.Orchestrations.Disputes;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Mediators;

/// <summary>Claims on a mediator's hours, between the check of a plan and its being saved.</summary>
public sealed class MediatorHoursTests
{
    private const string Mediator = "m-350322001001-1";
    private readonly FakeTimeProvider clock = new(LocalTime.Local("2025-09-15 09:00"));
    private readonly MediatorHours hours;

    public MediatorHoursTests() => hours = new MediatorHours(new MemoryTables(), clock);

    [Fact]
    public async Task Hours_are_one_cases_until_the_claim_lapses()
    {
        Assert.Null(await Claim("D2025-00001", "09:00", "10:00"));

        Assert.Equal("D2025-00001", await Claim("D2025-00002", "09:59", "11:00"));
        Assert.Null(await Claim("D2025-00002", "10:00", "11:00"));
        Assert.Null(await Claim("D2025-00001", "09:30", "10:00"));
        Assert.Null(await Claim("D2025-00002", "09:00", "10:00", "2025-09-21"));
        clock.Advance(MediatorHours.Lapse);
        Assert.Null(await Claim("D2025-00003", "09:00", "11:00"));
    }

    [Fact]
    public async Task Of_many_that_claim_at_once_one_gets_them_and_all_others_hear_of_it()
    {
        var answers = await Task.WhenAll(Enumerable.Range(1, 12).Select(number => Task.Run(() => Claim($"D2025-{number:00000}", "09:00", "10:00"))));

        var first = Assert.Single(Enumerable.Range(1, 12), number => answers[number - 1] is null);
        Assert.All(answers.OfType<string>(), other => Assert.Equal($"D2025-{first:00000}", other));
    }

    private Task<string?> Claim(string caseId, string from, string to, string on = "2025-09-20") => hours.Claim(
        Mediator, new PlannedSession(1, LocalTime.Day(on), TimeOnly.Parse(from, null), TimeOnly.Parse(to, null), SessionForm.OnSite, "", null!, 0), caseId);
}
