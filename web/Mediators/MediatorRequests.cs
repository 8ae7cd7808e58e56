using Workflows.Activities.Mediators;

namespace Workflows.Web.Mediators;

/// <summary>Puts a person on a unit's roster.</summary>
/// <param name="By">The unit, or one above it.</param>
/// <param name="Unit">Whose roster.</param>
/// <param name="Name">At most 50 characters; personal data.</param>
/// <param name="Time">fullTime or partTime.</param>
/// <param name="Fields">Ids of the categories that the person is good at; any when not given.</param>
/// <param name="Since">The first day.</param>
/// <param name="Qualified">True: the unit confirms a grown-up, fair person with some education, knowledge of policy and law (人民调解法 14).</param>
public sealed record AddMediator(
    string? By = null,
    string? Unit = null,
    string? Name = null,
    string? Time = null,
    IReadOnlyList<string?>? Fields = null,
    string? Since = null,
    bool? Qualified = null);

/// <summary>Changes what is given; the rest stays.</summary>
/// <param name="By">The unit, or one above it.</param>
/// <param name="Name">At most 50 characters.</param>
/// <param name="Time">fullTime or partTime.</param>
/// <param name="Fields">Ids of categories.</param>
public sealed record ChangeMediator(string? By = null, string? Name = null, string? Time = null, IReadOnlyList<string?>? Fields = null);

/// <param name="By">The unit, or one above it.</param>
/// <param name="Until">The last day on the roster.</param>
public sealed record EndMediator(string? By = null, string? Until = null);

/// <summary>A person of a roster.</summary>
/// <param name="Id">For life.</param>
/// <param name="Name">In full for the unit and those above it, else masked.</param>
/// <param name="Unit">Whose.</param>
/// <param name="Time">fullTime or partTime.</param>
/// <param name="Fields">What the person is good at; none: anything.</param>
/// <param name="Since">The first day.</param>
/// <param name="Until">The last day; null while there is none.</param>
/// <param name="Active">On the roster today.</param>
/// <param name="Cases">Ids of the open disputes that name the person, who must be replaced there; only in the answer to an end.</param>
public sealed record MediatorView(
    string Id,
    string? Name,
    string Unit,
    MediatorTime Time,
    IReadOnlyList<string> Fields,
    DateOnly Since,
    DateOnly? Until,
    bool Active,
    IReadOnlyList<string>? Cases = null);

/// <summary>A unit's roster.</summary>
/// <param name="Unit">Whose.</param>
/// <param name="Items">In the order in which they came.</param>
public sealed record RosterView(string Unit, IReadOnlyList<MediatorView> Items);
