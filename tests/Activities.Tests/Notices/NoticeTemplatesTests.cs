using Workflows.Activities.Notices;
using Workflows.Testing;

namespace Workflows.Activities.Tests.Notices;

public sealed class NoticeTemplatesTests : IDisposable
{
    private const string Reminder = """
        subject: 关于{{ case.code }}的提醒

        {{ unit }}：

        {% for step in steps %}{{ forloop.index }}. {{ step }}
        {% endfor %}{% if note %}备注：{{ note }}{% else %}无备注{% endif %}{{ case.lead }}{% if case.lead == nil %}，无牵头{% endif %}
        共{{ count }}件，{{ due | date: "%Y年%-m月%-d日" }}前办结。
        """;

    private readonly TempFolder folder = new();

    private static Dictionary<string, object?> Model => new()
    {
        ["case"] = new Dictionary<string, object?> { ["code"] = "<D-1> & \"甲\"", ["lead"] = null },
        ["unit"] = "鲤城街道",
        ["steps"] = new[] { "签收", "反馈" },
        ["note"] = null,
        ["count"] = 12345,
        ["due"] = new DateTimeOffset(2026, 3, 6, 0, 0, 0, TimeSpan.FromHours(8)),
    };

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Subject_and_body_are_filled_in_as_plain_text()
    {
        Write("reminder", Reminder);

        var (subject, body) = NoticeTemplates.Load(folder.Root).Render("reminder", Model);

        Assert.Equal("关于<D-1> & \"甲\"的提醒", subject);
        Assert.Equal("鲤城街道：\n\n1. 签收\n2. 反馈\n无备注，无牵头\n共12345件，2026年3月6日前办结。", body);
    }

    [Theory]
    [InlineData("subject: s\n\nDear {{ nobody }}", "nobody")]
    [InlineData("subject: {{ nobody }}\n\nbody", "nobody")]
    [InlineData("subject: s\n\n{{ case.nothing }}", "nothing")]
    [InlineData("subject: s\n\n{{ case['nothing'] }}", "nothing")]
    [InlineData("subject: s\n\n{{ nobody.name }}", "nobody")]
    [InlineData("subject: s\n\n{% if nobody %}x{% endif %}", "nobody")]
    [InlineData("subject: s\n\n{{ unit | no_filter }}", "no_filter")]
    public void A_value_or_filter_that_is_not_there_is_an_error(string template, string words)
    {
        Write("t", template);

        var error = Assert.Throws<NoticeTemplateException>(() => NoticeTemplates.Load(folder.Root).Render("t", Model));

        Assert.Contains("'t'", error.Message, StringComparison.Ordinal);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no head\n\nbody", "t.liquid(1)")]
    [InlineData("subject: s\nbody", "t.liquid(2)")]
    [InlineData("subject: s", "t.liquid(2)")]
    [InlineData("subject: s\n\nfine\n{% if x %}\nnever ended", "t.liquid(5): ")]
    [InlineData("subject: s\n\nfine\n{% nonsense %}", "t.liquid(4): ")]
    [InlineData("subject: {{ x\n\nbody", "t.liquid(1): ")]
    public void A_fault_is_found_when_the_templates_are_read_with_file_and_line(string template, string words)
    {
        Write("t", template);

        var error = Assert.Throws<NoticeTemplateException>(() => NoticeTemplates.Load(folder.Root));

        Assert.StartsWith(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_template_is_an_error_that_names_the_known_ones()
    {
        Write("b", "subject: s\n\nbody");
        Write("a", "subject: s\n\nbody");

        var error = Assert.Throws<NoticeTemplateException>(() => NoticeTemplates.Load(folder.Root).Render("c", Model));

        Assert.Equal("There is no template 'c'; there are a, b.", error.Message);
    }

    private void Write(string name, string text) => File.WriteAllText(folder.File($"{name}.liquid"), text);
}
