using System.Reflection;
using System.Text.RegularExpressions;
using Workflows.Activities.Storage;
using Workflows.Engine;
using Workflows.Orchestrations;

namespace Workflows.Architecture.Tests;

/// <summary>Who may know whom, project by project.</summary>
public sealed partial class AssemblyTests
{
    private static readonly Assembly Orchestrations = typeof(FlowCatalogue).Assembly;
    private static readonly Assembly Engine = typeof(EmbeddedEngine).Assembly;
    private static readonly Assembly Activities = typeof(ITables).Assembly;
    private static readonly Assembly Web = Assembly.Load("Workflows.Web");
    private static readonly Assembly Functions = Assembly.Load("Workflows.Functions");

    [Fact]
    public void Orchestrations_use_the_base_library_only() =>
        Assert.Empty(Foreign(Orchestrations));

    [Fact]
    public void The_engine_uses_the_seam_its_store_and_a_log_only() =>
        Assert.Empty(Foreign(Engine).Except(
            ["Workflows.Orchestrations", "Microsoft.Data.Sqlite", "SQLitePCLRaw.core", "Microsoft.Extensions.Logging.Abstractions"]));

    [Fact]
    public void The_engine_knows_no_domain_word()
    {
        var named = SourceTree.CSharp
            .Where(path => path.StartsWith("engine/", StringComparison.Ordinal))
            .SelectMany(path => RoomName().Matches(SourceTree.Read(path)).Select(match => $"{path}: {match.Value}"));

        Assert.Empty(named);
        Assert.Empty(Engine.GetTypes()
            .SelectMany(Uses)
            .Where(type => type.Assembly == Orchestrations && type.Namespace != "Workflows.Orchestrations.Durable")
            .Distinct());
    }

    [Fact]
    public void Activities_know_neither_the_engine_nor_the_hosts() =>
        Assert.Equal(["Workflows.Orchestrations"], Ours(Activities));

    [Fact]
    public void The_web_knows_neither_the_engine_nor_the_server() =>
        Assert.Equal(["Workflows.Activities", "Workflows.Orchestrations"], Ours(Web));

    [Fact]
    public void Functions_know_all_but_the_engine_and_the_server()
    {
        // What stands in for the platform's packages is declarations and no project of ours.
        Assert.Equal(
            ["Workflows.Activities", "Workflows.Orchestrations", "Workflows.Web"], Ours(Functions).Except(["Workflows.AzureContracts"]));
        Assert.DoesNotContain("Workflows.Functions", Ours(Assembly.Load("Workflows.Server")));
    }

    [Fact]
    public void The_declarations_of_the_platform_use_nothing_of_ours_and_are_used_by_the_functions_only()
    {
        Assert.Empty(Ours(Assembly.Load("Workflows.AzureContracts")));
        Assert.All(
            new[] { Orchestrations, Engine, Activities, Web },
            assembly => Assert.DoesNotContain("Workflows.AzureContracts", Ours(assembly)));
    }

    private static IEnumerable<string> Foreign(Assembly assembly) => assembly.GetReferencedAssemblies()
        .Select(name => name.Name!)
        .Where(name => !name.StartsWith("System.", StringComparison.Ordinal));

    private static IEnumerable<string> Ours(Assembly assembly) => assembly.GetReferencedAssemblies()
        .Select(name => name.Name!)
        .Where(name => name.StartsWith("Workflows.", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    /// <summary>The types of a type's members; what its methods do inside is seen in the source.</summary>
    private static IEnumerable<Type> Uses(Type type)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        return type.GetFields(All).Select(field => field.FieldType)
            .Concat(type.GetMethods(All).Select(method => method.ReturnType))
            .Concat(type.GetMethods(All).SelectMany(method => method.GetParameters()).Select(parameter => parameter.ParameterType))
            .Concat(type.GetConstructors(All).SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.ParameterType))
            .Concat(type.GetInterfaces())
            .SelectMany(used => used.IsGenericType ? used.GetGenericArguments().Prepend(used) : [used]);
    }

    [GeneratedRegex(@"Workflows\.(Orchestrations\.(?!Durable\b)\w+|Activities|Web|Server)")]
    private static partial Regex RoomName();
}
