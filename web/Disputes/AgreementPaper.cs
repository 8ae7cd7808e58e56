using System.Globalization;
using Workflows.Activities.Documents;
using Workflows.Activities.PersonalData;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Disputes;

namespace Workflows.Web.Disputes;

/// <summary>An agreement as a paper: what 人民调解法 29 asks it to hold, with names and full texts.</summary>
internal static class AgreementPaper
{
    /// <summary>What was written down of the matter, the clauses in order, and who the parties are; null where it was erased.</summary>
    /// <param name="Code">The case's official code.</param>
    /// <param name="Facts">As the mediator put them with the agreement; null when nobody did.</param>
    /// <param name="Summary">As it was registered, which stands in for them.</param>
    /// <param name="Clauses">In order.</param>
    /// <param name="People">The parties.</param>
    /// <param name="Mediators">Their names.</param>
    public sealed record Texts(
        string Code, string? Facts, string? Summary, IReadOnlyList<ClauseText> Clauses, IReadOnlyList<PartyData> People, IReadOnlyList<string> Mediators);

    /// <param name="Terms">What was agreed.</param>
    /// <param name="Manner">How it is performed; null when nothing was agreed.</param>
    public sealed record ClauseText(string? Terms, string? Manner);

    public static Paper Of(Dispute dispute, Agreement agreement, DisputeRules rules, Texts texts)
    {
        var handler = rules.Units.Find(dispute.Handler)?.Name ?? dispute.Handler;
        var agreedOn = DeadlineText.Zh(agreement.AgreedOn!.Value);
        List<PaperBlock> blocks =
        [
            new PaperBlock.Heading("一、当事人"),
            .. dispute.Parties.Select(party => new PaperBlock.Text(PartyNames.Described(party, texts.People, rules.Process))),
            new PaperBlock.Heading(agreement.FactsText is null ? "二、纠纷情况" : "二、主要事实、争议事项和各方责任"),
            new PaperBlock.Text((agreement.FactsText is null ? texts.Summary : texts.Facts) ?? PartyNames.Erased),
            new PaperBlock.Text($"纠纷类别：{rules.CategoryOf(dispute.Category).NameZh}。调解组织：{handler}。"),
            new PaperBlock.Heading("三、协议内容"),
            .. agreement.Clauses!.Select((clause, index) => new PaperBlock.Text(ClauseWords(dispute, clause, texts.Clauses[index], texts.People))),
            new PaperBlock.Heading("四、效力"),
            new PaperBlock.Text(agreement.On is { } on
                ? $"本协议于{agreedOn}达成，自{DeadlineText.Zh(on)}起生效。"
                : $"本协议于{agreedOn}达成，尚有签名或者盖章未齐，齐备之日起生效。"),
            new PaperBlock.Text(Confirmation(agreement, rules)),
            .. agreement.Form == AgreementForm.Written
                ? (PaperBlock[])[new PaperBlock.Text("本协议书由各方当事人各执一份，调解组织留存一份（人民调解法第二十九条）。")]
                : [],
            .. rules.Process.Aftercare!.LegalNotes.Select((note, index) =>
                new PaperBlock.Text(string.Create(CultureInfo.InvariantCulture, $"{index + 1}. {note.Cited}。"))),
            new PaperBlock.Heading("五、签名"),
            .. dispute.Parties.Select(party => Sign(
                agreement, party.Id, $"{PartyNames.Role(party)}{PartyNames.Of(party.Id, texts.People)}（{PartyNames.ActedFor(party, texts.People, rules.Process)}签章或者按指印）：")),
            Sign(agreement, Signature.Mediator, $"调解员{string.Join("、", texts.Mediators)}（签名）："),
            Sign(agreement, Signature.Seal, $"{handler}（人民调解组织印章）："),
        ];
        return new Paper(agreement.Form == AgreementForm.Written ? "人民调解协议书" : "口头调解协议记录", $"编号：{texts.Code}", blocks);
    }

    private static string ClauseWords(Dispute dispute, Clause clause, ClauseText text, IReadOnlyList<PartyData> people)
    {
        var words = string.Create(CultureInfo.InvariantCulture, $"（{Numerals.Zh(clause.Number)}）{text.Terms ?? PartyNames.Erased}");
        List<string> terms = [];
        if (clause.Party is { } party)
        {
            terms.Add($"履行人：{PartyNames.Role(dispute.Parties.First(known => known.Id == party))}{PartyNames.Of(party, people)}");
        }

        if (clause.Amount is { } amount)
        {
            terms.Add(string.Create(CultureInfo.InvariantCulture, $"金额：{amount:#,##0.00}元"));
        }

        if (text.Manner is { } manner)
        {
            terms.Add($"履行方式：{manner}");
        }

        if (clause.Due is { } due)
        {
            terms.Add($"履行期限：{DeadlineText.Zh(due)}前（含当日）");
        }

        return terms.Count == 0 ? words : $"{words}\n{string.Join("；", terms)}。";
    }

    private static string Confirmation(Agreement agreement, DisputeRules rules)
    {
        if (agreement.Bar is { } id)
        {
            var bar = rules.Process.Aftercare!.Bars.First(known => known.Id == id);
            return $"本协议不适用司法确认：{bar.ReasonZh}（{bar.Source}）。";
        }

        return agreement.Confirmation is { } until
            ? $"各方可以在{DeadlineText.Zh(until.Date)}前（含当日）共同申请司法确认。"
            : "各方可以自协议生效之日起三十日内共同申请司法确认。";
    }

    /// <summary>A written agreement that was recorded by its day of effect alone leaves the days blank.</summary>
    private static PaperBlock.Signature Sign(Agreement agreement, string by, string who) => new(
        who,
        agreement.Signatures?.FirstOrDefault(signature => signature.By == by) is { } signed ? DeadlineText.Zh(signed.On) : "　　　　年　　月　　日");
}
