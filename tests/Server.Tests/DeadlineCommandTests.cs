using System.Text.Json;

namespace Workflows.Server.Tests;

/// <summary>The deadline calculator on the command line.</summary>
public sealed class DeadlineCommandTests
{
    [Fact]
    public async Task A_due_date_is_printed_with_the_steps_that_led_to_it()
    {
        var (code, output, errors) = await ServerProcess.Run("deadline", "--policy", "XF-OBJECT", "--from", "2025-09-26");
        Assert.Equal("", errors);
        Assert.Equal(0, code);
        Assert.StartsWith("XF-OBJECT 对转送交办提出异议 from 2025-09-26 is due 2025-10-10\n", output, StringComparison.Ordinal);
        Assert.Contains("make-up workday", output, StringComparison.Ordinal);
        Assert.Contains("信访工作条例(2022) 第二十三条", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_as_json()
    {
        var (code, output, _) = await ServerProcess.Run("deadline", "--policy", "XF-OBJECT", "--from", "2025-09-26", "--json");
        Assert.Equal(0, code);
        var deadline = JsonDocument.Parse(output).RootElement;
        Assert.Equal("2025-10-10", deadline.GetProperty("due").GetString());
        Assert.Equal("2025-10-10T16:00:00+00:00", deadline.GetProperty("overAt").GetString());
        Assert.True(deadline.GetProperty("why").GetArrayLength() >= 3);
    }

    [Fact]
    public async Task A_year_without_a_calendar_is_an_answer_and_not_a_guess()
    {
        var (code, output, errors) = await ServerProcess.Run("deadline", "--policy", "XF-OBJECT", "--from", "2026-12-30");
        Assert.Equal(2, code);
        Assert.Equal("", output);
        Assert.Contains("2027", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NOPE", "2025-09-26", "--policy is not known")]
    [InlineData("XF-OBJECT", "26.9.2025", "--from must be a date such as 2025-09-26")]
    [InlineData("DV-ORDER", "2025-09-26", "--from must be an instant")]
    public async Task A_bad_question_is_told_which_option_is_wrong(string policy, string from, string expected)
    {
        var (code, _, errors) = await ServerProcess.Run("deadline", "--policy", policy, "--from", from);
        Assert.Equal(1, code);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
    }
}
