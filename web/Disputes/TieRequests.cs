namespace Workflows.Web.Disputes;

/// <param name="By">The handler, or a unit above it.</param>
/// <param name="Other">The other case: its id or its official code.</param>
public sealed record LinkDispute(string? By = null, string? Other = null);

/// <param name="By">Who handles both cases, or is above.</param>
/// <param name="Into">The case that takes this one in: its id or its official code.</param>
/// <param name="Same">Parties that are the same person in both.</param>
/// <param name="Reason">Why, at most 2,000 characters; kept with the personal data.</param>
public sealed record MergeDispute(string? By = null, string? Into = null, IReadOnlyList<SamePartyRequest?>? Same = null, string? Reason = null);

/// <param name="Party">In this case, such as <c>p1</c>.</param>
/// <param name="Is">In the other case.</param>
public sealed record SamePartyRequest(string? Party = null, string? Is = null);

/// <param name="By">The handler.</param>
/// <param name="Parties">Who goes on in the new case.</param>
/// <param name="Also">Who stays and is a party to the new case too.</param>
/// <param name="People">How many people the new case touches.</param>
/// <param name="Category">Of the new case; this one's when not given.</param>
/// <param name="Summary">The new case's matter, at most 2,000 characters; kept with the personal data.</param>
public sealed record SplitDispute(
    string? By = null,
    IReadOnlyList<string?>? Parties = null,
    IReadOnlyList<string?>? Also = null,
    int? People = null,
    string? Category = null,
    string? Summary = null);

/// <summary>Another case that belongs to this one.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Code">Its official code.</param>
public sealed record LinkView(string Id, string Code);
