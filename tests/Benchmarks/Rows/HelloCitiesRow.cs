namespace Workflows.Benchmarks.Rows;

/// <summary>Flows of five calls in sequence: the whole path of a flow, again and again.</summary>
internal static class HelloCitiesRow
{
    // One for the start and one per result; each is one row of history.
    private const int StepsPerFlow = 6;

    public static async Task<string> Thousand(Setup setup)
    {
        var measured = await setup.ThousandInFlight();
        return $"{measured.Sizes}: {measured.Flows} (bar 8,000, aim 15,000), {measured.Beside}";
    }

    public static async Task<string> Hundred(Setup setup)
    {
        var measured = await Run(setup, setup.Count(100), setup.Count(15_000));
        return $"{measured.Sizes}: {measured.Flows} (bar 2,500, aim 5,000), {measured.Beside}";
    }

    public static async Task<string> Ratio(Setup setup)
    {
        var measured = await setup.ThousandInFlight();
        return $"{measured.Sizes}: {Figures.Spread(measured.Ratios, "")} (bar 0.5, aim 1.0), {measured.Rates}";
    }

    public static async Task<Measured> Run(Setup setup, int inFlight, int count)
    {
        var bytes = await StepBytes(setup);
        var (flows, raws, ratios) = (new List<double>(), new List<double>(), new List<double>());
        var costs = new List<Cost>();
        for (var run = 0; run < setup.Runs; run++)
        {
            var (once, raw) = await RawFile.Around(setup, bytes, 50, () => Once(setup, inFlight, count));
            flows.Add(once.Rate);
            costs.Add(once.Cost);
            raws.Add(raw);
            ratios.Add(once.Rate * StepsPerFlow / raw);
        }

        return new Measured(inFlight, count, bytes, flows, raws, ratios, costs);
    }

    private static async Task<(double Rate, Cost Cost)> Once(Setup setup, int inFlight, int count)
    {
        var file = setup.Bench.NewFile();
        await using var engine = await Workbench.Open(file, new BenchFlows());

        // What the compiler still has to do is not what is measured.
        await ClosedLoop.PerSecond(Math.Max(100, count / 10), inFlight, i => BenchFlows.Tour(engine, BenchFlows.Id("warm", i)));
        var before = Cost.SoFar();
        var rate = await ClosedLoop.PerSecond(count, inFlight, i => BenchFlows.Tour(engine, BenchFlows.Id("tour", i)));
        var cost = Cost.SoFar().Per(before, count);
        await engine.DisposeAsync();
        Workbench.Delete(file);
        return (rate, cost);
    }

    private static async Task<int> StepBytes(Setup setup) => Workbench.StepBytes(await setup.Bench.Prepared(
        "step bytes",
        engine => ClosedLoop.PerSecond(200, 20, i => BenchFlows.Tour(engine, BenchFlows.Id("tour", i)))));

    internal sealed record Measured(
        int InFlight,
        int Count,
        int Bytes,
        List<double> PerSecond,
        List<double> Raws,
        List<double> Ratios,
        List<Cost> Costs)
    {
        public string Sizes => $"inflight={Figures.Count(InFlight)} flows={Figures.Count(Count)}";

        public string Flows => Figures.Spread(PerSecond, " per second");

        public string Rates =>
            $"steps {Figures.Number(Figures.Median(PerSecond) * StepsPerFlow)}/s, raw 50-row commits {Figures.Number(Figures.Median(Raws))} rows/s of {Bytes} B";

        public string Beside =>
            $"raw 50-row commits {Figures.Number(Figures.Median(Raws))} rows/s of {Bytes} B, ratio {Figures.Number(Figures.Median(Ratios))}, "
            + Cost.Describe(Costs, "flow");
    }
}
