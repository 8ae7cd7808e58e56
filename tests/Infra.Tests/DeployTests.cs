using Workflows.Testing;

namespace Workflows.Infra.Tests;

/// <summary>deploy.sh with commands in the place of the Azure CLI and the SDK that write down what they are asked.</summary>
public sealed class DeployTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_look_ahead_changes_and_publishes_nothing()
    {
        var (code, _, errors) = await Deploy("county", "dev", "--what-if");

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(
            ["az deployment group what-if --resource-group county --template-file infra/main.bicep --parameters infra/dev.bicepparam"], Asked());
    }

    [Fact]
    public async Task A_deployment_publishes_against_the_real_packages_before_it_touches_anything()
    {
        var (code, output, errors) = await Deploy("county", "prod", "--location", "eastasia");

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal("https://said", output.Trim());
        Assert.Collection(
            Asked(),
            asked => Assert.StartsWith("dotnet publish functions -c Release -p:AzurePackages=true -o ", asked, StringComparison.Ordinal),
            asked => Assert.Equal("az group create --name county --location eastasia --output none", asked),
            asked => Assert.Equal("az deployment group create --resource-group county --template-file infra/main.bicep --parameters infra/prod.bicepparam --query properties.outputs.appName.value --output tsv", asked),
            asked => Assert.StartsWith("az functionapp deployment source config-zip --resource-group county --name said --src ", asked, StringComparison.Ordinal),
            asked => Assert.StartsWith("az functionapp show --resource-group county --name said", asked, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_touched_when_publishing_fails()
    {
        var (code, _, _) = await Deploy(["county", "dev"], dotnet: "exit 3");

        Assert.Equal(3, code);
        Assert.DoesNotContain(Asked(), asked => asked.StartsWith("az ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "say the resource group and dev or prod")]
    [InlineData("county", "say the resource group and dev or prod")]
    [InlineData("county test", "there is no infra/test.bicepparam")]
    [InlineData("county dev --force", "--force is not known here")]
    [InlineData("county dev --location", "--location needs a region")]
    public async Task A_wrong_argument_is_named(string arguments, string named)
    {
        var (code, _, errors) = await Deploy(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(1, code);
        Assert.StartsWith("deploy.sh: " + named, errors, StringComparison.Ordinal);
        Assert.Empty(Asked());
    }

    private string[] Asked() => File.Exists(folder.File("asked")) ? File.ReadAllLines(folder.File("asked")) : [];

    private Task<(int Code, string Output, string Errors)> Deploy(params string[] arguments) => Deploy(arguments, "mkdir -p \"${@: -1}\"; echo app > \"${@: -1}/app\"");

    private async Task<(int Code, string Output, string Errors)> Deploy(string[] arguments, string dotnet)
    {
        var bin = folder.File("bin");
        Directory.CreateDirectory(bin);
        PutCommand("az", "case \"$*\" in *tsv*) echo said;; esac");
        PutCommand("dotnet", dotnet);
        PutCommand("zip", "touch \"$2\"", isTold: false);
        await Command.Run("chmod", bin, null, "+x", "az", "dotnet", "zip");
        return await Command.Run(
            "bash",
            ReferenceCounty.Root,
            environment => environment["PATH"] = bin + Path.PathSeparator + environment["PATH"],
            ["infra/deploy.sh", .. arguments]);

        void PutCommand(string name, string script, bool isTold = true)
        {
            var path = Path.Combine(bin, name);
            var tell = isTold ? $"echo {name} \"$@\" >> {folder.File("asked")}\n" : "";
            File.WriteAllText(path, $"#!/usr/bin/env bash\n{tell}{script}\n");
        }
    }
}
