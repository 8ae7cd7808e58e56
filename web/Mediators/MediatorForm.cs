using System.Globalization;
using Workflows.Activities.Mediators;
using Workflows.Activities.Rules;
using Workflows.Web.Http;

namespace Workflows.Web.Mediators;

/// <summary>What is said of a person of a roster, checked field by field, from whatever it is read.</summary>
internal static class MediatorForm
{
    public const int NameCharactersMax = 50;

    /// <summary>A person who is put on a roster.</summary>
    public static (Mediator Mediator, string Name) New(
        string unit, string? name, string? time, IReadOnlyList<string?>? fields, string? since, bool? qualified, RuleSet rules, FieldErrors errors)
    {
        var known = errors.Name("name", name, NameCharactersMax);
        var mediator = new Mediator(
            "", unit, errors.OneOf<MediatorTime>("time", time), Fields(fields, rules, errors) ?? [], errors.Date("since", since));
        if (!errors.Bool("qualified", qualified) && qualified is not null)
        {
            errors.Add("qualified", "must be true: only a person who meets 人民调解法 14 is put on a roster");
        }

        return (mediator, known);
    }

    public static IReadOnlyList<string>? Fields(IReadOnlyList<string?>? given, RuleSet rules, FieldErrors errors)
    {
        var fields = errors.OptionalIds("fields", given);
        var known = rules.Disputes.Process.Categories;
        for (var index = 0; index < fields?.Count; index++)
        {
            if (!known.Any(category => category.Id == fields[index]))
            {
                errors.Add(string.Create(CultureInfo.InvariantCulture, $"fields[{index}]"), "is not a category");
            }
        }

        return fields;
    }

    public static string NotBefore(DateOnly since) => $"must not be before {since:yyyy-MM-dd}, the first day on the roster";
}
