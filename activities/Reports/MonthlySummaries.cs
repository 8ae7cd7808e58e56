using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Fluid;
using Workflows.Activities.Cases;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Reports;

namespace Workflows.Activities.Reports;

/// <summary>The monthly summary, counted from the lists and put on a page.</summary>
public sealed class MonthlySummaries
{
    private readonly CaseStore cases;
    private readonly RuleShelf rules;
    private readonly MonthlyMeasures measures;
    private readonly Func<DateOnly, CancellationToken, Task<Annex?>>? annex;
    private readonly IFluidTemplate page;
    private readonly TemplateOptions options = new() { StrictVariables = true, StrictFilters = true };
    private readonly HtmlEncoder encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <param name="cases">Where the lists lie.</param>
    /// <param name="rules">The county's name and time zone.</param>
    /// <param name="template">The page as Liquid (seeds/reports/monthly-summary.liquid).</param>
    /// <param name="annex">What a month has at its end; nothing when not given.</param>
    public MonthlySummaries(CaseStore cases, RuleShelf rules, string template, Func<DateOnly, CancellationToken, Task<Annex?>>? annex = null)
    {
        this.annex = annex;
        this.cases = cases;
        this.rules = rules;
        measures = new MonthlyMeasures(cases, rules);
        page = new FluidParser().TryParse(template, out var parsed, out var error)
            ? parsed
            : throw new InvalidDataException($"monthly-summary.liquid: {error}");
        options.MemberAccessStrategy.Register<Figure>();
        options.MemberAccessStrategy.Register<PrintedMeasure>();
        options.MemberAccessStrategy.Register<Annex>();
        options.MemberAccessStrategy.Register<AnnexTable>();
        options.MemberAccessStrategy.Register<AnnexRow>();
    }

    public async Task<MonthlySummary> Of(DateOnly month, CancellationToken cancellation = default)
    {
        var notices = await Rows<NoticeRow>($"notices.month.{month:yyyy-MM}", cancellation);
        var measured = await measures.Of(month, cancellation: cancellation);
        var assignments = await Rows<AssignmentRow>("assignments", cancellation);
        return MonthlySummary.Of(month, measured, assignments, notices, rules.Current.Calendar.LocalDate) with
        {
            Annex = annex is null ? null : await annex(month, cancellation),
        };
    }

    /// <summary>The page, in Chinese; every number opens the list of records behind it.</summary>
    public async Task<string> Html(DateOnly month, CancellationToken cancellation = default)
    {
        var summary = await Of(month, cancellation);
        var context = new TemplateContext(options);
        context.SetValue("county", rules.Current.County.Name);
        context.SetValue("year", month.Year);
        context.SetValue("month", month.Month);
        context.SetValue("figures", summary.Figures);
        context.SetValue("measures", summary.Measures.Select(Printed).ToList());
        context.SetValue("annexes", summary.Annex is { } annexed ? (Annex[])[annexed] : []);
        return await page.RenderAsync(context, encoder);
    }

    private static PrintedMeasure Printed(MeasureRow row)
    {
        var unit = row.Unit == MeasureUnit.Percent ? "%" : "天";
        var median = row.Median is { } middle ? $"（中位数{Number(middle)}天）" : "";
        return new PrintedMeasure(
            row.NameZh,
            row.Value is { } value ? Number(value) + unit + median : "—",
            string.Create(CultureInfo.InvariantCulture, $"{row.Numerator} ÷ {row.Denominator}"),
            row.ExplanationZh);
    }

    private static string Number(decimal value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private async Task<IReadOnlyList<TRow>> Rows<TRow>(string list, CancellationToken cancellation)
    {
        var rows = new List<TRow>();
        await foreach (var row in cases.All(list, cancellation))
        {
            rows.Add(row.Card.Summary.Deserialize<TRow>(Wire.Options)!);
        }

        return rows;
    }

    private sealed record PrintedMeasure(string NameZh, string Text, string Rule, string Explanation);
}
