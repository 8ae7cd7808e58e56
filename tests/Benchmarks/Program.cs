using System.Globalization;
using Workflows.Benchmarks;

return args switch
{
    ["engine"] => await Bench.Run(null, []),
    ["engine", ['-', ..], ..] => await Bench.Run(null, args[1..]),
    ["engine", var row, ..] => await Bench.Run(row, args[2..]),
    ["child", var file, var work] => await Child.Run(file, int.Parse(work, CultureInfo.InvariantCulture)),
    ["list"] => Bench.List(),
    _ => Bench.Usage(),
};
