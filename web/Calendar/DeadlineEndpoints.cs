using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Calendar;
using Workflows.Web.Http;

namespace Workflows.Web.Calendar;

/// <summary>The deadline calculator: the same counting that every clock rests on.</summary>
internal static class DeadlineEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/deadlines", Compute).WithTags("Deadlines")
            .Describe<DeadlineView>("ComputeDeadline", "The due date of a policy from a date (2025-09-26) or an instant (2025-09-26T10:00:00+08:00), with the steps that led to it.")
            .Takes(
                new QueryParameter("policy", "The id of a policy.", Required: true),
                new QueryParameter("from", "A date such as 2025-09-26, or an instant such as 2025-09-26T10:00:00+08:00, which hours need.", Required: true))
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        routes.MapGet("/api/policies", (RuleShelf rules) => Reply.Ok(rules.Current.Policies.All)).WithTags("Deadlines")
            .Describe<IReadOnlyList<DeadlinePolicy>>("ListPolicies", "All deadline policies with their sources.");
    }

    private static Reply Compute(HttpRequest request, RuleShelf shelf)
    {
        var errors = new FieldErrors();
        var query = QueryOnce.Read(request, errors, "policy", "from");

        // A plus that was sent as it stands arrives as a space, and no instant has a space.
        var answer = DeadlineCalculator.Compute(shelf.Current, query["policy"], query["from"]?.Replace(' ', '+'), errors);
        return answer switch
        {
            null => Reply.Invalid(errors),
            DeadlineAnswer.Due due => Reply.Ok(DeadlineView.Of(due.Deadline, shelf.Current)),
            DeadlineAnswer.NoCalendar missing => Reply.Of(
                StatusCodes.Status422UnprocessableEntity, "no-calendar", "A year has no calendar yet.", missing.Reason),
            DeadlineAnswer.NotValid invalid => Reply.Of(
                StatusCodes.Status422UnprocessableEntity, "policy-not-valid", "The policy does not apply to this date.", invalid.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
