using System.Globalization;

namespace Workflows.Benchmarks;

/// <summary>The command line: which rows run, and how their lines are printed.</summary>
internal static class Bench
{
    public static int List()
    {
        foreach (var row in Row.OfEngine.Concat(Row.OfStorage))
        {
            Console.WriteLine($"{row.Name,-18}{row.What}");
        }

        return 0;
    }

    public static int Usage()
    {
        Console.Error.WriteLine("engine [ROW] [--runs N] [--scale F]   measures all rows or one");
        Console.Error.WriteLine("storage [ROW] [--runs N] [--scale F]  the same of a county on files and on Azurite");
        Console.Error.WriteLine("list                                  names the rows");
        return 2;
    }

    public static async Task<int> Run(IReadOnlyList<Row> among, string? name, string[] options)
    {
        var rows = among.Where(row => name is null || row.Name == name).ToList();
        if (rows.Count == 0 || Read(options) is not { } setup)
        {
            return Usage();
        }

        Console.WriteLine(Machine.Describe());
        using (setup.Bench)
        {
            foreach (var row in rows)
            {
                Console.WriteLine(await Line(row, setup) + Machine.Load());
            }
        }

        return 0;
    }

    private static async Task<string> Line(Row row, Setup setup)
    {
        try
        {
            return $"{row.Name} {await row.Measure(setup)}";
        }
#pragma warning disable CA1031 // What one row cannot do on this engine or machine keeps no other from being measured.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return $"{row.Name}: did not run: {failure.GetType().Name}: {failure.Message}";
        }
    }

    private static Setup? Read(string[] options)
    {
        var (runs, scale) = (5, 1.0);
        for (var at = 0; at < options.Length; at += 2)
        {
            var value = options.ElementAtOrDefault(at + 1);
            var isRead = options[at] switch
            {
                "--runs" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out runs) && runs > 0,
                "--scale" => double.TryParse(value, CultureInfo.InvariantCulture, out scale) && scale is > 0 and <= 10,
                _ => false,
            };
            if (!isRead)
            {
                return null;
            }
        }

        return new Setup(runs, scale, new Workbench());
    }
}
