using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Cases;

namespace Workflows.Orchestrations.Supervision;

/// <summary>Reads and checks which policy runs which clock of an assignment. Pure: the bytes come from the caller.</summary>
public static class SupervisionData
{
    /// <summary>supervision.json, checked against the policies.</summary>
    public static DataResult<SupervisionProcess> Parse(string file, ReadOnlySpan<byte> json, PolicyBook policies)
    {
        List<DataError> errors = [];
        if (DataJson.Read<SupervisionFile>(file, json, errors) is not { } read)
        {
            return new(null, errors);
        }

        // Each of them is chased until done: a clock that falls silent would leave the assignment to die of it.
        PolicyUse.Check(file, "$.signFor", read.SignFor, policies, errors, repeats: true);
        PolicyUse.Check(file, "$.finish", read.Finish, policies, errors, repeats: true, fromDate: true);
        PolicyUse.Check(file, "$.check", read.Check, policies, errors, repeats: true);
        return DataResult<SupervisionProcess>.Of(new SupervisionProcess(read.SignFor, read.Finish, read.Check), errors);
    }

    private sealed record SupervisionFile(string SignFor, string Finish, string Check, string? Note = null);
}
