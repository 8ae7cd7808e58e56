using System.Text.RegularExpressions;

namespace Workflows.Web.Disputes;

/// <summary>A citizen identification number as it is typed (GB 11643-1999): 17 digits and a check character.</summary>
internal static partial class IdentityNumber
{
    private const string Checks = "10X98765432";
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>The rule it breaks; null when it breaks none. A slip of one digit, or two that changed places, is always seen.</summary>
    public static string? Wrong(string typed) =>
        !Form().IsMatch(typed) ? "must be 17 digits and a digit or X"
        : Checks[Weights.Select((weight, index) => weight * (typed[index] - '0')).Sum() % 11] != char.ToUpperInvariant(typed[^1])
            ? "must end in the check character of its first 17 digits (GB 11643); one of them was mistyped"
            : null;

    [GeneratedRegex(@"^[0-9]{17}[0-9Xx]\z")]
    private static partial Regex Form();
}
