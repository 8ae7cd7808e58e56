using System.Text.Json;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Cases;
using Workflows.Orchestrations.Supervision.Scores;
using Workflows.Orchestrations.Supervision.Sheets;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Supervision;

/// <summary>Reads and checks how tasks of plans are supervised. Pure: the bytes come from the caller.</summary>
public static class SupervisionData
{
    /// <summary>supervision.json, checked against the policies and, where it names a unit, the units.</summary>
    public static DataResult<SupervisionProcess> Parse(string file, ReadOnlySpan<byte> json, PolicyBook policies, UnitRegister? units = null)
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
        var lists = new SupervisionLists(file, policies, errors);
        return DataResult<SupervisionProcess>.Of(
            new SupervisionProcess(
                read.SignFor,
                read.Finish,
                read.Check,
                lists.Feedback(read.Feedback),
                lists.Lights(read.Lights),
                lists.Indicators(read.Indicators),
                lists.Extension(read.Extension),
                lists.Standstill(read.Standstill),
                lists.Objection(read.Objection, units),
                lists.AtExpiry(read.AtExpiry),
                new SheetData(file, policies, units, errors).Check(read.Sheets),
                new ScoreData(file, read.Sheets, errors).Check(read.Score)),
            errors);
    }

    private sealed record SupervisionFile(
        string SignFor,
        string Finish,
        string Check,
        string? Note = null,
        FeedbackRule? Feedback = null,
        IReadOnlyList<JsonElement>? Lights = null,
        IndicatorRule? Indicators = null,
        TimeRule? Extension = null,
        SupervisionLists.StandstillFile? Standstill = null,
        ObjectionRule? Objection = null,
        ExpiryRule? AtExpiry = null,
        SheetRules? Sheets = null,
        ScoreData.ScoreFile? Score = null);
}
