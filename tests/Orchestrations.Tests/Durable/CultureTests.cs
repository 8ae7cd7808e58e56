using System.Globalization;
using System.Text;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Notices;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Tests.Disputes;
using Workflows.Testing;

namespace Workflows.Orchestrations.Tests.Durable;

/// <summary>A replay may run on a machine of another culture, where 2025 is the year 2568 or 1404.</summary>
public sealed class CultureTests
{
    [Theory]
    [InlineData("th-TH")]
    [InlineData("fa-IR")]
    [InlineData("ar-SA")]
    [InlineData("zh-CN")]
    public void What_is_decided_and_listed_does_not_depend_on_the_machines_culture(string culture)
    {
        var expected = Everything();
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);

            Assert.Equal(expected, Everything());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static List<string> Everything()
    {
        var dispute = Samples.Mediating();
        dispute.Tell(LocalTime.Local("2025-10-09 09:00"), Samples.Village, new DisputeFact.Settled(AgreementForm.Oral, LocalTime.Day("2030-01-01")));
        dispute.RunOut();
        var settled = Samples.Mediating();
        settled.Tell(LocalTime.Local("2025-09-28 12:00"), Samples.Village, new DisputeFact.SessionHeld(LocalTime.Day("2025-09-28")));
        settled.Tell(LocalTime.Local("2025-09-28 12:00"), Samples.Village, new DisputeFact.Settled(AgreementForm.Oral, LocalTime.Day("2025-09-28")));
        var assignment = new CaseRun<Assignment, AssignmentFact, SupervisionRules>(
            new TaskSupervision(),
            new Assignment(
                "2023-3.T01.mzj", ReferenceCounty.Version, "2023-3", "T01", "title", "mzj", AssignmentRole.Lead, Samples.Opened, LocalTime.Day("2025-10-31")),
            ReferenceCounty.Supervision);
        assignment.Open();
        assignment.RunUntil(LocalTime.Local("2025-11-20 09:00"));

        return
        [
            .. Told(dispute, ReferenceCounty.Disputes),
            .. Told(settled, ReferenceCounty.Disputes),
            .. Told(assignment, ReferenceCounty.Supervision),
            .. dispute.Notices.Select(notice => Text(new NoticeDelivery().Card(Delivery.Of(notice), ReferenceCounty.Notices))),
        ];
    }

    private static IEnumerable<string> Told<TState, TFact, TRules>(CaseRun<TState, TFact, TRules> run, TRules rules)
        where TFact : class
        where TRules : class =>
        [.. run.Journal.Select(Text), .. run.Starts.Select(Text), Text(run.Kind.Card(run.State, rules))];

    private static string Text<T>(T value) => Encoding.UTF8.GetString(Wire.Write(value));
}
