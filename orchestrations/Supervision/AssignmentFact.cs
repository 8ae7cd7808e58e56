using System.Text.Json.Serialization;

namespace Workflows.Orchestrations.Supervision;

/// <summary>What can happen to an assignment. Evidence and reasons are kept as text under the command's id.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(Opened), nameof(Opened))]
[JsonDerivedType(typeof(DateReached), nameof(DateReached))]
[JsonDerivedType(typeof(SignedFor), nameof(SignedFor))]
[JsonDerivedType(typeof(Claimed), nameof(Claimed))]
[JsonDerivedType(typeof(Checked), nameof(Checked))]
[JsonDerivedType(typeof(RulesChanged), nameof(RulesChanged))]
public abstract record AssignmentFact
{
    private AssignmentFact()
    {
    }

    public sealed record Opened : AssignmentFact;

    public sealed record DateReached : AssignmentFact;

    /// <summary>The unit takes the task on.</summary>
    public sealed record SignedFor : AssignmentFact;

    /// <summary>The unit says the task is done.</summary>
    public sealed record Claimed : AssignmentFact;

    /// <summary>The supervising office has checked a claim.</summary>
    /// <param name="Done">True strikes the task off; false returns it with reasons.</param>
    public sealed record Checked(bool Done) : AssignmentFact;

    /// <summary>The county recounts its running cases under another version of its rules.</summary>
    public sealed record RulesChanged(string Version) : AssignmentFact;
}
