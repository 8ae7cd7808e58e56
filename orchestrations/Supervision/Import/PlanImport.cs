namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>A plan's text becomes a draft. Pure: the same text and register give the same draft, and no text makes it fail.</summary>
public static class PlanImport
{
    /// <summary>The draft, or why there is none.</summary>
    /// <param name="plan">The text, at most <see cref="PlanText.CharactersMax"/> characters.</param>
    /// <param name="register">The units that names are looked up in.</param>
    public static PlanReading Read(PlanText plan, ImportRegister register)
    {
        if (plan.Text.Length > PlanText.CharactersMax)
        {
            return PlanReading.Refuse("too-long", $"The text has {plan.Text.Length} characters; at most {PlanText.CharactersMax} are read.");
        }

        var items = Lines.Read(plan);
        if (items.Count == 0)
        {
            return PlanReading.Refuse("empty", "There is no text in it.");
        }

        var draft = new Drafting(items, register).Draft();
        return draft.Tasks.Count == 0
            ? PlanReading.Refuse("no-tasks", "There is no heading with a responsible unit, no numbered heading and no table of tasks in it.")
            : new PlanReading(draft, null, null);
    }
}

/// <summary>What came of a text.</summary>
/// <param name="Draft">Null when it was refused.</param>
/// <param name="Code">Stable, kebab-case.</param>
/// <param name="Reason">One sentence.</param>
public sealed record PlanReading(PlanDraft? Draft, string? Code, string? Reason)
{
    internal static PlanReading Refuse(string code, string reason) => new(null, code, reason);
}
