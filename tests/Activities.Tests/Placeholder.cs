namespace Workflows.Activities.Tests;

public sealed class Placeholder
{
    [Fact]
    public void Two_and_two_is_four() => Assert.Equal(4, 2 + 2);
}
