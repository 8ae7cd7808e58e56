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
[JsonDerivedType(typeof(FeedbackGiven), nameof(FeedbackGiven))]
[JsonDerivedType(typeof(FileAdded), nameof(FileAdded))]
[JsonDerivedType(typeof(ExtensionAsked), nameof(ExtensionAsked))]
[JsonDerivedType(typeof(ExtensionDecided), nameof(ExtensionDecided))]
[JsonDerivedType(typeof(Suspended), nameof(Suspended))]
[JsonDerivedType(typeof(Resumed), nameof(Resumed))]
[JsonDerivedType(typeof(ObjectionRaised), nameof(ObjectionRaised))]
[JsonDerivedType(typeof(ObjectionDecided), nameof(ObjectionDecided))]
[JsonDerivedType(typeof(MatterLinked), nameof(MatterLinked))]
[JsonDerivedType(typeof(Closed), nameof(Closed))]
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
    /// <param name="Figures">What its indicators are now.</param>
    /// <param name="Files">Ids of files of the assignment that show it.</param>
    public sealed record Claimed(IReadOnlyList<Figure>? Figures = null, IReadOnlyList<string>? Files = null) : AssignmentFact;

    /// <summary>The supervising office has checked a claim.</summary>
    /// <param name="Done">True strikes the task off; false returns it with reasons.</param>
    public sealed record Checked(bool Done) : AssignmentFact;

    /// <summary>The county recounts its running cases under another version of its rules.</summary>
    public sealed record RulesChanged(string Version) : AssignmentFact;

    /// <summary>The unit says how the task goes, in words that are kept as text.</summary>
    /// <param name="Period">The period it is about; null when none is asked.</param>
    /// <param name="Figures">What its indicators are now.</param>
    /// <param name="Files">Ids of files of the assignment that show it.</param>
    public sealed record FeedbackGiven(
        string? Period = null, IReadOnlyList<Figure>? Figures = null, IReadOnlyList<string>? Files = null) : AssignmentFact;

    /// <summary>The unit adds a file whose content is kept elsewhere.</summary>
    /// <param name="File">Its id.</param>
    /// <param name="Kind">What it is, kebab-case.</param>
    /// <param name="Sha256">64 lower-case hexadecimal digits.</param>
    public sealed record FileAdded(string File, string Kind, string Sha256) : AssignmentFact;

    /// <summary>The unit asks for more time, for a reason kept as text.</summary>
    /// <param name="Until">The day it expects to be done, local.</param>
    public sealed record ExtensionAsked(DateOnly Until) : AssignmentFact;

    /// <summary>The approver decides on more time, for a reason kept as text.</summary>
    public sealed record ExtensionDecided(bool Approved) : AssignmentFact;

    /// <summary>The supervising office lets it stand still, for a reason kept as text.</summary>
    /// <param name="Kind">An id of the kinds of standstill.</param>
    public sealed record Suspended(string Kind) : AssignmentFact;

    /// <summary>It goes on.</summary>
    public sealed record Resumed : AssignmentFact;

    /// <summary>The unit objects to the check that returned its claim, for reasons kept as text.</summary>
    public sealed record ObjectionRaised : AssignmentFact;

    /// <summary>The reviewer decides on the objection, for reasons kept as text.</summary>
    /// <param name="Accepted">False: the check stands.</param>
    /// <param name="Done">When accepted: true strikes the task off, false has the claim checked anew.</param>
    public sealed record ObjectionDecided(bool Accepted, bool Done = false) : AssignmentFact;

    /// <summary>The supervising office says that another plan's task named the same matter.</summary>
    /// <param name="Matter">That task, as plan.task.</param>
    public sealed record MatterLinked(string Matter) : AssignmentFact;

    /// <summary>The supervising office ends it without its being done.</summary>
    /// <param name="Reason"><c>superseded</c> or <c>expired</c>.</param>
    /// <param name="Plan">The plan that took over.</param>
    public sealed record Closed(string Reason, string? Plan = null) : AssignmentFact;
}
