using System.Text.Json;
using Workflows.Functions.Durable;
using Workflows.Functions.Tests.Scripted;
using Workflows.Orchestrations.Durable;
using Workflows.Testing.Durable;

namespace Workflows.Functions.Tests;

/// <summary>A status that is too long would kill an instance of the real platform, so it is cut.</summary>
public sealed class Statuses
{
    private const int CharactersMax = 4_000;
    private static readonly DateTimeOffset Monday = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("x", 3_000)]
    [InlineData("x", 9_000)]
    [InlineData("纠", 700)]
    [InlineData("纠", 3_000)]
    [InlineData("纠", 9_000)]
    [InlineData("\"", 5_000)]
    [InlineData("😀", 2_500)]
    public void A_status_fits_into_the_platforms_own_JSON(string sign, int times)
    {
        var flow = FlowDefinition.Of<string, string>("Says", async (flow, text) =>
        {
            flow.Status(new Text(text));
            await flow.Next<Said>();
            return "";
        });
        using var host = new ScriptedHost(new FlowTable(flow), new ActivityTable(), new RuleShelf(), Monday);
        var text = string.Concat(Enumerable.Repeat(sign, times));

        host.Start("Says", "f", text);
        host.RunUntil(Monday.AddMinutes(1));

        // 16 KB of UTF-16 is the platform's end.
        Assert.InRange(host.Hub.Find("f")!.CustomStatus!.Length, 1, CharactersMax);
        var kept = host.Info("f").Status!.Value;
        Assert.InRange(JsonSerializer.Serialize(kept, Wire.Options).Length, 1, CharactersMax);
        if (JsonSerializer.Serialize(new Text(text), Wire.Options).Length <= CharactersMax)
        {
            Assert.Equal(text, kept.GetProperty("said").GetString());
        }
        else
        {
            Assert.StartsWith("{\"said\":\"", kept.GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_went_through_the_platforms_serializer_is_written_as_we_write_it()
    {
        var wire = Wire.Write(new Text("纠纷 a+b \"q\" \\ 1.50 😀"));
        var escaped = JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(wire), ScriptedContext.Json);

        Assert.Contains("\\u7EA0", escaped, StringComparison.Ordinal);
        Assert.Equal(wire, Wire.Write(Plain.Of(JsonSerializer.Deserialize<JsonElement>(escaped))));
        Assert.Equal("[1.50,1e3,null,true]", Plain.Of(JsonSerializer.Deserialize<JsonElement>("[1.50, 1e3, null, true]")).GetRawText());
    }

    private sealed record Text(string Said);
}
