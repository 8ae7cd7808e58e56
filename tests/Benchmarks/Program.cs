using System.Globalization;
using Workflows.Benchmarks;

return args switch
{
    ["engine", .. var rest] => await Run(Row.OfEngine, rest),
    ["storage", .. var rest] => await Run(Row.OfStorage, rest),
    ["child", var file, var work] => await Child.Run(file, int.Parse(work, CultureInfo.InvariantCulture)),
    ["list"] => Bench.List(),
    _ => Bench.Usage(),
};

static Task<int> Run(IReadOnlyList<Row> rows, string[] rest) =>
    rest is [] or [['-', ..], ..] ? Bench.Run(rows, null, rest) : Bench.Run(rows, rest[0], rest[1..]);
