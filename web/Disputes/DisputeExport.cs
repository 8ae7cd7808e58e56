using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Workflows.Activities.Cases;
using Workflows.Activities.PersonalData;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Web.Disputes.Pages;
using Workflows.Web.Parties;
using Workflows.Web.Tables;

namespace Workflows.Web.Disputes;

/// <summary>Disputes as a table for people, names masked. Read page by page, so that the length of the time does not matter.</summary>
internal sealed class DisputeExport(CaseStore cases, PersonalDataTable personal, RuleShelf shelf)
{
    private static readonly string[] Headings =
    [
        "编号", "状态", "层级", "承办单位", "地点", "类别", "人数", "危险", "申请人", "被申请人", "登记日期", "最近期限", "警示", "逾期次数", "结束日期", "结束原因", "案号",
    ];

    /// <summary>Those registered in a time, first and last day included.</summary>
    public ExportTable Table(DateOnly from, DateOnly until, CancellationToken cancellation) => new("纠纷", Headings, Rows(from, until, cancellation));

    private async IAsyncEnumerable<string[]> Rows(DateOnly from, DateOnly until, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var month = new DateOnly(from.Year, from.Month, 1); month <= until; month = month.AddMonths(1))
        {
            await foreach (var row in cases.All(string.Create(CultureInfo.InvariantCulture, $"disputes.opened.{month:yyyy-MM}"), cancellation))
            {
                var opened = shelf.Current.Calendar.LocalDate(row.Card.OpenedAt);
                if (opened >= from && opened <= until)
                {
                    yield return await Cells(row, opened, cancellation);
                }
            }
        }
    }

    private async Task<string[]> Cells(CardRow row, DateOnly opened, CancellationToken cancellation)
    {
        var dispute = row.Card.Summary.Deserialize<DisputeSummary>(Wire.Options)!;
        var rules = shelf.Current;
        var people = await personal.GetParties(row.Case, cancellation);
        var state = (await cases.Get<Dispute>(DisputeEscalation.FlowName, row.Case, cancellation))?.State;
        string Names(PartyRole role) => string.Join('、', (state?.Parties ?? [])
            .Where(party => party.Role == role)
            .Select(party => people.FirstOrDefault(person => person.PartyId == party.Id))
            .OfType<PartyData>()
            .Select(person => Mask.Name(person.Name)));
        string Day(DateTimeOffset? at) => at is { } moment ? rules.Calendar.LocalDate(moment).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "";
        return
        [
            dispute.Id,
            state is null ? dispute.Status : PartyWords.Status(state.Status),
            PartyWords.Level(dispute.Level),
            rules.Units.Find(dispute.Handler)?.Name ?? dispute.Handler,
            rules.Units.Find(dispute.Place)?.Name ?? dispute.Place,
            rules.Disputes.Process.Categories.FirstOrDefault(category => category.Id == dispute.Category)?.NameZh ?? dispute.Category,
            dispute.People.ToString(CultureInfo.InvariantCulture),
            dispute.Danger ? "是" : "否",
            Names(PartyRole.Applicant),
            Names(PartyRole.Respondent),
            opened.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            // A term that is over at midnight ends on the day before.
            dispute.EndedAt is null ? Day(dispute.Due?.AddTicks(-1)) : "",
            dispute.EndedAt is null ? DisputeText.Light(dispute.Light) : "",
            dispute.Overdue.ToString(CultureInfo.InvariantCulture),
            Day(dispute.EndedAt),
            dispute.EndReason is { } reason ? DisputeText.EndReason(reason) : "",
            shelf.CodeOf(dispute.Id),
        ];
    }
}
