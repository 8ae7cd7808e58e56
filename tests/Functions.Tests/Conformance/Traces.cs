using System.Text.Json;
using Workflows.Functions.Durable;
using Workflows.Orchestrations.Durable;

namespace Workflows.Functions.Tests.Conformance;

/// <summary>What every flow of a host asked for and got, told from the flow's side, so that all hosts tell it alike.</summary>
internal sealed class Traces
{
    private readonly SortedDictionary<string, List<Generation>> flows = new(StringComparer.Ordinal);

    /// <summary>The same flow, telling.</summary>
    public FlowDefinition Of(FlowDefinition flow) => flow with
    {
        Run = async (inner, input) =>
        {
            var told = Begin(inner.Id, Text(input));
            told.Lines.Add($"{flow.Name} {Text(input)}");
            try
            {
                var result = await flow.Run(new TracedFlow(inner, told), input);
                if (told.Next is null)
                {
                    told.Lines.Add($"end {(result is null ? "" : Text(result))}");
                }

                return result;
            }
            catch (InvalidOperationException stopped)
            {
                told.Lines.Add($"stopped: {stopped.Message}");
                throw;
            }
        },
    };

    /// <summary>All lines, flow by flow, generation by generation.</summary>
    public IEnumerable<string> Lines()
    {
        lock (flows)
        {
            return [.. flows.SelectMany(flow => flow.Value.SelectMany(generation => generation.Lines).Select(line => $"{flow.Key}: {line}"))];
        }
    }

    private static string Text(object value) => Text(Wire.Write(value));

    /// <summary>The same values are the same text, however a host has escaped them.</summary>
    private static string Text(byte[] json) => Plain.Of(JsonSerializer.Deserialize<JsonElement>(json, Wire.Options)).GetRawText();

    /// <summary>A replay tells a generation again from its beginning; only what a restart asked for is another one.</summary>
    private Generation Begin(string id, string input)
    {
        lock (flows)
        {
            if (!flows.TryGetValue(id, out var generations))
            {
                flows[id] = generations = [];
            }

            if (generations.Count > 0 && generations[^1].Next != input)
            {
                generations.RemoveAt(generations.Count - 1);
            }

            generations.Add(new Generation());
            return generations[^1];
        }
    }

    private sealed class Generation
    {
        public List<string> Lines { get; } = [];

        /// <summary>The input of the generation that follows.</summary>
        public string? Next { get; set; }
    }

    private sealed class TracedFlow(IFlow inner, Generation told) : IFlow
    {
        public string Id => inner.Id;

        public DateTimeOffset Now => inner.Now;

        public int Recorded => inner.Recorded;

        public TRules Rules<TRules>(string version)
            where TRules : class => inner.Rules<TRules>(version);

        public async Task<TResult> Call<TResult>(IActivity<TResult> request, Retry? retry = null)
        {
            // The answer is told where the call was made: several calls may be answered in any order.
            var place = Tell($"call {request.GetType().Name} {request.Key} {Text(request)}");
            try
            {
                var result = await inner.Call(request, retry);
                told.Lines[place] += $" -> {Text(Wire.Write(result))}";
                return result;
            }
            catch (ActivityFailedException failure)
            {
                // Some hosts name the exception's type before its message.
                told.Lines[place] += $" !! {failure.Activity} {failure.Key} {failure.Attempts} {failure.Reason.Split(": ")[^1]}";
                throw;
            }
        }

        public async Task<Received<TCommand>?> Next<TCommand>(DateTimeOffset? until = null)
            where TCommand : class
        {
            var place = Tell($"next {until:O}");
            var received = await inner.Next<TCommand>(until);
            told.Lines[place] += received is null
                ? $" -> reached {inner.Now >= until}"
                : $" -> {received.CommandId} {received.AcceptedAt:O} {Text(received.Body)}";
            return received;
        }

        public Task Start(string flow, string id, object input)
        {
            Tell($"start {flow} {id} {Text(input)}");
            return inner.Start(flow, id, input);
        }

        public async Task<SendOutcome> Send<TCommand>(string id, string commandId, TCommand command)
            where TCommand : class
        {
            var place = Tell($"send {id} {commandId} {Text(command)}");
            var outcome = await inner.Send(id, commandId, command);
            told.Lines[place] += $" -> {outcome}";
            return outcome;
        }

        public void Status(object status)
        {
            Tell($"status {Text(status)}");
            inner.Status(status);
        }

        public void Restart<TInput>(TInput input)
            where TInput : notnull
        {
            Tell($"restart {Text(input)}");
            told.Next = Text(input);
            inner.Restart(input);
        }

        public void Log(string template, params object?[] values) => inner.Log(template, values);

        private int Tell(string line)
        {
            told.Lines.Add(line);
            return told.Lines.Count - 1;
        }
    }
}
