using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Tests.Durable;
using Workflows.Testing;

namespace Workflows.Orchestrations.Tests.Supervision;

/// <summary>
/// Whole assignments through the real flows: everything that the case's flow asks for, and every mail, at the moment
/// it went out.
/// </summary>
public sealed class AssignmentStoriesTests
{
    [Fact]
    public void A_task_that_is_done_in_time_is_never_chased() => Told(
        Stories.TaskIsDoneInTime(),
        "2025-10-22 15:00",
        [
            "save 1 issued",
            "start assignment-issued.0.1.mzj",
            "wait 09-29 08:30",
            "save 2 active",
            "wait 09-30 08:30",
            "save 3 active",
            "start assignment-due-reminder.0.1.mzj",
            "wait 10-17 08:30",
            "save 4 active",
            "start assignment-due-reminder.0.2.mzj",
            "wait 10-28 08:30",
            "save 5 claimed",
            "start assignment-claimed.1.1.dcs",
            "wait 10-24 08:30",
            "save 6 struckOff",
            "start assignment-struck-off.1.1.mzj",
        ],
        [
            "09-26 09:00 assignment-issued mzj",
            "09-30 08:30 assignment-due-reminder mzj",
            "10-17 08:30 assignment-due-reminder mzj",
            "10-20 15:00 assignment-claimed dcs",
            "10-22 15:00 assignment-struck-off mzj",
        ]);

    [Fact]
    public void A_task_that_is_signed_for_late_and_finished_late_is_chased_until_it_is_claimed() => Told(
        Stories.TaskIsLate(),
        "2025-11-18 10:00",
        [
            "save 1 issued",
            "start assignment-issued.0.1.mzj",
            "wait 09-29 08:30",
            "save 2 issued",
            "start assignment-sign-reminder.0.1.mzj",
            "wait 09-30 08:30",
            "save 3 issued",
            "start assignment-due-reminder.0.1.mzj",
            "wait 10-01 00:00",
            "save 4 issued",
            "start assignment-sign-overdue.0.1.mzj",
            "wait 10-14 08:30",
            "save 5 issued",
            "start assignment-sign-overdue.0.2.mzj",
            "wait 10-17 08:30",
            "save 6 active",
            "wait 10-17 08:30",
            "save 7 active",
            "start assignment-due-reminder.0.2.mzj",
            "wait 10-28 08:30",
            "save 8 active",
            "start assignment-due-reminder.0.3.mzj",
            "wait 11-01 00:00",
            "save 9 active",
            "start assignment-overdue.0.1.mzj",
            "wait 11-14 08:30",
            "save 10 active",
            "start assignment-overdue.0.2.mzj",
            "wait 11-28 08:30",
            "save 11 claimed",
            "start assignment-claimed.1.1.dcs",
            "wait 11-21 08:30",
            "save 12 struckOff",
            "start assignment-struck-off.1.1.mzj",
        ],
        [
            "09-26 09:00 assignment-issued mzj",
            "09-29 08:30 assignment-sign-reminder mzj",
            "09-30 08:30 assignment-due-reminder mzj",
            "10-09 08:30 assignment-sign-overdue mzj +dcs",
            "10-14 08:30 assignment-sign-overdue mzj +dcs",
            "10-17 08:30 assignment-due-reminder mzj",
            "10-28 08:30 assignment-due-reminder mzj",
            "11-03 08:30 assignment-overdue mzj +dcs",
            "11-14 08:30 assignment-overdue mzj +dcs",
            "11-17 10:00 assignment-claimed dcs",
            "11-18 10:00 assignment-struck-off mzj",
        ]);

    [Fact]
    public void A_claim_that_is_returned_after_the_date_is_chased_once_and_claimed_again() => Told(
        Stories.TaskIsReturned(),
        "2025-11-11 15:00",
        [
            "save 1 issued",
            "start assignment-issued.0.1.mzj",
            "wait 09-29 08:30",
            "save 2 active",
            "wait 09-30 08:30",
            "save 3 active",
            "start assignment-due-reminder.0.1.mzj",
            "wait 10-17 08:30",
            "save 4 active",
            "start assignment-due-reminder.0.2.mzj",
            "wait 10-28 08:30",
            "save 5 active",
            "start assignment-due-reminder.0.3.mzj",
            "wait 11-01 00:00",
            "save 6 claimed",
            "start assignment-claimed.1.1.dcs",
            "wait 11-05 08:30",
            "save 7 claimed",
            "start assignment-check-reminder.1.1.dcs",
            "wait 11-07 00:00",
            "save 8 active",
            "start assignment-returned.1.1.mzj",
            "wait 11-01 00:00",
            "save 9 active",
            "start assignment-overdue.1.1.mzj",
            "wait 11-14 08:30",
            "save 10 claimed",
            "start assignment-claimed.2.1.dcs",
            "wait 11-14 08:30",
            "save 11 struckOff",
            "start assignment-struck-off.2.1.mzj",
        ],
        [
            "09-26 09:00 assignment-issued mzj",
            "09-30 08:30 assignment-due-reminder mzj",
            "10-17 08:30 assignment-due-reminder mzj",
            "10-28 08:30 assignment-due-reminder mzj",
            "10-30 15:00 assignment-claimed dcs",
            "11-05 08:30 assignment-check-reminder dcs",
            "11-05 15:00 assignment-returned mzj",
            "11-05 15:00 assignment-overdue mzj +dcs",
            "11-10 15:00 assignment-claimed dcs",
            "11-11 15:00 assignment-struck-off mzj",
        ]);

    /// <summary>The id of a notice is given without the flow's name and the case's, which all of them begin with.</summary>
    private static void Told(InMemoryCounty county, string struckOff, string[] asked, string[] mails)
    {
        var id = Stories.CaseOf(county);
        var state = county.Record<Assignment>(id).State;

        Assert.Equal(asked, county.Asked($"TaskSupervision-{id}").Select(line => line.Replace($"NoticeDelivery-{id}.", "", StringComparison.Ordinal)));
        Assert.Equal(mails, county.Mails);
        Assert.Equal(LocalTime.Local(struckOff), state.StruckOffAt);
        Assert.True(county.Flows.All.All(flow => flow.Ended));
    }
}
