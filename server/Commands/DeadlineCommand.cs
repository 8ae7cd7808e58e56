using System.CommandLine;
using System.Globalization;
using System.Text;
using Workflows.Activities.Rules;
using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Durable;
using Workflows.Web.Calendar;
using Workflows.Web.Http;

namespace Workflows.Server.Commands;

/// <summary>The deadline calculator on the command line.</summary>
internal static class DeadlineCommand
{
    public static Command Create()
    {
        var policy = new Option<string?>("--policy") { Description = "Id of a policy, such as DISPUTE-SIGN." };
        var from = new Option<string?>("--from") { Description = "A date such as 2025-09-26, or an instant such as 2025-09-26T10:00:00+08:00." };
        var json = new Option<bool>("--json") { Description = "Prints JSON." };
        var seeds = CommonOptions.Seeds();
        var command = new Command("deadline", "Computes a due date and says why it is that date.") { policy, from, json, seeds };
        command.SetAction((parsed, _) => CommonOptions.Run(() => Task.FromResult(Compute(
            RuleSet.Parse(RuleFiles.Read(parsed.GetRequiredValue(seeds))), parsed.GetValue(policy), parsed.GetValue(from), parsed.GetValue(json)))));
        return command;
    }

    private static int Compute(RuleSet rules, string? policy, string? from, bool json)
    {
        var errors = new FieldErrors();
        switch (DeadlineCalculator.Compute(rules, policy, from, errors))
        {
            case null:
                foreach (var (field, broken) in errors.All)
                {
                    Console.Error.WriteLine($"--{field} {string.Join(" and ", broken)}.");
                }

                return 1;
            case DeadlineAnswer.Due { Deadline: var deadline }:
                Console.WriteLine(json ? Encoding.UTF8.GetString(Wire.Write(DeadlineView.Of(deadline, rules))) : Text(DeadlineView.Of(deadline, rules)));
                return 0;
            case DeadlineAnswer.NoCalendar missing:
                Console.Error.WriteLine(missing.Reason);
                return 2;
            case DeadlineAnswer.NotValid invalid:
                Console.Error.WriteLine(invalid.Reason);
                return 2;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static string Text(DeadlineView view)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{view.Policy} {view.Name} from {view.From:yyyy-MM-dd} is due {view.Due:yyyy-MM-dd}");
        foreach (var step in view.Why)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {step.Date:yyyy-MM-dd}  {step.Text}");
        }

        text.Append(CultureInfo.InvariantCulture, $"  source: {view.Source}{(view.OperatorDefault && view.Source != "operator default" ? " (operator default)" : "")}");
        return text.ToString();
    }
}
