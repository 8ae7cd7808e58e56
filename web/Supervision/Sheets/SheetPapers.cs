using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Activities.Documents;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Supervision.Sheets;
using Workflows.Web.Http;

namespace Workflows.Web.Supervision.Sheets;

/// <summary>
/// A sheet as an official letter, Word and page: matter and basis, what is required, until when and how to answer, earlier
/// sheets and what came of them, what follows, whom to ask, copies. A letter to whom cannot be supervised has no word of a
/// next step.
/// </summary>
internal static class SheetPapers
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "docx", (paper, id) => Results.File(PaperDocx.Write(paper), PaperDocx.ContentType, $"{id}.docx"));
        Map(routes, "html", (paper, _) => Results.Text(PaperHtml.Write(paper), "text/html", Encoding.UTF8));
    }

    /// <summary>The paper; the same sheet gives the same paper whatever has happened to it since it went out.</summary>
    internal static Paper Of(Sheet sheet, SupervisionRules rules)
    {
        var sheets = rules.Process.Sheets!;
        var step = sheets.Find(sheet.Color)!;
        var unit = rules.Units.Find(sheet.Unit)!;
        var day = rules.Calendar.LocalDate(sheet.IssuedAt);
        var issuer = sheets.IssuerOf(unit.Kind, day) ?? sheets.Issuers.First(known => known.Unit == sheet.Issuer && known.Form == sheet.Form);
        var isLetter = sheet.Form == SheetForm.Letter;
        var titles = sheet.Parts.Select(part => part.Items[0].Title).ToList();
        List<PaperBlock> blocks =
        [
            new PaperBlock.Address($"{unit.Name}："),
            new PaperBlock.Text(isLetter
                ? $"为共同推进方案任务，根据{issuer.Authority.Document}，现就下列事项商请贵单位支持："
                : $"根据{issuer.Authority.Document}，经核对办理情况，现就下列事项发出{step.NameZh}："),
            new PaperBlock.Heading(isLetter ? "一、商请事项" : "一、督办事项和立项依据"),
            .. sheet.Parts.Select((part, index) => new PaperBlock.Text(Matter(part, index + 1))),
            new PaperBlock.Heading(isLetter ? "二、请予支持" : "二、办理要求"),
            new PaperBlock.Text(step.Request),
            new PaperBlock.Heading(isLetter ? "三、函复" : "三、签收和反馈"),
            new PaperBlock.Text(
                $"请于{Due(step.SignFor)}前签收，{Due(step.Feedback)}前书面{(isLetter ? "函复" : "反馈")}，由主要负责人签字并加盖公章；一事多个单位的，由牵头单位汇总。"),
        ];
        var earlier = sheet.Parts.SelectMany(part => part.Earlier ?? []).DistinctBy(past => past.Sheet).ToList();
        var number = "四五六";
        if (earlier.Count > 0)
        {
            blocks.Add(new PaperBlock.Heading($"{number[0]}、此前{(isLetter ? "函询" : "督办")}情况"));
            blocks.AddRange(earlier.Select(past => new PaperBlock.Text(
                $"{DeadlineText.Zh(past.IssuedOn)}{past.Number}（{sheets.Find(past.Color)?.NameZh ?? past.Color}）：{UnitSheetsDecider.ResultZh(past.Result)}。")));
            number = number[1..];
        }

        if (step.Next is { } next)
        {
            blocks.Add(new PaperBlock.Heading($"{number[0]}、期满未办"));
            blocks.Add(new PaperBlock.Text($"至{Due(next)}期满未反馈且事项未办结的，将发出{sheets.Find(sheets.After(step.Id))!.NameZh}。"));
        }

        blocks.Add(new PaperBlock.Text($"联系单位：{issuer.Contact}。"));
        blocks.Add(new PaperBlock.Closing($"{issuer.Header}\n{DeadlineText.Zh(day)}"));
        blocks.Add(new PaperBlock.Imprint(Copies(sheet, step, rules), $"{issuer.Header}　{DeadlineText.Zh(day)}印发"));
        return new Paper(
            $"关于{titles[0]}{(titles.Count > 1 ? FormattableString.Invariant($"等{titles.Count}项任务") : "任务")}办理情况的{step.NameZh}", sheet.Number, blocks, issuer.Header);

        string Due(string policy) => DeadlineText.Zh(Deadlines.Always(rules.Policies[policy], sheet.IssuedAt, rules.Calendar).Date);
    }

    private static string Matter(SheetPart part, int number)
    {
        var causes = part.Items.SelectMany(item => item.Causes).DistinctBy(cause => cause.Cause)
            .Select(cause => SheetCauses.Zh(cause.Cause) + (cause.Due is { } due ? $"（期限{DeadlineText.Zh(due)}）" : ""));
        return FormattableString.Invariant($"{number}. {part.Items[0].Title}（{string.Join("、", part.Items.Select(item => item.Assignment))}）：{string.Join("，", causes)}。");
    }

    private static string? Copies(Sheet sheet, SheetStep step, SupervisionRules rules)
    {
        string?[] copies = [rules.Units.SuperiorOf(sheet.Unit)?.Id, step.Leaders ? rules.Units.Duties.Leaders : null];
        var names = copies.OfType<string>().Where(copy => copy != sheet.Issuer && copy != sheet.Unit).Distinct().Select(copy => rules.Units.Find(copy)?.Name ?? copy).ToList();
        return names.Count > 0 ? $"抄送：{string.Join("、", names)}。" : null;
    }

    private static void Map(IEndpointRouteBuilder routes, string form, Func<Paper, string, IResult> give) =>
        routes.MapGet($"/sheets/{{id}}/sheet.{form}", async (string id, HttpContext http, SheetDesk desk) =>
            await desk.Find(id, http.RequestAborted) is { } record
                ? give(Of(record.State, desk.RulesOf(record.State)), id)
                : (IResult)Reply.NotFound($"There is no sheet {id}.")).ExcludeFromDescription();
}
