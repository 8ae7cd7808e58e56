using Workflows.Orchestrations.Calendar;

namespace Workflows.Orchestrations.Disputes;

/// <summary>Whom a party wants for a mediator.</summary>
/// <param name="Party">Who chose.</param>
/// <param name="Mediator">Whom.</param>
public sealed record MediatorChoice(string Party, string Mediator);

/// <summary>Why a mediator should not mediate this case, and what came of it.</summary>
/// <param name="Id">Within the case: <c>v1</c>, <c>v2</c> …</param>
/// <param name="Mediator">Whom it is about.</param>
/// <param name="Kind">An id of the reasons; null when the mediator has declared it.</param>
/// <param name="Party">Who asked; null when the unit did.</param>
/// <param name="Text">The protected text with the reason.</param>
/// <param name="Decider">The unit that decides; null when nothing is to be decided.</param>
/// <param name="Decide">Its time to decide; null when it has, or when the level ended before.</param>
/// <param name="Accepted">Whether the mediator is out; null while it is open, and when the level ended before.</param>
/// <param name="DecidedText">The protected text with the decision's reason.</param>
public sealed record Avoidance(
    string Id,
    string Mediator,
    string? Kind,
    string? Party,
    string Text,
    string? Decider = null,
    Clock? Decide = null,
    bool? Accepted = null,
    string? DecidedText = null);

/// <summary>How mediators are named and avoided in this county (seeds/disputes.json, "mediators").</summary>
/// <param name="Decide">Policy of the time to decide on an avoidance.</param>
/// <param name="NamedMax">Mediators of one case at one time, 1 to 20.</param>
/// <param name="Avoidances">The reasons for which a mediator avoids a case.</param>
/// <param name="Source">Article or "operator default".</param>
public sealed record MediatorRule(string Decide, int NamedMax, IReadOnlyList<AvoidanceKind> Avoidances, string Source);

/// <summary>A reason for which a mediator avoids a case.</summary>
/// <param name="Id">Kebab-case.</param>
/// <param name="Name">English.</param>
/// <param name="NameZh">Chinese.</param>
/// <param name="Source">Article or "operator default".</param>
public sealed record AvoidanceKind(string Id, string Name, string NameZh, string Source);

/// <summary>The id of a person of a unit's roster: <c>m-350322001001-3</c>. The name is personal data and stands elsewhere.</summary>
public static class MediatorId
{
    private const string Prefix = "m-";
    private const int CharactersMax = 100;

    public static string Of(string unit, long number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Prefix}{unit}-{number}");

    /// <summary>Whose mediator it is; null for what is no such id.</summary>
    public static string? UnitOf(string id)
    {
        var cut = id.LastIndexOf('-');
        return id.Length <= CharactersMax && id.StartsWith(Prefix, StringComparison.Ordinal)
            && cut > Prefix.Length && cut < id.Length - 1 && id[(cut + 1)..].All(char.IsAsciiDigit)
            && id[Prefix.Length..cut].All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
            ? id[Prefix.Length..cut]
            : null;
    }
}
