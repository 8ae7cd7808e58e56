using System.Globalization;

namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>Items of a draft with another value; null when the item has no such value or cannot have it.</summary>
internal static class ChangedItem
{
    private static readonly string[] Comparators = [Lexicon.Eq, Lexicon.Gte, Lexicon.Gt, Lexicon.Lte, Lexicon.Lt];

    public static DraftDocument? Of(DraftDocument document, string member, string value) => member switch
    {
        "number" => document with { Number = value },
        "issuer" => document with { Issuer = value },
        "subject" => document with { Subject = value },
        "issued" => Day(value) is { } day ? document with { Issued = day } : null,
        "effectiveFrom" => Day(value) is { } day ? document with { EffectiveFrom = day } : null,
        "expires" => Day(value) is { } day ? document with { Expires = day } : null,
        _ => null,
    };

    public static DraftTask? Of(DraftTask task, string member, string value, ImportRegister register) => member switch
    {
        "title" => task with { Title = value },
        "due" => Day(value) is { } day ? task with { Due = day } : null,
        "etc" => bool.TryParse(value, out var open) ? task with { Etc = open } : null,
        "townshipsImplied" => bool.TryParse(value, out var all) ? task with { TownshipsImplied = all } : null,
        "important" => bool.TryParse(value, out var important) ? task with { Important = important ? true : null } : null,
        "responsible" => Units(value, register, task.Source) is { } units ? WithMode(task with { Responsible = units }) : null,
        _ => null,
    };

    public static DraftIndicator? Of(DraftIndicator indicator, string member, string value) => member switch
    {
        "name" => indicator with { Name = value },
        "comparator" => Comparators.Contains(value) ? indicator with { Comparator = value } : null,
        "value" => decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? indicator with { Value = number } : null,
        "unit" => indicator with { Unit = value },
        "due" => Day(value) is { } day ? indicator with { Due = day, DueSource = "explicit" } : null,
        "cadence" => indicator with { Cadence = value },
        "scope" => indicator with { Scope = value },
        "force" => value is "binding" or "aspirational" ? indicator with { Force = value } : null,
        "task" => indicator with { Task = value },
        _ => null,
    };

    public static DraftTask WithMode(DraftTask task) =>
        task with { Mode = task.Responsible.Any(unit => unit.Role == AssignmentRole.Lead) ? "lead" : "division" };

    /// <summary>zzb:lead, mzj.</summary>
    private static List<DraftResponsible>? Units(string value, ImportRegister register, Source source)
    {
        List<DraftResponsible> units = [];
        foreach (var part in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var isLead = part.EndsWith(":lead", StringComparison.Ordinal);
            var id = isLead ? part[..^":lead".Length] : part;
            if (register.Units.FirstOrDefault(unit => unit.Id == id) is not { } known || units.Exists(unit => unit.Unit == id))
            {
                return null;
            }

            var role = isLead ? AssignmentRole.Lead : known.Kind == "township" ? AssignmentRole.Implementer : AssignmentRole.Participant;
            units.Add(new DraftResponsible(known.Id, role, known.Name, source with { Confidence = 1, Reason = "said by a person" }));
        }

        return units.Count > 0 && units.Count(unit => unit.Role == AssignmentRole.Lead) <= 1 ? units : null;
    }

    private static DateOnly? Day(string value) =>
        DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
