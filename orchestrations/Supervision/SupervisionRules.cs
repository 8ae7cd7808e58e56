using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Cases;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Supervision;

/// <summary>The rule set an assignment lives under.</summary>
/// <param name="Version">The address of its content.</param>
/// <param name="Calendar">The county's working days and office hours.</param>
/// <param name="Policies">The periods.</param>
/// <param name="Units">Who is there and who is above whom.</param>
/// <param name="Process">Which policy runs which clock.</param>
public sealed record SupervisionRules(
    string Version, CountyCalendar Calendar, PolicyBook Policies, UnitRegister Units, SupervisionProcess Process) : ICaseRules;

/// <summary>The clocks of an assignment, by policy id (seeds/supervision.json).</summary>
/// <param name="SignFor">From issue to signature.</param>
/// <param name="Finish">Reminders and repeats around the plan's own date.</param>
/// <param name="Check">From claim to check.</param>
public sealed record SupervisionProcess(string SignFor, string Finish, string Check);
