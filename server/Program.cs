using System.CommandLine;
using Workflows.Server.Commands;

var root = new RootCommand("Workflows: disputes, supervision and deadlines of a county, on one machine.");
ServeCommand.AddTo(root);
root.Subcommands.Add(DemoCommand.Create());
root.Subcommands.Add(DeadlineCommand.Create());
root.Subcommands.Add(PlanCommand.Create());
root.Subcommands.Add(BackupCommand.Create());
root.Subcommands.Add(VerifyCommand.Create());
root.Subcommands.Add(CompactCommand.Create());
root.Subcommands.Add(MeasuresCommand.Create());
root.Subcommands.Add(RulesCommand.Create());
root.Subcommands.Add(PersonalDataCommand.Create());
root.Subcommands.Add(DisputesCommand.Create());
root.Subcommands.Add(MediatorsCommand.Create());
return await root.Parse(args).InvokeAsync();
