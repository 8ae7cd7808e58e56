using System.Text.Json.Serialization;

namespace Workflows.Orchestrations.Disputes;

/// <summary>What can happen to a dispute. Free text never travels here: it is kept under the command's id.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(Opened), nameof(Opened))]
[JsonDerivedType(typeof(DateReached), nameof(DateReached))]
[JsonDerivedType(typeof(SignedFor), nameof(SignedFor))]
[JsonDerivedType(typeof(SessionHeld), nameof(SessionHeld))]
[JsonDerivedType(typeof(Settled), nameof(Settled))]
[JsonDerivedType(typeof(Refused), nameof(Refused))]
[JsonDerivedType(typeof(Withdrawn), nameof(Withdrawn))]
[JsonDerivedType(typeof(EscalationAsked), nameof(EscalationAsked))]
[JsonDerivedType(typeof(ConsentAnswered), nameof(ConsentAnswered))]
public abstract record DisputeFact
{
    private DisputeFact()
    {
    }

    /// <summary>The first fact of every case: it was registered.</summary>
    public sealed record Opened : DisputeFact;

    public sealed record DateReached : DisputeFact;

    /// <summary>The handler takes the case on.</summary>
    public sealed record SignedFor : DisputeFact;

    /// <summary>A mediation session was held and its record kept.</summary>
    /// <param name="On">The county's local date.</param>
    public sealed record SessionHeld(DateOnly On) : DisputeFact;

    /// <summary>The parties agreed.</summary>
    /// <param name="Form">How.</param>
    /// <param name="On">The day the agreement took effect, local.</param>
    public sealed record Settled(AgreementForm Form, DateOnly On) : DisputeFact;

    /// <summary>A party clearly refuses mediation: it ends at once (人民调解法 17, 26).</summary>
    public sealed record Refused(string Party) : DisputeFact;

    /// <summary>An applicant takes the case back.</summary>
    public sealed record Withdrawn(string Party) : DisputeFact;

    /// <summary>The handler asks the next level to take over, for a reason kept as text.</summary>
    public sealed record EscalationAsked : DisputeFact;

    /// <summary>A party said whether the next level may take over.</summary>
    public sealed record ConsentAnswered(string Party, ConsentToGoUp Answer) : DisputeFact;
}
