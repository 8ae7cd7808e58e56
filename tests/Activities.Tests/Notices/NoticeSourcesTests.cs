using Workflows.Activities.Notices;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Notices;

/// <summary>A rule that rests on a law is cited in the notice that it causes; one that the county has set itself cites none.</summary>
public sealed class NoticeSourcesTests
{
    private static readonly NoticeTemplates Templates = NoticeTemplates.Load(Path.Combine(ReferenceCounty.Root, "seeds", "templates"));

    [Theory]
    [InlineData("dispute-alert", "人民调解法第二十五条")]
    [InlineData("dispute-lift-needs-consent", "人民调解法第三条、第十七条")]
    [InlineData("dispute-lift-needs-consent", "人民调解法第二十五条")]
    [InlineData("dispute-consent-asked", "人民调解法第三条、第十七条")]
    [InlineData("dispute-consent-reminder", "人民调解法第三条、第十七条")]
    [InlineData("dispute-transferred", "人民调解法第三条、第十七条")]
    [InlineData("dispute-mediator-chosen", "人民调解法第十九条")]
    [InlineData("dispute-mediator-agreed", "人民调解法第十九条")]
    [InlineData("dispute-avoidance-asked", "人民调解法第十四条、第十五条")]
    [InlineData("dispute-rights-notice", "人民调解法第二十六条")]
    [InlineData("dispute-signatures-missing", "人民调解法第二十九条")]
    [InlineData("dispute-signatures-reminder", "人民调解法第二十九条")]
    [InlineData("dispute-signatures-overdue", "人民调解法第二十九条")]
    [InlineData("dispute-settled", "人民调解法第三十三条")]
    [InlineData("dispute-settled", "人民调解法第三十一条")]
    [InlineData("dispute-settled-unconfirmable", "人民调解法第三十一条")]
    [InlineData("dispute-confirmation-reminder", "人民调解法第三十三条")]
    [InlineData("dispute-court-overdue", "人民调解协议司法确认程序若干规定第四条、第五条")]
    [InlineData("dispute-performance-reminder", "人民调解法第三十一条")]
    [InlineData("dispute-performance-overdue", "人民调解法第三十一条")]
    public void A_notice_cites_the_article_of_the_rule_that_causes_it(string template, string article) =>
        Assert.Contains(article, Body(template), StringComparison.Ordinal);

    [Fact]
    public void The_rights_notice_of_a_refusal_cites_the_right_to_refuse_too()
    {
        Assert.Contains("人民调解法第十七条、第二十六条", Body("dispute-rights-notice", ("reason", "当事人明确拒绝调解")), StringComparison.Ordinal);
        Assert.DoesNotContain("第十七条", Body("dispute-rights-notice", ("reason", "总期限届满")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dispute-term-reminder")]
    [InlineData("dispute-term-overdue")]
    public void The_month_of_the_county_is_the_laws_and_the_terms_below_it_are_the_countys_own(string template)
    {
        Assert.Contains("（人民调解工作若干规定第三十三条）", Body(template, ("level", "县级")), StringComparison.Ordinal);
        Assert.DoesNotContain("若干规定", Body(template, ("level", "村级")), StringComparison.Ordinal);
        Assert.DoesNotContain("若干规定", Body(template, ("level", "镇级")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_standstill_cites_its_article_and_no_article_where_the_county_has_set_the_reason()
    {
        Assert.Contains("（依据：民法典第一百八十条）", Body("dispute-suspended", ("source", "民法典第一百八十条")), StringComparison.Ordinal);
        var own = Body("dispute-suspended", ("source", "operator default"));
        Assert.DoesNotContain("依据", own, StringComparison.Ordinal);
        Assert.DoesNotContain("operator", own, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alert_cites_what_its_rule_names_and_one_of_older_rules_what_it_always_did()
    {
        Assert.Contains("依据：人民调解法第二十五条、未成年人保护法第十一条。请即研判", Body("dispute-alert", ("basis", "人民调解法第二十五条、未成年人保护法第十一条")), StringComparison.Ordinal);
        Assert.Contains("依据：人民调解法第二十五条。请即研判", Body("dispute-alert"), StringComparison.Ordinal);
        Assert.DoesNotContain("依据", Body("dispute-alert", ("basis", "")), StringComparison.Ordinal);
    }

    private static string Body(string template, params (string Name, string Value)[] words)
    {
        string[] all = ["to", "case", "category", "place", "people", "level", "handler", "responsible", "due", "why", "reason", "wanted", "next", "mediator",
            "party", "ways", "missing", "form", "about", "source", "until", "unit"];
        var model = all.ToDictionary(word => word, word => (object?)$"〔{word}〕");
        model["basis"] = null;
        foreach (var (name, value) in words)
        {
            model[name] = value;
        }

        return Templates.Render(template, model).Body;
    }
}
