using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Supervision.Sheets;
using Workflows.Testing;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Supervision.Sheets;

/// <summary>A unit that misses something, and the sheets it gets, in the hands of their deciders.</summary>
internal static class SheetSamples
{
    public const string Unit = "mzj";
    public const string Office = "dcs";
    public const string Matter = "2023-3.T18";

    /// <summary>A Monday.</summary>
    public static DateTimeOffset Begin { get; } = Local("2025-11-03 09:00");

    public static CaseRun<UnitMatters, UnitSheetsFact, SupervisionRules> Of(string unit = Unit, SupervisionRules? rules = null)
    {
        var run = new CaseRun<UnitMatters, UnitSheetsFact, SupervisionRules>(new UnitSheets(), new UnitMatters(unit, ReferenceCounty.SheetedVersion, Begin), rules ?? ReferenceCounty.Sheeted);
        run.Open();
        return run;
    }

    public static UnitSheetsFact.MatterChanged Missed(string task = "T18", string cause = SheetCauses.Finish, string unit = Unit) =>
        new($"2023-3.{task}.{unit}", $"2023-3.{task}", "社区服务", [new MissedCause(cause, Day("2025-10-31"))]);

    public static UnitSheetsFact.MatterChanged Mended(string task = "T18", string unit = Unit) => Missed(task, unit: unit) with { Causes = [] };

    /// <summary>Reaches the next date and gives the number that was asked for.</summary>
    public static void Out(this CaseRun<UnitMatters, UnitSheetsFact, SupervisionRules> run, long number)
    {
        var next = run.Kind.Next(run.State)!.Value;
        run.Reach(next);
        run.Number(next, number);
    }

    public static void Number(this CaseRun<UnitMatters, UnitSheetsFact, SupervisionRules> run, DateTimeOffset at, long number) =>
        run.Tell(at, Occasion.Clock, new UnitSheetsFact.NumberTaken(number));

    /// <summary>The sheets that went out.</summary>
    public static IReadOnlyList<Sheet> Sheets(this CaseRun<UnitMatters, UnitSheetsFact, SupervisionRules> run) =>
    [
        .. run.Starts.Where(start => start.Flow == SupervisionSheet.FlowName)
            .Select(start => System.Text.Json.JsonSerializer.Deserialize<CaseRecord<Sheet>>(start.Input, Wire.Options)!.State),
    ];

    public static CaseRun<Sheet, SheetFact, SupervisionRules> Issued(string color = "blue", params string[] tasks)
    {
        var keys = tasks.Length > 0 ? tasks : ["T18"];
        var sheet = new Sheet(
            $"{Unit}.s1", ReferenceCounty.SheetedVersion, Unit, Office, SheetForm.Sheet, color, "仙政督〔2025〕1号", Begin,
            [.. keys.Select(task => new SheetPart($"2023-3.{task}", [new MissedItem($"2023-3.{task}.{Unit}", "社区服务", [new MissedCause(SheetCauses.Finish, Day("2025-10-31"))])]))]);
        var run = new CaseRun<Sheet, SheetFact, SupervisionRules>(new SupervisionSheet(), sheet, ReferenceCounty.Sheeted);
        run.Open();
        return run;
    }

    public static UnitSheetsFact.SheetReleased Released(Sheet sheet, SheetResult result) =>
        new(sheet.Id, [.. sheet.Parts.Select(part => part.Key)], result, sheet.Number, sheet.Color, Day("2025-11-04"));

    public static string Code<TState, TFact>(Step<TState, TFact> step) => Assert.IsType<Step<TState, TFact>.Refused>(step).Code;
}
