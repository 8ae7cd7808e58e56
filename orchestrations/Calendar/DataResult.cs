namespace Workflows.Orchestrations.Calendar;

/// <summary>One thing that is wrong with a data file.</summary>
/// <param name="File">The label under which the file was given.</param>
/// <param name="Path">JSON path of the value, such as <c>$[3].period.amount</c>.</param>
/// <param name="Rule">A stable code of the rule that it breaks.</param>
/// <param name="Text">English, names the offending value.</param>
public sealed record DataError(string File, string Path, string Rule, string Text)
{
    public override string ToString() => $"{File} {Path}: {Rule}: {Text}";
}

/// <summary>Data that was read and found right, or everything that is wrong with it.</summary>
/// <remarks>A set with one error is refused as a whole: half a rule set is worse than the old one.</remarks>
public sealed record DataResult<T>(T? Value, IReadOnlyList<DataError> Errors)
    where T : class
{
    public bool IsGood => Errors.Count == 0;

    internal static DataResult<T> Of(T value, IReadOnlyList<DataError> errors) =>
        new(errors.Count == 0 ? value : null, errors);
}
