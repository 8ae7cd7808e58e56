using System.Globalization;
using System.Text;
using Workflows.Orchestrations.Supervision.Scores;
using Workflows.Web.Pages;
using Workflows.Web.Supervision.Scores;

namespace Workflows.Web.Supervision.Pages;

/// <summary>A unit's scores month by month as a line; a month without tasks leaves a gap.</summary>
internal static class TrendChart
{
    private const int Width = 760;
    private const int Height = 240;
    private const int Left = 64;
    private const int Right = 24;
    private const int Top = 28;
    private const int Bottom = 34;

    /// <param name="months">Oldest first; at least one.</param>
    /// <param name="rule">Its classes are the lines across.</param>
    public static string Svg(IReadOnlyList<TrendMonthView> months, ScoreRule rule)
    {
        // The lowest score stands clear of the ground, so that small differences are seen.
        var low = months.Min(month => month.Score?.Score) is { } worst ? Math.Max(rule.Floor, (Math.Floor(worst / 10) - 1) * 10) : rule.Floor;
        decimal X(int index) => Left + ((Width - Left - Right) * (decimal)index / Math.Max(1, months.Count - 1));
        decimal Y(decimal score) => Height - Bottom - ((Height - Top - Bottom) * (score - low) / Math.Max(1, rule.Ceiling - low));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""<svg viewBox="0 0 {Width} {Height}" width="{Width}" height="{Height}" role="img" aria-label="近十二个月得分走势">""");
        foreach (var one in rule.Classes.Where(one => one.From >= low))
        {
            svg.Append(CultureInfo.InvariantCulture, $"""<line x1="{Left}" x2="{Width - Right}" y1="{Y(one.From):0.#}" y2="{Y(one.From):0.#}" stroke="#ddd"/><text x="4" y="{Y(one.From) + 4:0.#}">{PageHtml.Text(one.NameZh)} {ScoreText.Number(one.From)}</text>""");
        }

        for (var index = 0; index < months.Count; index++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"""<text x="{X(index):0.#}" y="{Height - 10}" text-anchor="middle">{months[index].Month:yy-MM}</text>""");
            if (months[index].Score is not { Score: var score })
            {
                continue;
            }

            if (index > 0 && months[index - 1].Score is { Score: var before })
            {
                svg.Append(CultureInfo.InvariantCulture, $"""<line x1="{X(index - 1):0.#}" y1="{Y(before):0.#}" x2="{X(index):0.#}" y2="{Y(score):0.#}" stroke="#0b57a4" stroke-width="2"/>""");
            }

            svg.Append(CultureInfo.InvariantCulture, $"""<circle cx="{X(index):0.#}" cy="{Y(score):0.#}" r="4" fill="#0b57a4"><title>{SupervisionHtml.Month(months[index].Month)}：{ScoreText.Number(score)}分</title></circle><text class="value" x="{X(index):0.#}" y="{Y(score) - 9:0.#}" text-anchor="middle">{ScoreText.Number(score)}</text>""");
        }

        return svg.Append("</svg>").ToString();
    }
}
