using System.Reflection;
using System.Runtime.CompilerServices;
using Workflows.Orchestrations;
using Workflows.Orchestrations.Durable;

namespace Workflows.Architecture.Tests;

/// <summary>Deciders are pure: static, without a state of their own, and they wait for nothing.</summary>
public sealed class DeciderTests
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly IReadOnlyList<Type> Types =
        [.. typeof(FlowCatalogue).Assembly.GetTypes().Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)))];

    public static TheoryData<string> Deciders =>
        [.. Types.Where(type => type.Name.EndsWith("Decider", StringComparison.Ordinal)).Select(type => type.FullName!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Deciders))]
    public void A_decider_is_static_and_decides_without_waiting(string name)
    {
        var decider = typeof(FlowCatalogue).Assembly.GetType(name)!;

        Assert.True(decider is { IsAbstract: true, IsSealed: true }, $"{name} is no static class.");
        var decide = decider.GetMethod("Decide", BindingFlags.Public | BindingFlags.Static);
        Assert.Equal(typeof(Step<,>), decide!.ReturnType.GetGenericTypeDefinition());
        Assert.Equal(
            [decide.ReturnType.GetGenericArguments()[0], decide.ReturnType.GetGenericArguments()[1], typeof(Occasion)],
            decide.GetParameters().Take(3).Select(parameter => parameter.ParameterType));
        Assert.Empty(decider.GetMethods(Own).Where(IsAsynchronous).Select(method => method.Name));
    }

    [Fact]
    public void There_are_deciders_of_disputes_assignments_sheets_and_deliveries() =>
        Assert.Equal(
            [
                "Workflows.Orchestrations.Disputes.DisputeDecider",
                "Workflows.Orchestrations.Notices.DeliveryDecider",
                "Workflows.Orchestrations.Supervision.AssignmentDecider",
                "Workflows.Orchestrations.Supervision.PlanDecider",
                "Workflows.Orchestrations.Supervision.Sheets.SheetDecider",
                "Workflows.Orchestrations.Supervision.Sheets.UnitSheetsDecider",
            ],
            Deciders.Select(row => row.Data));

    [Fact]
    public void Nothing_in_orchestrations_keeps_a_state_that_can_change_between_two_decisions()
    {
        var mutable = Types
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => !field.IsInitOnly && !field.IsLiteral)
            .Select(field => $"{field.DeclaringType!.FullName}.{field.Name}");

        Assert.Empty(mutable);
    }

    [Fact]
    public void Only_flows_and_the_seam_wait()
    {
        var waiting = Types
            .Where(type => type.GetMethods(Own).Any(IsAsynchronous))
            .Where(type => type.Namespace != "Workflows.Orchestrations.Durable")
            .Select(type => type.FullName!);

        Assert.Equal(
            ["Workflows.Orchestrations.Rules.RulesChange", "Workflows.Orchestrations.Supervision.PlanActivation", "Workflows.Orchestrations.Supervision.PlanClosing"],
            waiting.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Facts_are_closed_so_that_a_decider_knows_them_all()
    {
        var facts = Types.Where(type => type.Name.EndsWith("Fact", StringComparison.Ordinal)).ToList();

        Assert.Equal(6, facts.Count);
        Assert.All(facts, fact =>
        {
            Assert.True(fact.IsAbstract);
            Assert.DoesNotContain(fact.GetConstructors(Own), constructor => constructor.GetParameters().Length == 0 && !constructor.IsPrivate);
            Assert.All(fact.GetNestedTypes(), nested => Assert.True(nested.IsSealed, $"{nested.FullName} is not sealed."));
        });
    }

    private static bool IsAsynchronous(MethodInfo method) =>
        typeof(Task).IsAssignableFrom(method.ReturnType)
        || method.ReturnType.Name.StartsWith("ValueTask", StringComparison.Ordinal)
        || method.ReturnType.Name.StartsWith("IAsyncEnumerable", StringComparison.Ordinal);
}
