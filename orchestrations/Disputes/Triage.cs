using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Disputes;

/// <summary>Where a case begins, and why.</summary>
/// <param name="Level">The start level.</param>
/// <param name="Alert">Police and leaders are told at once.</param>
/// <param name="Reason">English.</param>
/// <param name="ReasonZh">Chinese.</param>
/// <param name="Basis">The articles it rests on; "" where the county has set it itself, null where its rules name no source.</param>
public sealed record Triaged(Level Level, bool Alert, string Reason, string ReasonZh, string? Basis = null);

/// <summary>Ordered rules, first match wins; a person may choose another level, but never below the floor.</summary>
public static class Triage
{
    public static Triaged Of(Dispute dispute, DisputeProcess process)
    {
        var grade = process.Grades.First(rule => rule.Matches(dispute));
        var floor = Floor(dispute, process);
        var alert = floor?.Alert ?? false;
        if (dispute.WantedLevel is { } wanted && wanted >= (floor?.Level ?? Level.Village))
        {
            return new Triaged(wanted, alert, "chosen by the person who registered it", "由登记人选定");
        }

        return floor is not null && floor.Level > grade.Level
            ? new Triaged(floor.Level, alert, floor.Reason, floor.ReasonZh)
            : new Triaged(grade.Level, alert, grade.Reason, grade.ReasonZh);
    }

    /// <summary>The lowest level the case may begin with: the highest that a rule or a named sign of danger asks for.</summary>
    internal static Triaged? Floor(Dispute dispute, DisputeProcess process)
    {
        var rule = process.Floors.FirstOrDefault(rule => rule.Matches(dispute));
        var signs = (process.DangerSigns ?? []).Where(sign => dispute.DangerSigns?.Contains(sign.Id) == true).ToList();
        if (signs.Count == 0)
        {
            return rule is null ? null : new Triaged(rule.Level, rule.Alert, rule.Reason, rule.ReasonZh, Basis(process, [rule.Source]));
        }

        var level = signs.Max(sign => sign.Floor);
        return new Triaged(
            rule?.Level > level ? rule.Level : level,
            (rule?.Alert ?? false) || signs.Any(sign => sign.Alert),
            string.Join(", ", signs.Select(sign => sign.Name)),
            string.Join("、", signs.Select(sign => sign.NameZh)),
            Basis(process, signs.Select(sign => sign.Source)));
    }

    /// <inheritdoc cref="Triaged.Basis"/>
    internal static string? Basis(DisputeProcess process, IEnumerable<string?> sources) => process.Floors.Any(rule => rule.Source is not null)
        ? string.Join("、", sources.OfType<string>().Where(source => source != DisputeProcess.OperatorDefault).SelectMany(source => source.Split('；')).Distinct(StringComparer.Ordinal))
        : null;

    /// <summary>
    /// The unit to offer the case to, from <paramref name="level"/> upwards: a level without a handler, or whose
    /// handler has no address, is passed over and journaled; above the county there is only the duty box.
    /// </summary>
    public static (Level Level, string Handler, IReadOnlyList<JournalLine> PassedOver) HandlerFrom(
        Level level, string place, UnitRegister units)
    {
        var passedOver = new List<JournalLine>();
        for (var at = level; at <= Level.County; at++)
        {
            var unit = units.HandlerAt(place, at);
            if (unit?.Mail is not null)
            {
                return (at, unit.Id, passedOver);
            }

            passedOver.Add(unit is null
                ? new JournalLine("NobodyThere", $"No handler at {Words.En(at)} level for {place}.", $"{place}无{Words.Zh(at)}承办单位。")
                : new JournalLine("NobodyThere", $"{unit.Id} has no address.", $"{unit.Name}没有登记地址。"));
        }

        return (Level.County, units.Duties.DutyBox, passedOver);
    }
}
