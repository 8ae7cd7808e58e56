using System.Text.Json;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Cases;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Supervision;

/// <summary>Checks the sections of supervision.json. One that a file does not have stays null: older sets know no such thing.</summary>
internal sealed class SupervisionLists(string file, PolicyBook policies, List<DataError> errors)
{
    /// <summary>No period of a county's own rules is longer than a year.</summary>
    private const int DaysMax = 366;

    private const int QuarterDays = 92;

    private static readonly HashSet<string> ClockNames = [.. AssignmentClocks.All.Select(clock => clock.Name)];

    public FeedbackRule? Feedback(FeedbackRule? rule)
    {
        if (rule is not null)
        {
            PolicyUse.Check(file, "$.feedback.policy", rule.Policy, policies, errors, repeats: true, fromDate: true);
            Range("$.feedback.firstDaysMin", rule.FirstDaysMin, 1, QuarterDays);
            DataJson.RequireText(file, "$.feedback.source", rule.Source, errors);
        }

        return rule;
    }

    public IReadOnlyList<LightRule>? Lights(IReadOnlyList<JsonElement>? elements) => Read<LightRule>("$.lights", elements, rule => rule.Id, (path, rule) =>
    {
        DataJson.RequireText(file, $"{path}.text", rule.Text, errors);
        DataJson.RequireText(file, $"{path}.textZh", rule.TextZh, errors);
        Range($"{path}.from", rule.From, 1, 100);
        if (rule.Color is not (AssignmentLight.Yellow or AssignmentLight.Red))
        {
            errors.Add(new(file, $"{path}.color", "light-color", $"{rule.Color} is not yellow or red."));
        }

        for (var index = 0; index < rule.Clocks?.Count; index++)
        {
            if (!ClockNames.Contains(rule.Clocks[index]))
            {
                errors.Add(new(file, $"{path}.clocks[{index}]", "unknown-clock", $"An assignment has no clock {rule.Clocks[index]}."));
            }
        }
    });

    public IndicatorRule? Indicators(IndicatorRule? rule)
    {
        if (rule is not null)
        {
            Range("$.indicators.tolerancePercent", rule.TolerancePercent, 0, 100);
            DataJson.RequireText(file, "$.indicators.source", rule.Source, errors);
            for (var index = 0; index < rule.Reporters.Count; index++)
            {
                if (rule.Reporters[index].Roles.Count == 0)
                {
                    errors.Add(new(file, $"$.indicators.reporters[{index}].roles", "nobody", "At least one role reports."));
                }
            }
        }

        return rule;
    }

    public TimeRule? Extension(TimeRule? rule)
    {
        if (rule is not null)
        {
            PolicyUse.Check(file, "$.extension.decide", rule.Decide, policies, errors);
            Range("$.extension.times", rule.Times, 1, 10);
            Range("$.extension.daysMax", rule.DaysMax, 1, DaysMax);
            if (rule.LeadersFrom is { } days)
            {
                Range("$.extension.leadersFrom", days, 1, DaysMax);
            }

            DataJson.RequireText(file, "$.extension.source", rule.Source, errors);
        }

        return rule;
    }

    public StandstillRule? Standstill(StandstillFile? read)
    {
        if (read is null)
        {
            return null;
        }

        Range("$.standstill.daysMax", read.DaysMax, 1, DaysMax);
        var kinds = Read<StandstillKind>("$.standstill.kinds", read.Kinds, kind => kind.Id, (path, kind) =>
        {
            DataJson.RequireText(file, $"{path}.name", kind.Name, errors);
            DataJson.RequireText(file, $"{path}.nameZh", kind.NameZh, errors);
            DataJson.RequireText(file, $"{path}.source", kind.Source, errors);
            if (kind.DaysMax is { } days)
            {
                Range($"{path}.daysMax", days, 1, DaysMax);
            }
        });
        return new StandstillRule(read.DaysMax, kinds!);
    }

    public ObjectionRule? Objection(ObjectionRule? rule, UnitRegister? units)
    {
        if (rule is null)
        {
            return null;
        }

        PolicyUse.Check(file, "$.objection.raise", rule.Raise, policies, errors, fromDate: true);
        PolicyUse.Check(file, "$.objection.decide", rule.Decide, policies, errors, repeats: true);
        DataJson.RequireText(file, "$.objection.source", rule.Source, errors);
        if (units is not null && units.Find(rule.Reviewer) is null)
        {
            errors.Add(new(file, "$.objection.reviewer", "unknown-unit", $"{rule.Reviewer} is not in the register."));
        }

        if (units is not null && units.Duties.Supervision == rule.Reviewer)
        {
            errors.Add(new(file, "$.objection.reviewer", "same-unit", $"{rule.Reviewer} checks the claims; others decide on objections."));
        }

        return rule;
    }

    public ExpiryRule? AtExpiry(ExpiryRule? rule)
    {
        if (rule is not null)
        {
            DataJson.RequireText(file, "$.atExpiry.source", rule.Source, errors);
        }

        return rule;
    }

    private void Range(string path, int value, int min, int max)
    {
        if (value < min || value > max)
        {
            errors.Add(new(file, path, "range", $"{value} is not from {min} to {max}."));
        }
    }

    private List<T>? Read<T>(string path, IReadOnlyList<JsonElement>? elements, Func<T, string> id, Action<string, T> check)
        where T : class
    {
        if (elements is null)
        {
            return null;
        }

        Dictionary<string, string> firstPath = new(StringComparer.Ordinal);
        List<T> values = [];
        foreach (var (at, value) in DataJson.Elements<T>(file, path, elements, errors))
        {
            if (!firstPath.TryAdd(id(value), at))
            {
                errors.Add(new(file, $"{at}.id", "duplicate-id", $"{id(value)} is also at {firstPath[id(value)]}."));
            }

            if (id(value).Length == 0 || id(value).Any(letter => !char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter != '-'))
            {
                errors.Add(new(file, $"{at}.id", "id-form", $"{id(value)} must be of lower-case letters, digits and hyphens."));
            }

            check(at, value);
            values.Add(value);
        }

        return values;
    }

    /// <summary>The section as it is written; its kinds are kept raw so that each bad one is reported.</summary>
    public sealed record StandstillFile(int DaysMax, IReadOnlyList<JsonElement> Kinds);
}
