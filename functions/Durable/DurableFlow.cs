using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Workflows.Activities.Flows;
using Workflows.Orchestrations.Durable;

namespace Workflows.Functions.Durable;

/// <summary>
/// What a flow may do, over an orchestration of Durable Functions. Commands come from the table, never from an event:
/// an event is a poke that says the table may hold something. So one that is lost, doubled or late costs time only.
/// </summary>
public sealed partial class DurableFlow : IFlow
{
    private readonly TaskOrchestrationContext context;
    private readonly FlowBegin begin;
    private readonly FlowTable flows;
    private readonly ActivityTable activities;
    private readonly IRuleShelf rules;
    private DateTimeOffset floor;
    private JsonElement? status;
    private ILogger? logger;

    /// <param name="context">Of the orchestration; this generation's alone.</param>
    /// <param name="begin">What the generation began with.</param>
    /// <param name="flows">The flows that may be started.</param>
    /// <param name="activities">The activities that may be asked.</param>
    /// <param name="rules">Where rule sets are found.</param>
    public DurableFlow(
        TaskOrchestrationContext context, FlowBegin begin, FlowTable flows, ActivityTable activities, IRuleShelf rules)
    {
        this.context = context;
        this.begin = begin;
        this.flows = flows;
        this.activities = activities;
        this.rules = rules;
        floor = begin.Floor ?? default;
        after = begin.After;
    }

    public string Id => context.InstanceId;

    /// <summary>The platform's clock, but never below a date that its timer, which may fire early, has reported.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = new DateTimeOffset(DateTime.SpecifyKind(context.CurrentUtcDateTime, DateTimeKind.Utc));
            return now > floor ? now : floor;
        }
    }

    public int Recorded { get; private set; }

    /// <summary>What it last said of itself in this generation.</summary>
    internal JsonElement? LastStatus => status;

    /// <summary>The next generation's input, when the code asked for one.</summary>
    public JsonElement? RestartInput { get; private set; }

    public TRules Rules<TRules>(string version)
        where TRules : class
    {
        Enter();
        return rules.Get<TRules>(version);
    }

    public Task<TResult> Call<TResult>(IActivity<TResult> request, Retry? retry = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        Enter();
        var name = request.GetType().Name;
        var element = Element($"The request {name}", Wire.Write((object)request));
        if (!activities.Names.Contains(name))
        {
            throw new InvalidOperationException($"No activity is called {name}.");
        }

        return Answer<TResult>(name, request.Key, element, retry ?? Retry.Standard);
    }

    public async Task Start(string flow, string id, object input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Enter();
        if (flows.Newest(flow) is not { } other || !(input is JsonElement || other.Input.IsInstanceOfType(input)))
        {
            throw new InvalidOperationException($"No flow is called {flow} and takes {input.GetType().Name}.");
        }

        Refuse(FlowLimits.IdProblem("flow's id", id));
        var data = JsonSerializer.SerializeToUtf8Bytes(input, input is JsonElement ? typeof(JsonElement) : other.Input, Wire.Options);
        var request = new StartAnother(Id, flow, id, Element($"The input of {flow}", data));
        Refuse((await Ask<StartAnother, StartedAnother>(request)).Refusal);
    }

    public async Task<SendOutcome> Send<TCommand>(string id, string commandId, TCommand command)
        where TCommand : class
    {
        ArgumentNullException.ThrowIfNull(command);
        Enter();
        Refuse(FlowLimits.IdProblem("flow's id", id) ?? FlowLimits.IdProblem("command's id", commandId));
        var name = command.GetType().Name;
        var request = new SendToAnother(id, commandId, name, Element($"The command {name}", Wire.Write(command)));
        return (await Ask<SendToAnother, SentToAnother>(request)).Outcome;
    }

    /// <summary>
    /// Cut where it is too long: to the seam's 4,000 characters for the registry; for the platform so that its own JSON,
    /// which escapes every Chinese character, stays under the 16 KB that kill an instance.
    /// </summary>
    public void Status(object status)
    {
        ArgumentNullException.ThrowIfNull(status);
        Enter();
        this.status = StatusText.Cut(JsonSerializer.SerializeToElement(status, status.GetType(), Wire.Options), Wire.Options);
        context.SetCustomStatus(StatusText.Cut(this.status.Value, JsonSerializerOptions.Default));
    }

    public void Restart<TInput>(TInput input)
        where TInput : notnull
    {
        Enter();
        RestartInput = Element("The next generation's input", Wire.Write(input));
    }

    public void Log(string template, params object?[] values)
    {
        Enter();
        logger ??= context.CreateReplaySafeLogger("Workflows.Flow");
#pragma warning disable CA2254 // The template is the flow's own constant, handed through.
        logger.LogInformation(template, values);
#pragma warning restore CA2254
    }

    /// <summary>Waits for the moment of a start for later, on a platform that may not know such starts.</summary>
    internal async Task Begin()
    {
        if (begin.NotBefore is { } moment && moment > Now)
        {
            await context.CreateTimer(moment.UtcDateTime, CancellationToken.None);
            floor = moment > floor ? moment : floor;
        }
    }

    /// <summary>A step of the flow's own keeping; tried for so long that an outage of the store is waited out.</summary>
    internal async Task<TAnswer> Ask<TRequest, TAnswer>(TRequest request)
    {
        Recorded++;
        var answer = await context.CallActivityAsync<JsonElement>(
            typeof(TRequest).Name, JsonSerializer.SerializeToElement(request, Wire.Options), Retries.Patient);
        Recorded++;
        return Plain.Of(answer).Deserialize<TAnswer>(Wire.Options)
            ?? throw new InvalidOperationException($"{typeof(TRequest).Name} was answered with nothing.");
    }

    private static JsonElement Element(string what, byte[] data)
    {
        Refuse(FlowLimits.PayloadProblem(what, data));
        return JsonSerializer.Deserialize<JsonElement>(data, Wire.Options);
    }

    private static void Refuse(string? problem)
    {
        if (problem is not null)
        {
            throw new InvalidOperationException(problem);
        }
    }

    private async Task<TResult> Answer<TResult>(string name, string key, JsonElement request, Retry retry)
    {
        Recorded++;
        try
        {
            var call = new ActivityCall(Id, key, retry.Timeout, request);
            var answer = await context.CallActivityAsync<JsonElement>(
                name, JsonSerializer.SerializeToElement(call, Wire.Options), Retries.Of(retry));
            Recorded++;
            return Wire.Read<TResult>(Wire.Write(Plain.Of(answer)));
        }
        catch (TaskFailedException failure)
        {
            Recorded++;
            throw new ActivityFailedException(name, key, retry.AttemptsMax, failure.FailureDetails.ErrorMessage);
        }
    }

    private void Enter()
    {
        if (RestartInput is not null)
        {
            throw new InvalidOperationException("The flow did not return right after Restart.");
        }
    }
}
