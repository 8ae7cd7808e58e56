namespace Workflows.Orchestrations.Calendar;

/// <summary>
/// A running deadline: when to remind, when it is over, and how often it was said that it is. The clock is part of a
/// case's state; it goes on only by <see cref="Said"/>, so nothing is said twice and nothing is skipped. Its date moves
/// only by <see cref="Moved"/>, <see cref="Extended"/> and <see cref="Recounted"/>; what was said before stays said and keeps its number.
/// </summary>
/// <param name="Deadline">The date with the steps that led to it.</param>
/// <param name="Reminders">Moments before the date, ascending, UTC.</param>
/// <param name="RemindersSaid">How many of them are behind.</param>
/// <param name="OverdueSaid">How often it was said that the date is over.</param>
/// <param name="NextOverdue">When it is said next; null when it is not repeated.</param>
public sealed record Clock(
    Deadline Deadline,
    IReadOnlyList<DateTimeOffset> Reminders,
    int RemindersSaid,
    int OverdueSaid,
    DateTimeOffset? NextOverdue)
{
    /// <summary>When somebody must look; null when the clock has nothing more to say.</summary>
    public DateTimeOffset? Next => RemindersSaid < Reminders.Count ? Reminders[RemindersSaid] : NextOverdue;

    /// <summary>It was said that the date is over, and it has not moved on since.</summary>
    public bool IsOverdue => OverdueSaid > 0 && NextOverdue != Deadline.At;

    /// <summary>True when the end of the term itself, not a reminder, is what <paramref name="at"/> has reached.</summary>
    public bool IsOver(DateTimeOffset at) => NextOverdue <= at;

    /// <summary>True when a reminder is due and the term is not over yet.</summary>
    public bool IsReminderDue(DateTimeOffset at) =>
        !IsOver(at) && RemindersSaid < Reminders.Count && Reminders[RemindersSaid] <= at;

    /// <summary>A clock that begins now.</summary>
    public static Clock Start(DeadlinePolicy policy, DateTimeOffset from, CountyCalendar calendar) =>
        Of(policy, Deadlines.Always(policy, from, calendar), from, calendar);

    /// <summary>A clock for a date that is fixed elsewhere, such as a plan's own date.</summary>
    public static Clock Given(DeadlinePolicy policy, DateTimeOffset from, DateOnly date, CountyCalendar calendar) =>
        Of(policy, Deadlines.Given(policy, calendar.LocalDate(from), date, calendar), from, calendar);

    /// <summary>A clock for a date that was counted from another day than today, such as an agreement's effect.</summary>
    public static Clock Counted(DeadlinePolicy policy, Deadline deadline, DateTimeOffset from, CountyCalendar calendar) =>
        Of(policy, deadline, from, calendar);

    /// <summary>The clock once everything due at <paramref name="at"/> has been said, by one notice for all of it.</summary>
    public Clock Said(DateTimeOffset at, DeadlinePolicy policy, CountyCalendar calendar)
    {
        var reminders = RemindersSaid;
        while (reminders < Reminders.Count && (Reminders[reminders] <= at || IsOver(at)))
        {
            reminders++;
        }

        if (!IsOver(at))
        {
            return this with { RemindersSaid = reminders };
        }

        var said = OverdueSaid;
        DateTimeOffset? next = NextOverdue;
        do
        {
            said++;
            next = policy.RepeatOverdue is null ? null : Deadlines.NextOverdueNotice(policy, Deadline, said, calendar);
        }
        while (next <= at);

        return this with { RemindersSaid = reminders, OverdueSaid = said, NextOverdue = next };
    }

    /// <summary>
    /// The clock after its matter stood still: the date moves by the days it really took. One that was over before
    /// stays as it is.
    /// </summary>
    /// <param name="from">When it stopped.</param>
    /// <param name="to">When it went on.</param>
    /// <param name="policy">The clock's own.</param>
    /// <param name="calendar">The county's.</param>
    public Clock Moved(DateTimeOffset from, DateTimeOffset to, DeadlinePolicy policy, CountyCalendar calendar) =>
        Deadline.At <= from ? this : To(Deadlines.Moved(policy, Deadline, from, to, calendar), to, policy, calendar);

    /// <summary>The clock with more time.</summary>
    /// <param name="days">1 or more, of the kind that the policy counts.</param>
    /// <param name="at">When it was granted; may lie after the date.</param>
    /// <param name="policy">The clock's own.</param>
    /// <param name="calendar">The county's.</param>
    public Clock Extended(int days, DateTimeOffset at, DeadlinePolicy policy, CountyCalendar calendar) =>
        To(Deadlines.Extended(policy, Deadline, days, calendar), at, policy, calendar);

    /// <summary>The clock from the beginning; its reminders are numbered on.</summary>
    public Clock Anew(DeadlinePolicy policy, DateTimeOffset from, CountyCalendar calendar)
    {
        var fresh = Start(policy, from, calendar);
        return fresh with { Reminders = [.. Reminders.Take(RemindersSaid), .. fresh.Reminders], RemindersSaid = RemindersSaid };
    }

    /// <summary>
    /// The clock under another version of the rules. What was said stays said; what is due and unsaid stays due; a date that
    /// now lies in the past is said to be over once, unless that has been said.
    /// </summary>
    /// <param name="deadline">As <see cref="Deadlines.Recounted"/> gives it.</param>
    /// <param name="at">When the rules changed.</param>
    /// <param name="policy">The new one.</param>
    /// <param name="calendar">The new one.</param>
    public Clock Recounted(Deadline deadline, DateTimeOffset at, DeadlinePolicy policy, CountyCalendar calendar)
    {
        var waiting = Reminders.Skip(RemindersSaid).Where(moment => moment <= at).ToList();
        return this with
        {
            Deadline = deadline,
            Reminders =
            [
                .. Reminders.Take(RemindersSaid),
                .. Deadlines.RemindersOf(policy, deadline, calendar).Where(moment => moment > at || waiting.Contains(moment)),
            ],
            NextOverdue = OverdueAfter(deadline, at, policy, calendar),
        };
    }

    private DateTimeOffset? OverdueAfter(Deadline deadline, DateTimeOffset at, DeadlinePolicy policy, CountyCalendar calendar)
    {
        if (OverdueSaid == 0 || deadline.At > at)
        {
            return deadline.At;
        }

        if (policy.RepeatOverdue is null || NextOverdue <= at)
        {
            return policy.RepeatOverdue is null ? null : NextOverdue;
        }

        var (said, next) = (OverdueSaid, deadline.At);
        while (next <= at)
        {
            next = Deadlines.NextOverdueNotice(policy, deadline, said++, calendar);
        }

        return next;
    }

    private Clock To(Deadline deadline, DateTimeOffset at, DeadlinePolicy policy, CountyCalendar calendar) => deadline == Deadline ? this : this with
    {
        Deadline = deadline,
        Reminders = [.. Reminders.Take(RemindersSaid), .. Deadlines.RemindersOf(policy, deadline, calendar).Where(moment => moment > at)],
        NextOverdue = deadline.At,
    };

    /// <summary>A reminder whose moment was over when the clock began is dropped: nobody needs it in the same minute.</summary>
    private static Clock Of(DeadlinePolicy policy, Deadline deadline, DateTimeOffset from, CountyCalendar calendar) => new(
        deadline,
        [.. Deadlines.RemindersOf(policy, deadline, calendar).Where(moment => moment > from)],
        RemindersSaid: 0,
        OverdueSaid: 0,
        NextOverdue: deadline.At);
}
