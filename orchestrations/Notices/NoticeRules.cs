using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Notices;

/// <summary>What a notice's delivery is decided by.</summary>
/// <param name="Version">The address of the rule set's content.</param>
/// <param name="Calendar">The county's working days and office hours.</param>
/// <param name="Units">Who is there and who is above whom.</param>
/// <param name="Digest">What is gathered into one mail per unit and day; null gathers nothing.</param>
public sealed record NoticeRules(string Version, CountyCalendar Calendar, UnitRegister Units, DigestRule? Digest = null);

/// <summary>Which notices a unit gets in one mail a day, and when.</summary>
/// <param name="At">Local time of day; on a day without work the digest waits for the next office hours.</param>
/// <param name="Templates">What is gathered; everything else is a mail of its own.</param>
public sealed record DigestRule(TimeOnly At, IReadOnlyList<string> Templates)
{
    /// <summary>Whether a notice can wait for its unit's digest: an urgent one never does.</summary>
    public bool Gathers(Notice notice) => !notice.Urgent && Templates.Contains(notice.Template);
}
