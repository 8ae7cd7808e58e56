using System.Globalization;

namespace Workflows.Orchestrations.Calendar;

/// <summary>A deadline in words.</summary>
public static class DeadlineText
{
    /// <summary>2025年10月10日.</summary>
    public static string Zh(DateOnly date) => date.ToString("yyyy年M月d日", CultureInfo.InvariantCulture);

    /// <summary>The steps in English, for the journal and the API.</summary>
    public static IReadOnlyList<string> En(Deadline deadline) => [.. deadline.Why.Select(step => step.Text)];

    /// <summary>The steps in Chinese, in one line, for mails.</summary>
    public static string WhyZh(Deadline deadline) => string.Join("；", deadline.Why.Select(step => step.TextZh));
}
