using Workflows.Testing;

[assembly: AssemblyFixture(typeof(AzuriteServer))]

namespace Workflows.Server.Tests;
