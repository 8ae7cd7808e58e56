using System.Text.Json.Serialization;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Disputes;

/// <summary>A party that is the same person in two cases.</summary>
/// <param name="Party">Its id in the case that is taken in.</param>
/// <param name="Is">Its id in the other.</param>
public sealed record SameParty(string Party, string Is);

/// <summary>A party that goes on in another case.</summary>
/// <param name="Party">Its id here.</param>
/// <param name="Case">The other case.</param>
/// <param name="As">Its id there.</param>
/// <param name="Stays">It is a party here as well.</param>
public sealed record MovedParty(string Party, string Case, string As, bool Stays = false);

/// <summary>The case waits to be taken into another.</summary>
/// <param name="Into">The other case.</param>
/// <param name="Same">Parties that are in both.</param>
/// <param name="By">Who asked.</param>
/// <param name="Command">The id of the command that asks the other case; the same each time it is asked.</param>
/// <param name="Text">The protected text with the reason.</param>
/// <param name="AskAgain">UTC; asks again then, should the first word have been lost.</param>
/// <param name="Asked">How often it was asked.</param>
/// <param name="Parties">The parties as they were when it was asked first; what they have said since goes along.</param>
/// <param name="DangerReports">How often danger had been reported by then.</param>
public sealed record MergeWish(
    string Into,
    IReadOnlyList<SameParty> Same,
    string By,
    string Command,
    string Text,
    DateTimeOffset AskAgain,
    int Asked = 1,
    IReadOnlyList<Party>? Parties = null,
    int? DangerReports = null)
{
    /// <summary>Only what cannot wait moves the case: the answer to the first word is still to come.</summary>
    [JsonIgnore]
    public bool Holds => Asked == 1;
}

/// <summary>A case as another takes it in.</summary>
/// <param name="Case">Its id.</param>
/// <param name="Place">Division code.</param>
/// <param name="People">How many it touches.</param>
/// <param name="Parties">Its parties under their ids there.</param>
/// <param name="Same">Those that the other case has already.</param>
/// <param name="Total">Its clock; the earlier of both counts.</param>
/// <param name="DangerSigns">Signs that were named.</param>
/// <param name="Danger">Signs of danger.</param>
/// <param name="SummaryText">The protected text that tells its matter.</param>
/// <param name="Level">Where it is; null in words of before it was said.</param>
/// <param name="IsMediated">It has been signed for at its level.</param>
/// <param name="Avoidances">Who does not mediate it: nobody meets a mediator again from whom he was kept.</param>
public sealed record JoiningCase(
    string Case,
    string Place,
    int People,
    IReadOnlyList<Party> Parties,
    IReadOnlyList<SameParty> Same,
    Clock? Total,
    IReadOnlyList<string>? DangerSigns = null,
    bool Danger = false,
    string? SummaryText = null,
    Level? Level = null,
    bool? IsMediated = null,
    IReadOnlyList<Avoidance>? Avoidances = null);

/// <summary>A case that was taken in.</summary>
/// <param name="Case">Its id.</param>
/// <param name="At">UTC.</param>
/// <param name="Parties">Where its parties are here.</param>
/// <param name="Added">Those of them, by their ids here, that were not here before; null in cases taken in before it was kept.</param>
/// <param name="People">How many people came with it.</param>
/// <param name="Question">The id of the command that asked.</param>
/// <param name="Unconfirmed">The other case has not said yet that it has ended by it: until then nobody goes on from here.</param>
public sealed record JoinedCase(
    string Case,
    DateTimeOffset At,
    IReadOnlyList<MovedParty> Parties,
    IReadOnlyList<string>? Added = null,
    int? People = null,
    string? Question = null,
    bool? Unconfirmed = null);

/// <summary>The case that this one was split off from.</summary>
/// <param name="Case">Its id.</param>
/// <param name="OpenedAt">UTC; from when its total clock runs, and so this one's.</param>
public sealed record SplitOrigin(string Case, DateTimeOffset OpenedAt);

/// <summary>Personal data that is still to be put where its party is.</summary>
/// <param name="Request">What is to be done.</param>
/// <param name="TryAgain">UTC.</param>
public sealed record PeopleToMove(MovePeople Request, DateTimeOffset TryAgain);

/// <summary>A protected text that belongs to another case too.</summary>
/// <param name="Id">Its id there.</param>
/// <param name="As">Its id in the other case.</param>
public sealed record TextCopy(string Id, string As);

/// <summary>Puts the names and texts of parties into the case in which they go on; a party that does not stay is no more to be found under the first.</summary>
/// <param name="From">The case they are in.</param>
/// <param name="To">The case they go on in.</param>
/// <param name="Parties">Who, with the id there.</param>
/// <param name="Texts">Texts that go along; they stay too.</param>
/// <param name="Place">Of the other case.</param>
/// <param name="Category">Of the other case.</param>
/// <param name="OpenedAt">Of the other case, UTC.</param>
public sealed record MovePeople(
    string From,
    string To,
    IReadOnlyList<MovedParty> Parties,
    IReadOnlyList<TextCopy> Texts,
    string Place,
    string Category,
    DateTimeOffset OpenedAt) : IActivity<DisputeFact>
{
    public string Key => $"{From}/{To}/people";
}
