using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using Workflows.Activities.Storage;
using Workflows.Orchestrations;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Workflows.Architecture.Tests;

/// <summary>
/// Rooms do not use rooms. Durable, Calendar, Units, Cases and Notices are what every room stands on; Disputes,
/// Supervision and Reports stand beside each other.
/// </summary>
public sealed class RoomTests
{
    private static readonly ArchUnitNET.Domain.Architecture Built = new ArchLoader()
        .LoadAssemblies(typeof(FlowCatalogue).Assembly, typeof(ITables).Assembly)
        .Build();

    [Theory]
    [InlineData("Disputes", "Supervision|Reports")]
    [InlineData("Supervision", "Disputes|Reports")]
    [InlineData("Reports", "Disputes|Supervision")]
    public void A_room_does_not_use_the_room_beside_it(string room, string others)
    {
        Types().That().ResideInNamespaceMatching(In("Orchestrations", room))
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(In("(Orchestrations|Activities)", others)))
            .WithoutRequiringPositiveResults()
            .Check(Built);
        Types().That().ResideInNamespaceMatching(In("Activities", room))
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(In("(Orchestrations|Activities)", others)))
            .WithoutRequiringPositiveResults()
            .Check(Built);
    }

    [Fact]
    public void No_room_uses_the_one_that_changes_the_rules_of_all() =>
        Types().That().ResideInNamespaceMatching(In("Orchestrations", "Durable|Calendar|Units|Cases|Notices|Disputes|Supervision|Reports"))
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(In("Orchestrations", "Rules")))
            .Check(Built);

    [Theory]
    [InlineData("Durable", "Calendar|Units|Cases|Notices|Disputes|Supervision|Reports")]
    [InlineData("Calendar", "Units|Cases|Notices|Disputes|Supervision|Reports")]
    [InlineData("Units", "Cases|Notices|Disputes|Supervision|Reports")]
    [InlineData("Notices", "Cases|Disputes|Supervision|Reports")]
    [InlineData("Cases", "Disputes|Supervision|Reports")]
    public void What_rooms_stand_on_does_not_use_what_stands_on_it(string foundation, string above) =>
        Types().That().ResideInNamespaceMatching(In("Orchestrations", foundation))
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(In("Orchestrations", above)))
            .Check(Built);

    [Theory]
    [InlineData("Storage")]
    [InlineData("PersonalData")]
    [InlineData("Cases")]
    [InlineData("Notices")]
    [InlineData("Flows")]
    public void The_outside_of_the_foundations_does_not_use_a_room(string foundation) =>
        Types().That().ResideInNamespaceMatching(In("Activities", foundation))
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(In("(Orchestrations|Activities)", "Disputes|Supervision|Reports")))
            .WithoutRequiringPositiveResults()
            .Check(Built);

    private static string In(string project, string rooms) => $@"^Workflows\.{project}\.({rooms})(\.|$)";
}
