using Workflows.Orchestrations.Calendar;

namespace Workflows.Orchestrations.Units;

/// <summary>What a set of units must satisfy: above all, that nobody is left without a next unit.</summary>
internal static class UnitChecks
{
    public static void Check(IReadOnlyList<Placed> placed, List<DataError> errors)
    {
        Dictionary<string, Placed> byId = new(StringComparer.Ordinal);
        foreach (var entry in placed)
        {
            if (!byId.TryAdd(entry.Unit.Id, entry))
            {
                var first = byId[entry.Unit.Id];
                errors.Add(entry.Error(
                    entry.IdMember, "duplicate-id", $"{entry.Unit.Id} is also at {first.File} {first.Path}."));
            }
        }

        foreach (var entry in placed)
        {
            DataJson.RequireText(entry.File, $"{entry.Path}.{entry.IdMember}", entry.Unit.Id, errors);
            DataJson.RequireText(entry.File, $"{entry.Path}.{entry.NameMember}", entry.Unit.Name, errors);
            for (var index = 0; index < entry.Unit.Aliases.Count; index++)
            {
                DataJson.RequireText(entry.File, $"{entry.Path}.aliases[{index}]", entry.Unit.Aliases[index], errors);
            }

            if (entry.Unit.Mail is { } mail && !IsAddress(mail))
            {
                errors.Add(entry.Error("mail", "mail-form", $"{mail} is no mail address."));
            }

            if (entry.Unit.Superior is { } superior && !byId.ContainsKey(superior))
            {
                errors.Add(entry.Error("superior", "unknown-superior", $"There is no unit {superior}."));
            }
            else if (IsInCycle(entry.Unit, byId))
            {
                errors.Add(entry.Error("superior", "superior-cycle", $"{entry.Unit.Id} is above itself."));
            }
        }
    }

    public static void CheckDuties(string file, IReadOnlyList<Placed> placed, DutyRoles duties, List<DataError> errors)
    {
        var units = placed.Select(entry => entry.Unit).DistinctBy(unit => unit.Id).ToDictionary(unit => unit.Id);
        foreach (var (member, id) in ((string, string)[])[
            ("countyCentre", duties.CountyCentre),
            ("dutyBox", duties.DutyBox),
            ("supervision", duties.Supervision),
            ("police", duties.Police),
            ("leaders", duties.Leaders)])
        {
            if (!units.ContainsKey(id))
            {
                errors.Add(new(file, $"$.duties.{member}", "unknown-unit", $"There is no unit {id}."));
            }
        }

        // The duty box is the last resort, so it must be reachable and must be the only end of the way up.
        if (units.GetValueOrDefault(duties.DutyBox) is { } box && (box.Superior is not null || box.Mail is null))
        {
            errors.Add(new(file, "$.duties.dutyBox", "duty-box", $"{box.Id} must have a mail and no superior."));
        }

        errors.AddRange(placed
            .Where(entry => entry.Unit.Superior is null && entry.Unit.Id != duties.DutyBox)
            .Select(entry => entry.Error(
                "superior", "no-superior", $"{entry.Unit.Id} has none and is not the duty box.")));
    }

    public static void Kinds(
        string file,
        IReadOnlyList<(string Path, UnitEntry Value)> entries,
        Func<UnitKind, bool> allowed,
        List<DataError> errors) =>
        errors.AddRange(entries
            .Where(entry => !allowed(entry.Value.Kind))
            .Select(entry => new DataError(
                file, $"{entry.Path}.kind", "kind", $"{entry.Value.Kind} cannot stand here.")));

    public static void Digits(string file, string path, string code, int length, string prefix, List<DataError> errors)
    {
        if (code.Length != length || !code.All(char.IsAsciiDigit) || !code.StartsWith(prefix, StringComparison.Ordinal))
        {
            var start = prefix.Length == 0 ? string.Empty : $" that begin with {prefix}";
            errors.Add(new(file, path, "code-form", $"{code} is not {length} digits{start}."));
        }
    }

    private static bool IsInCycle(Unit unit, Dictionary<string, Placed> byId)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        var next = unit.Superior;
        while (next is not null && next != unit.Id && seen.Add(next))
        {
            next = byId.GetValueOrDefault(next)?.Unit.Superior;
        }

        return next == unit.Id;
    }

    /// <summary>Enough to catch slips; the mail server has the last word.</summary>
    private static bool IsAddress(string mail) =>
        mail.Split('@') is [{ Length: > 0 }, var domain] && domain.Contains('.') && !mail.Any(char.IsWhiteSpace);

    /// <summary>A unit and where it was read.</summary>
    /// <param name="File">The file's label.</param>
    /// <param name="Path">JSON path of the entry.</param>
    /// <param name="Unit">What was read.</param>
    /// <param name="IdMember">The entry's member that holds the id; places are listed under their code.</param>
    internal sealed record Placed(string File, string Path, Unit Unit, string IdMember = "id")
    {
        /// <summary>A township's unit is its government, not the place.</summary>
        public string NameMember => Unit.Kind == UnitKind.Township ? "body" : "name";

        public DataError Error(string member, string rule, string text) => new(File, $"{Path}.{member}", rule, text);
    }
}
