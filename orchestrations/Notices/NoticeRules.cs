using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Notices;

/// <summary>What a notice's delivery is decided by.</summary>
public sealed record NoticeRules(string Version, CountyCalendar Calendar, UnitRegister Units);
