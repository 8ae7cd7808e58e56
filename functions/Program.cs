using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Workflows.Functions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
await builder.Services.AddCounty(
    builder.Configuration,
    CountyStores.Open(builder.Configuration),
    Path.Combine(AppContext.BaseDirectory, "seeds"),
    TimeProvider.System);
await builder.Build().RunAsync();
