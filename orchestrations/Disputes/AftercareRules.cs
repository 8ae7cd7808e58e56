namespace Workflows.Orchestrations.Disputes;

/// <summary>How an ended dispute is followed in this county (seeds/disputes.json, "aftercare").</summary>
/// <param name="Signatures">Policy of the time to collect what a written agreement lacks.</param>
/// <param name="Court">Policy of the time in which the court's decision is expected.</param>
/// <param name="Performance">Policy of the reminders and repeats around a clause's date; its period is not counted.</param>
/// <param name="CallBack">Policy of the time to call every party.</param>
/// <param name="CallBackTriesMax">Calls that reach nobody before a party is let be, from 1.</param>
/// <param name="Rating">Policy of the window in which parties rate.</param>
/// <param name="PoorStarsMax">A rating of so many stars or fewer is poor, 1 to 4.</param>
/// <param name="Mend">Policy of the time to look into a poor rating, mend, and tell.</param>
/// <param name="ReviewAsking">Policy of the window in which a party may ask for a review.</param>
/// <param name="Review">Policy of the time to answer it.</param>
/// <param name="Reopening">Policy of the window in which a case may be taken up again.</param>
/// <param name="ReopeningsMax">How often one case may be taken up again, from 0.</param>
/// <param name="NoticesMax">How often the end of one follow-up is said before it is left on the board, from 1.</param>
/// <param name="Bars">Reasons why a court would not confirm an agreement.</param>
/// <param name="Unperformed">What a party may do when a clause is not performed.</param>
/// <param name="LegalNotes">What the agreement itself tells the parties, in order.</param>
/// <param name="Source">Where these numbers come from.</param>
/// <param name="OwnStarsStand">What a party has rated itself no unit rates over; it may when absent.</param>
/// <param name="Files">The handler adds files until the case is closed, such as the signed agreement or the court's decision; none after the end when absent.</param>
/// <param name="ReopeningTells">Whoever owes something after the end hears that it is followed no more when the case is taken up again; nobody does when absent.</param>
public sealed record AftercareRules(
    string Signatures,
    string Court,
    string Performance,
    string CallBack,
    int CallBackTriesMax,
    string Rating,
    int PoorStarsMax,
    string Mend,
    string ReviewAsking,
    string Review,
    string Reopening,
    int ReopeningsMax,
    int NoticesMax,
    IReadOnlyList<ConfirmationBar> Bars,
    UnperformedWays Unperformed,
    IReadOnlyList<LegalNote> LegalNotes,
    string Source,
    bool? OwnStarsStand = null,
    bool? Files = null,
    bool? ReopeningTells = null);

/// <summary>A reason why a court would not confirm an agreement.</summary>
/// <param name="Id">Kebab-case; categories and agreements name it.</param>
/// <param name="Reason">English.</param>
/// <param name="ReasonZh">Chinese, for notices.</param>
/// <param name="Source">The article.</param>
public sealed record ConfirmationBar(string Id, string Reason, string ReasonZh, string Source);

/// <summary>The lawful ways when a clause is not performed.</summary>
/// <param name="Confirmed">The court has confirmed the agreement.</param>
/// <param name="Unconfirmed">It has not.</param>
public sealed record UnperformedWays(LegalNote Confirmed, LegalNote Unconfirmed);

/// <param name="TextZh">A sentence for people, Chinese.</param>
/// <param name="Source">The article it rests on.</param>
public sealed record LegalNote(string TextZh, string Source)
{
    /// <summary>The sentence with its article.</summary>
    public string Cited => $"{TextZh}（{Source}）";
}
