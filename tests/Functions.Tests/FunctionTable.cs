using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Workflows.Activities.Cases;
using Workflows.Activities.Disputes;
using Workflows.Activities.Flows;
using Workflows.Activities.Notices;
using Workflows.Activities.Rules;
using Workflows.Activities.Storage;
using Workflows.Activities.Supervision;
using Workflows.Functions.Durable;
using Workflows.Functions.Hosting;
using Workflows.Functions.Triggers;
using Workflows.Orchestrations;
using Workflows.Testing;

namespace Workflows.Functions.Tests;

/// <summary>Every flow and every activity has its function, and every function its flow or activity.</summary>
public sealed class FunctionTable
{
    [Fact]
    public void Every_flow_of_the_catalogue_is_an_orchestration_and_every_orchestration_a_flow() =>
        Assert.Equal(FlowCatalogue.All.Names, Named<OrchestrationTriggerAttribute>(typeof(FlowFunctions)));

    [Fact]
    public async Task Every_registered_activity_is_a_function_and_every_such_function_an_activity()
    {
        using var folder = new TempFolder();
        using var blobs = new FileBlobs(folder.File("blobs"));
        var shelf = await RuleShelf.Open(
            Path.Combine(ReferenceCounty.Root, "seeds"), new MemoryTables(), blobs, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(
            CountyServices.Activities(
                new CaseStore(new MemoryTables()),
                new DeliverNoticeByMail(null!, null!, null!, () => null!),
                new Digests(new MemoryTables()),
                new Workflows.Activities.Supervision.PlanSlices(null!, null!),
                shelf,
                new CaseChanges(null!, null!, null!, null!),
                new PeopleOfCases(null!),
                new SheetNumbers(null!)).Names,
            Named<ActivityTriggerAttribute>(typeof(ActivityFunctions)));
    }

    [Fact]
    public void Every_step_of_a_flows_own_keeping_is_a_function()
    {
        var asked = new[]
        {
            typeof(LookIntoInbox), typeof(StartAnother), typeof(SendToAnother), typeof(BeginGeneration), typeof(EndFlow), typeof(BlockFlow),
        };

        Assert.Equal(asked.Select(type => type.Name).Order(StringComparer.Ordinal), Named<ActivityTriggerAttribute>(typeof(StepFunctions)));
    }

    [Fact]
    public void There_are_no_other_functions_but_one_for_requests_and_the_sweeps_of_a_minute_and_a_day()
    {
        var others = typeof(FlowRunner).Assembly.GetTypes()
            .Except([typeof(FlowFunctions), typeof(ActivityFunctions), typeof(StepFunctions)])
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => method.GetCustomAttribute<FunctionAttribute>()?.Name)
            .OfType<string>();

        Assert.Equal(["DailySweep", "EveryRequest", "MinuteSweep"], others.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_function_is_called_as_its_method()
    {
        var functions = typeof(FlowRunner).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null && method.Name != "Run");

        Assert.All(functions, method => Assert.Equal(method.Name, method.GetCustomAttribute<FunctionAttribute>()!.Name));
    }

    private static IEnumerable<string> Named<TTrigger>(Type type)
        where TTrigger : Attribute => type.GetMethods()
        .Where(method => method.GetParameters().Any(parameter => parameter.IsDefined(typeof(TTrigger), false)))
        .Select(method => method.GetCustomAttribute<FunctionAttribute>()!.Name)
        .Order(StringComparer.Ordinal);
}
