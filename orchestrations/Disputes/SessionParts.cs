using System.Globalization;
using System.Text.Json.Serialization;
using Workflows.Orchestrations.Calendar;

namespace Workflows.Orchestrations.Disputes;

/// <summary>How a session is held.</summary>
public enum SessionForm
{
    OnSite,
    Online,
}

/// <summary>A session that is planned and has no record yet.</summary>
/// <param name="Number">Within the case, from 1; a moved session keeps it.</param>
/// <param name="On">The day, local; any day of the week.</param>
/// <param name="From">When it begins, local.</param>
/// <param name="To">When it ends, local, the same day.</param>
/// <param name="Form">How.</param>
/// <param name="PlaceText">The protected text that says where, or how to join.</param>
/// <param name="Clock">Reminds before the day, and after it until there is a record.</param>
/// <param name="Moves">How often it was moved.</param>
/// <param name="Mediators">Who mediates; null: those named for the case.</param>
public sealed record PlannedSession(
    int Number,
    DateOnly On,
    TimeOnly From,
    TimeOnly To,
    SessionForm Form,
    string PlaceText,
    Clock Clock,
    int Moves = 0,
    IReadOnlyList<string>? Mediators = null)
{
    /// <summary>Tells its notices apart from those of other sessions, and from those before it was moved.</summary>
    [JsonIgnore]
    public string Key => string.Create(CultureInfo.InvariantCulture, $"s{Number}{(Moves > 0 ? $"m{Moves}" : "")}");

    public bool Overlaps(PlannedSession other) => On == other.On && From < other.To && other.From < To;
}

/// <summary>A session that was held.</summary>
/// <param name="Number">Within the case, from 1.</param>
/// <param name="On">The day, local.</param>
/// <param name="Text">The protected text of its record.</param>
/// <param name="Planned">The planned session that it was; null when it was held without a plan.</param>
/// <param name="Present">The parties who were there; null when nobody said.</param>
/// <param name="Mediators">Who mediated; null when nobody was named.</param>
/// <param name="Files">Files of the case that belong to the record.</param>
public sealed record HeldSession(
    int Number,
    DateOnly On,
    string Text,
    int? Planned = null,
    IReadOnlyList<string>? Present = null,
    IReadOnlyList<string>? Mediators = null,
    IReadOnlyList<string>? Files = null);

/// <summary>How sessions are planned in this county (seeds/disputes.json, "sessions").</summary>
/// <param name="Policy">Policy of the reminders before a planned day and after one without a record; its period is not counted.</param>
/// <param name="PlannedMax">Sessions of one case that are planned at one time, 1 to 20.</param>
/// <param name="Source">Article or "operator default".</param>
public sealed record SessionRule(string Policy, int PlannedMax, string Source);
