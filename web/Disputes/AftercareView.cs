using System.Text.Json;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Units;
using Workflows.Web.Cases;

namespace Workflows.Web.Disputes;

/// <summary>What follows an end, as the API shows it.</summary>
/// <param name="Clocks">What is followed now, each with why its date is its date; windows included.</param>
/// <param name="Confirmation">Where the agreement stands with the court.</param>
/// <param name="Clauses">How each clause is kept.</param>
/// <param name="Parties">What each party said.</param>
/// <param name="Left">What was said to the end of its notices and never done.</param>
public sealed record AftercareView(
    IReadOnlyList<FollowUpView> Clocks,
    Confirmation? Confirmation,
    IReadOnlyList<ClauseAftercare> Clauses,
    IReadOnlyList<PartyAftercareView> Parties,
    IReadOnlyList<FollowUpKind> Left)
{
    public static AftercareView Of(Aftercare aftercare, UnitRegister units) => new(
        [.. aftercare.Open.Select(item => new FollowUpView(
            item.Kind,
            item.About,
            item.IsWindow,
            ClockView.Of((JsonNamingPolicy.CamelCase.ConvertName(item.Kind.ToString()), item.Clock))[0]))],
        aftercare.Confirmation,
        aftercare.Clauses ?? [],
        [.. aftercare.Parties.Select(party => new PartyAftercareView(
            party.Id,
            party.CallBack,
            party.Calls,
            party.Stars,
            party.Mended,
            party.Review is { } review ? UnitView.Of(review.Reviewer, units) : null,
            party.Review?.Outcome))],
        aftercare.Left ?? []);
}

/// <param name="Kind">What is followed.</param>
/// <param name="About">A clause's number or a party's id.</param>
/// <param name="IsWindow">True when it only says until when somebody may do something.</param>
/// <param name="Clock">Until when, and why.</param>
public sealed record FollowUpView(FollowUpKind Kind, string? About, bool IsWindow, ClockView Clock);

/// <param name="Id">The party.</param>
/// <param name="CallBack">What the last call gave.</param>
/// <param name="Calls">How often it was called.</param>
/// <param name="Stars">1 to 5.</param>
/// <param name="Mended">Whether it was told what came of a poor rating.</param>
/// <param name="Reviewer">Who answers its request for review.</param>
/// <param name="Reviewed">What the answer was.</param>
public sealed record PartyAftercareView(
    string Id, CallBackResult? CallBack, int Calls, int? Stars, bool? Mended, UnitView? Reviewer, ReviewOutcome? Reviewed);
