using Workflows.Activities.Rules;
using Workflows.Orchestrations.Disputes;

namespace Workflows.Web.Disputes;

/// <summary>
/// What is shown names a case by the county's present words, so that a case of a set from before there were words has
/// its code too.
/// </summary>
internal static class OfficialCode
{
    public static string CodeOf(this RuleShelf shelf, string id) => DisputeCode.Of(id, shelf.Current.Disputes.Process);
}
