using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Cases;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Supervision.Sheets;

/// <summary>Checks the section <c>sheets</c> of supervision.json. Sets without it issue no sheets.</summary>
internal sealed class SheetData(string file, PolicyBook policies, UnitRegister? units, List<DataError> errors)
{
    private const string At = "$.sheets";
    private const int DaysMax = 366;

    public SheetRules? Check(SheetRules? rules)
    {
        if (rules is null)
        {
            return null;
        }

        PolicyUse.Check(file, $"{At}.merge", rules.Merge, policies, errors);
        Range($"{At}.cap.sheets", rules.Cap.Sheets, 1, 100);
        Range($"{At}.cap.days", rules.Cap.Days, 1, DaysMax);
        Text($"{At}.cap.source", rules.Cap.Source);
        if (rules.Colors.Count == 0)
        {
            Wrong($"{At}.colors", "no-colors", "The ladder has at least one colour.");
        }

        for (var index = 0; index < rules.Colors.Count; index++)
        {
            Step($"{At}.colors[{index}]", rules.Colors[index], isLast: index == rules.Colors.Count - 1);
        }

        if (rules.Important is { } color && rules.Colors.All(step => step.Id != color))
        {
            Wrong($"{At}.important", "unknown-color", $"The ladder has no colour {color}.");
        }

        Step($"{At}.letter", rules.Letter, isLast: true);
        Unique(rules);
        for (var index = 0; index < rules.Issuers.Count; index++)
        {
            Issuer($"{At}.issuers[{index}]", rules.Issuers[index]);
        }

        return rules;
    }

    private void Step(string path, SheetStep step, bool isLast)
    {
        if (step.Id.Length == 0 || step.Id.Any(letter => !char.IsAsciiLetterLower(letter) && letter != '-'))
        {
            Wrong($"{path}.id", "id-form", $"{step.Id} must be of lower-case letters and hyphens.");
        }

        Text($"{path}.name", step.Name);
        Text($"{path}.nameZh", step.NameZh);
        Text($"{path}.request", step.Request);
        Text($"{path}.source", step.Source);
        PolicyUse.Check(file, $"{path}.signFor", step.SignFor, policies, errors, repeats: true);
        PolicyUse.Check(file, $"{path}.feedback", step.Feedback, policies, errors, repeats: true);
        if (step.Next is { } next)
        {
            PolicyUse.Check(file, $"{path}.next", next, policies, errors);
            if (policies.TryGet(next, out var policy) && policy.Reminders is { Count: > 0 })
            {
                Wrong($"{path}.next", "reminders", $"{next} reminds; the unit is reminded of its answer, not of what follows.");
            }

            if (isLast)
            {
                Wrong($"{path}.next", "no-next", "Nothing follows the last colour or a letter.");
            }
        }

        for (var index = 0; index < step.Causes.Count; index++)
        {
            if (!SheetCauses.Told.Contains(step.Causes[index]))
            {
                Wrong($"{path}.causes[{index}]", "unknown-cause", $"{step.Causes[index]} is none of {string.Join(", ", SheetCauses.Told)}.");
            }
        }
    }

    private void Unique(SheetRules rules)
    {
        Dictionary<string, string> ids = new(StringComparer.Ordinal) { [rules.Letter.Id] = $"{At}.letter" };
        Dictionary<string, string> causes = new(StringComparer.Ordinal);
        for (var index = 0; index < rules.Colors.Count; index++)
        {
            var path = $"{At}.colors[{index}]";
            if (!ids.TryAdd(rules.Colors[index].Id, path))
            {
                Wrong($"{path}.id", "duplicate-id", $"{rules.Colors[index].Id} is also at {ids[rules.Colors[index].Id]}.");
            }

            foreach (var cause in rules.Colors[index].Causes)
            {
                if (!causes.TryAdd(cause, path))
                {
                    Wrong($"{path}.causes", "cause-twice", $"{cause} begins at {causes[cause]} already.");
                }
            }
        }
    }

    private void Issuer(string path, SheetIssuer issuer)
    {
        Text($"{path}.word", issuer.Word);
        Text($"{path}.header", issuer.Header);
        Text($"{path}.contact", issuer.Contact);
        Text($"{path}.authority.scope", issuer.Authority.Scope);
        Text($"{path}.authority.document", issuer.Authority.Document);
        Text($"{path}.authority.source", issuer.Authority.Source);
        if (issuer.Authority.To < issuer.Authority.From)
        {
            Wrong($"{path}.authority.to", "order", "It ends before it begins.");
        }

        if (units is not null && units.Find(issuer.Unit) is null)
        {
            Wrong($"{path}.unit", "unknown-unit", $"{issuer.Unit} is not in the register.");
        }

        for (var index = 0; index < issuer.Kinds.Count; index++)
        {
            var kind = issuer.Kinds[index];
            if (kind is UnitKind.Village or UnitKind.Community)
            {
                Wrong($"{path}.kinds[{index}]", "not-an-object", "A committee is never the object of supervision; its township is (政府督查工作条例 5).");
            }

            if (issuer.Form == SheetForm.Sheet && kind is UnitKind.MassOrganisation or UnitKind.Enterprise)
            {
                Wrong($"{path}.kinds[{index}]", "letter-only", $"{kind} is no object of supervision (政府督查工作条例 5); it gets a letter.");
            }
        }
    }

    private void Text(string path, string value) => DataJson.RequireText(file, path, value, errors);

    private void Wrong(string path, string rule, string text) => errors.Add(new(file, path, rule, text));

    private void Range(string path, int value, int min, int max)
    {
        if (value < min || value > max)
        {
            Wrong(path, "range", $"{value} is not from {min} to {max}.");
        }
    }
}
