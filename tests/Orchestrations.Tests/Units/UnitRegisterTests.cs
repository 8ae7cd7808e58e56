using System.Text.Json;
using Workflows.Orchestrations.Tests.Calendar;
using Workflows.Orchestrations.Units;

namespace Workflows.Orchestrations.Tests.Units;

public sealed class UnitRegisterTests
{
    private const string Community = "350322001002";
    private const string Township = "350322001";
    private const string County = "350322";

    private static readonly UnitRegister Register = SeedFiles.Good(UnitData.Parse(
        SeedFiles.Read("units.json"), SeedFiles.Read("divisions.json"), SeedFiles.Read("county.json")));

    [Fact]
    public void The_county_has_its_units_townships_villages_and_offices()
    {
        Assert.Equal(38, Register.CountyUnits.Count);
        Assert.Equal(18, Register.Townships.Count);
        Assert.Equal(327, Register.Villages.Count);
        Assert.Equal(271, Register.Villages.Count(unit => unit.Kind == UnitKind.Village));
        Assert.Equal(56, Register.Villages.Count(unit => unit.Kind == UnitKind.Community));
        Assert.Equal(4, Register.Offices.Count);
        Assert.Equal(38 + 18 + 327 + 4, Register.All.Count);
    }

    [Theory]
    [InlineData(UnitKind.Party, 7)]
    [InlineData(UnitKind.Government, 23)]
    [InlineData(UnitKind.Institution, 3)]
    [InlineData(UnitKind.MassOrganisation, 4)]
    [InlineData(UnitKind.Enterprise, 1)]
    public void The_plans_units_are_of_their_kinds(UnitKind kind, int count) =>
        Assert.Equal(count, Register.CountyUnits.Count(unit => unit.Kind == kind));

    [Theory]
    [InlineData("县民政局", "mzj")]
    [InlineData("民政局", "mzj")]
    [InlineData(" 公安局 ", "gaj")]
    [InlineData("民宗局", "tzb")]
    [InlineData("医保局", "ybj")]
    [InlineData("市医保仙游分局", "ybfj")]
    [InlineData("枫亭镇", "350322100")]
    [InlineData("鲤城街道办事处", "350322001")]
    [InlineData("城内社区", "350322001002")]
    [InlineData("蜚山社区居民委员会", "350322001014")]
    [InlineData("没有这个单位", "")]
    public void A_unit_is_found_by_its_name_or_alias(string name, string ids) =>
        Assert.Equal(ids, string.Join(' ', Register.FindByName(name).Select(unit => unit.Id)));

    [Fact]
    public void Two_villages_of_one_name_are_both_candidates()
    {
        var found = Register.FindByName("半岭村");

        Assert.Equal(2, found.Count);
        Assert.Equal(2, found.Select(unit => unit.Superior).Distinct().Count());
    }

    [Theory]
    [InlineData(Community, true)]
    [InlineData(Township, true)]
    [InlineData(County, true)]
    [InlineData("350322001999", false)]
    [InlineData("350321", false)]
    [InlineData("mzj", false)]
    [InlineData("zbs", false)]
    [InlineData("", false)]
    public void A_place_is_a_division_of_the_county(string code, bool place) =>
        Assert.Equal(place, Register.IsPlace(code));

    [Theory]
    [InlineData(Community, Level.Village, Community)]
    [InlineData(Community, Level.Township, Township)]
    [InlineData(Community, Level.County, "zzzx")]
    [InlineData(Township, Level.Village, null)]
    [InlineData(Township, Level.Township, Township)]
    [InlineData(Township, Level.County, "zzzx")]
    [InlineData(County, Level.Village, null)]
    [InlineData(County, Level.Township, null)]
    [InlineData(County, Level.County, "zzzx")]
    [InlineData("350322001999", Level.Township, null)]
    [InlineData("nowhere", Level.County, null)]
    public void A_place_has_a_handler_at_the_levels_that_contain_it(string place, Level level, string? handler) =>
        Assert.Equal(handler, Register.HandlerAt(place, level)?.Id);

    [Fact]
    public void The_township_and_never_the_committee_answers_for_a_delay() => Assert.All(
        Register.Villages,
        committee =>
        {
            var responsible = Register.ResponsibleFor(committee);
            Assert.Equal((UnitKind.Township, committee.Id[..9]), (responsible.Kind, responsible.Id));
            Assert.Equal(responsible, Register.SuperiorOf(committee.Id));
        });

    [Fact]
    public void Every_other_unit_answers_for_itself() => Assert.All(
        Register.All.Except(Register.Villages),
        unit => Assert.Same(unit, Register.ResponsibleFor(unit)));

    [Fact]
    public void Every_unit_reaches_the_duty_box_and_only_the_duty_box_is_the_top() => Assert.All(
        Register.All,
        unit =>
        {
            List<Unit> way = [unit];
            while (Register.SuperiorOf(way[^1].Id) is { } next)
            {
                Assert.DoesNotContain(next, way);
                way.Add(next);
            }

            Assert.Equal(Register.Duties.DutyBox, way[^1].Id);
        });

    [Fact]
    public void Disputes_of_a_township_go_to_the_county_centre_and_county_units_to_the_supervising_office()
    {
        Assert.All(Register.Townships, unit => Assert.Equal(Register.Duties.CountyCentre, unit.Superior));
        Assert.All(Register.CountyUnits, unit => Assert.Equal(Register.Duties.Supervision, unit.Superior));
        Assert.Equal(new DutyRoles("zzzx", "zbs", "dcs", "gaj", "zfw"), Register.Duties);
        Assert.Null(Register.SuperiorOf("nobody"));
    }

    [Fact]
    public void Exactly_two_units_have_no_address_and_all_others_their_own()
    {
        Assert.Equal(
            [Community, "350322203201"], Register.All.Where(unit => unit.Mail is null).Select(unit => unit.Id));

        var mails = Register.All.Select(unit => unit.Mail).OfType<string>().ToList();
        Assert.Equal(mails.Count, mails.Distinct().Count());
        Assert.All(mails, mail => Assert.EndsWith(".example.org", mail, StringComparison.Ordinal));
    }

    [Fact]
    public void The_plan_names_only_units_of_the_register()
    {
        using var plan = JsonDocument.Parse(SeedFiles.Read("plan.json").Json);
        var root = plan.RootElement;
        var tasks = root.GetProperty("tasks").EnumerateArray().ToList();
        var units = Strings(root.GetProperty("units"));
        var taskIds = tasks.Select(task => task.GetProperty("id").GetString()).ToHashSet();

        Assert.Equal(Register.CountyUnits.Select(unit => unit.Id), units);
        Assert.Equal(Register.Townships.Select(unit => unit.Id), Strings(root.GetProperty("townships")));
        Assert.Equal(36, taskIds.Count);
        Assert.Equal(145, tasks.Sum(task => task.GetProperty("responsible").GetArrayLength()));
        Assert.Equal(3, tasks.Count(task => task.GetProperty("mode").GetString() == "lead"));
        Assert.Equal(32, tasks.Count(task => task.GetProperty("etc").GetBoolean()));
        Assert.All(tasks, task => Assert.True(task.GetProperty("townshipsImplied").GetBoolean()));
        Assert.All(
            tasks.SelectMany(task => task.GetProperty("responsible").EnumerateArray()),
            entry => Assert.Contains(entry.GetProperty("unit").GetString()!, units));

        var indicators = root.GetProperty("indicators").EnumerateArray().ToList();
        Assert.Equal(50, indicators.Count);
        Assert.All(indicators, indicator => Assert.Contains(indicator.GetProperty("task").GetString(), taskIds));
    }

    private static List<string> Strings(JsonElement list) =>
        [.. list.EnumerateArray().Select(item => item.GetString()!)];
}
