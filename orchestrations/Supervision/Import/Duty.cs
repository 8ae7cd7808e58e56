namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>A unit's part as a text words it, before the units of the text are known.</summary>
/// <param name="Word">The name, folded and without blanks.</param>
/// <param name="Carried">The prefix that the list carries on from the name before it.</param>
/// <param name="Role">Its part.</param>
/// <param name="Source">Its words.</param>
internal sealed record Mention(string Word, string Carried, AssignmentRole Role, Source Source);

/// <summary>Who does a task, and by when.</summary>
internal sealed class Duty
{
    public List<Mention> Units { get; } = [];

    /// <summary>The list ends with 等 or names a group such as 有关部门.</summary>
    public bool IsOpen { get; set; }

    /// <summary>All townships are named.</summary>
    public bool Townships { get; set; }

    /// <summary>Whether any words of responsibility were read.</summary>
    public bool IsSaid { get; set; }

    /// <summary>Whether a label announced it, and not a sentence.</summary>
    public bool IsLabelled { get; set; }

    public When? Due { get; set; }

    public Source? DueSource { get; set; }

    public string? Cadence { get; set; }

    public void Take(Duty other)
    {
        Units.AddRange(other.Units);
        IsOpen |= other.IsOpen;
        Townships |= other.Townships;
        IsSaid |= other.IsSaid;
        IsLabelled |= other.IsLabelled;
        (Due, DueSource, Cadence) = (Due ?? other.Due, DueSource ?? other.DueSource, Cadence ?? other.Cadence);
    }
}
