namespace Workflows.Activities.PersonalData;

/// <summary>Who a party is. Lives in <see cref="PersonalDataTable"/> only.</summary>
public sealed record PartyData(
    string PartyId, string Name, string? Phone = null, string? IdentityNumber = null, string? Address = null,
    string? RepresentativeName = null, string? RepresentativePhone = null)
{
    /// <summary>Only the id: a record that is printed by mistake tells nothing about the person.</summary>
    public override string ToString() => $"party {PartyId}";
}

/// <summary>Personal data is there but the keys at hand do not open it.</summary>
public sealed class PersonalDataKeyException(string caseId, Exception cause) : Exception(
    $"The personal data of case {caseId} cannot be read with these keys. "
    + "Is the key folder or key vault the one that it was written with?",
    cause);
