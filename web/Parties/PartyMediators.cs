using Workflows.Activities.Mediators;
using Workflows.Orchestrations.Disputes;

namespace Workflows.Web.Parties;

/// <summary>
/// What a party sees of its mediators and can say about them. Names are shown in full: whom one may choose, and object to,
/// one must know.
/// </summary>
internal static class PartyMediators
{
    /// <summary>The acts whose choices are people or reasons of this case.</summary>
    /// <param name="dispute">The case.</param>
    /// <param name="rules">Those it lives under.</param>
    /// <param name="roster">Everybody of the handler's roster who may mediate today, with the name.</param>
    public static IReadOnlyList<PartyAct> Acts(Dispute dispute, DisputeRules rules, IReadOnlyList<(string Id, string Name)> roster) =>
    [
        new(
            "choose-mediator",
            "选择调解员",
            [.. roster.Select(known => new PartyChoice(known.Id, known.Name))],
            "各方选择同一名调解员的，由其主持调解；否则由调解组织指定。",
            null,
            (party, says) => new DisputeFact.MediatorChosen(party, says.Choice ?? ""),
            (_, party) => [.. (dispute.MediatorChoices ?? []).Where(choice => choice.Party == party.Id).Select(choice => choice.Mediator)]),
        new(
            "avoid-mediator",
            "申请调解员回避",
            [
                .. dispute.AllMediators.SelectMany(mediator => (rules.Process.Mediators?.Avoidances ?? []).Select(kind =>
                    new PartyChoice($"{mediator}.{kind.Id}", $"{NameOf(mediator, roster)}：{kind.NameZh}"))),
            ],
            null,
            new("具体情况和理由", IsRequired: true),
            (party, says) => Avoidance(party, says.Choice ?? "")),
    ];

    /// <summary>Everybody of the handler's roster who may mediate on a day.</summary>
    public static async Task<IReadOnlyList<(string Id, string Name)>> Of(MediatorRoster roster, string handler, DateOnly day, CancellationToken cancellation)
    {
        var active = (await roster.Of(handler, cancellation)).Where(known => known.IsActive(day)).ToList();
        var names = await Task.WhenAll(active.Select(known => roster.Name(known.Id, cancellation)));
        return [.. active.Zip(names).Where(pair => pair.Second is not null).Select(pair => (pair.First.Id, pair.Second!))];
    }

    /// <summary>Who has left the roster is named by nothing but the role.</summary>
    public static string NameOf(string mediator, IReadOnlyList<(string Id, string Name)> roster) =>
        roster.FirstOrDefault(known => known.Id == mediator).Name ?? "调解员";

    private static DisputeFact.AvoidanceAsked Avoidance(string party, string choice)
    {
        var cut = choice.LastIndexOf('.');
        return new DisputeFact.AvoidanceAsked(cut < 0 ? choice : choice[..cut], cut < 0 ? "" : choice[(cut + 1)..], party);
    }
}
