namespace Workflows.Orchestrations.Reports;

/// <summary>Tables that the summary prints at its end, with the rule by which they were made.</summary>
/// <param name="TitleZh">Chinese.</param>
/// <param name="Headings">Of the columns, Chinese.</param>
/// <param name="Tables">One or more of the same columns.</param>
/// <param name="Rule">The rule, Chinese, a line each.</param>
/// <param name="Version">The address of the rule set.</param>
public sealed record Annex(
    string TitleZh, IReadOnlyList<string> Headings, IReadOnlyList<AnnexTable> Tables, IReadOnlyList<string> Rule, string Version);

/// <param name="TitleZh">Chinese.</param>
/// <param name="Rows">None when there is nothing to say.</param>
public sealed record AnnexTable(string TitleZh, IReadOnlyList<AnnexRow> Rows);

/// <param name="Cells">As many as there are headings.</param>
/// <param name="Records">What the row was counted from, a line each.</param>
public sealed record AnnexRow(IReadOnlyList<string> Cells, IReadOnlyList<string> Records);
