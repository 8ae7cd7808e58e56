using Workflows.Orchestrations.Calendar;
using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Notices;
using Workflows.Orchestrations.Supervision;
using Workflows.Orchestrations.Units;
using Workflows.Testing.Durable;

namespace Workflows.Testing;

/// <summary>The reference county as it is shipped: rule sets from the seed files, read by the product's own parsers.</summary>
public static class ReferenceCounty
{
    /// <summary>The version the rule sets stand under.</summary>
    public const string Version = "test-rules";

    /// <summary>The version of the shipped rules as a whole: disputes are followed after their end, units give feedback.</summary>
    public const string FollowedVersion = "test-rules-followed";

    /// <summary>The version of the shipped rules with supervision sheets.</summary>
    public const string SheetedVersion = "test-rules-sheets";

    private static readonly Lazy<CountySettings> LazySettings = new(() =>
        Good(UnitData.ParseCounty("county.json", Seed("county.json").Json.Span)));

    private static readonly Lazy<CountyCalendar> LazyCalendar = new(ReadCalendar);

    private static readonly Lazy<PolicyBook> LazyPolicies = new(() =>
        Good(CalendarData.ParsePolicies("policies.json", Seed("policies.json").Json.Span)));

    private static readonly Lazy<UnitRegister> LazyUnits = new(() =>
        Good(UnitData.Parse(Seed("units.json"), Seed("divisions.json"), Seed("county.json"))));

    private static readonly Lazy<DisputeRules> LazyDisputes = new(() => new DisputeRules(
        FollowedVersion,
        Calendar,
        Policies,
        Units,
        Good(DisputeData.Parse("disputes.json", Seed("disputes.json").Json.Span, Policies))));

    private static readonly Lazy<SupervisionRules> LazySupervision = new(() => new SupervisionRules(
        FollowedVersion,
        Calendar,
        Policies,
        Units,
        Shipped() with { Sheets = null, Score = null }));

    private static readonly Lazy<SupervisionRules> LazySheeted = new(() => Supervised with { Version = SheetedVersion, Process = Shipped() });

    private static readonly Lazy<DisputeRules> LazyUpToTheEnd = new(() => Followed with
    {
        Version = Version,
        Process = Followed.Process with
        {
            Aftercare = null,
            OfferDangerAtOnce = null,
            DangerFollows = null,
            Sessions = null,
            Mediators = null,
            Floors = [.. Followed.Process.Floors.Select(rule => rule with { Source = null })],
            Return = Followed.Process.Return! with { AskMoves = null },
            Group = Followed.Process.Group! with { SpeakFor = null, SpeakForSource = null },
        },
    });

    private static readonly Lazy<SupervisionRules> LazyClocksOnly = new(() => Supervised with
    {
        Version = Version,
        Process = new SupervisionProcess(Supervised.Process.SignFor, Supervised.Process.Finish, Supervised.Process.Check),
    });

    /// <summary>The folder that holds Workflows.sln.</summary>
    public static string Root { get; } = FindRoot();

    public static CountySettings Settings => LazySettings.Value;

    public static CountyCalendar Calendar => LazyCalendar.Value;

    public static PolicyBook Policies => LazyPolicies.Value;

    public static UnitRegister Units => LazyUnits.Value;

    /// <summary>
    /// The shipped rules up to a dispute's end; stories of the way there say nothing of what follows. Recorded histories live
    /// under them, so what was added to the rules later is left out.
    /// </summary>
    public static DisputeRules Disputes => LazyUpToTheEnd.Value;

    /// <summary>The shipped rules of disputes as a whole, with what follows an end.</summary>
    public static DisputeRules Followed => LazyDisputes.Value;

    /// <summary>The shipped clocks alone: stories of signing, claiming and checking say nothing of feedback.</summary>
    public static SupervisionRules Supervision => LazyClocksOnly.Value;

    /// <summary>The shipped rules of supervision as a whole.</summary>
    public static SupervisionRules Supervised => LazySupervision.Value;

    /// <summary>The shipped rules of supervision with sheets for what is missed.</summary>
    public static SupervisionRules Sheeted => LazySheeted.Value;

    /// <summary>Every notice a mail of its own; what the county gathers is in <see cref="NoticesInDigests"/>.</summary>
    public static NoticeRules Notices => new(Version, Calendar, Units);

    /// <summary>As shipped: what comes by the task is gathered into one mail per unit and day.</summary>
    public static NoticeRules NoticesInDigests => Notices with
    {
        Digest = Good(NoticeData.ParseDigest("notices.json", Seed("notices.json").Json.Span)),
    };

    /// <summary>A shelf that holds the county's rule sets.</summary>
    public static RuleShelf Shelf => ShelfWith(Units);

    /// <summary>The same rules with other units, such as a village whose address was lost.</summary>
    public static RuleShelf ShelfWith(UnitRegister units) => new RuleShelf()
        .Put(Version, Disputes with { Units = units })
        .Put(FollowedVersion, Followed with { Units = units })
        .Put(FollowedVersion, Notices with { Version = FollowedVersion, Units = units })
        .Put(Version, Supervision with { Units = units })
        .Put(FollowedVersion, Supervised with { Units = units })
        .Put(SheetedVersion, Sheeted with { Units = units })
        .Put(SheetedVersion, Notices with { Version = SheetedVersion, Units = units })
        .Put(Version, Notices with { Units = units });

    /// <summary>The county's units after some have changed.</summary>
    public static UnitRegister UnitsWith(Func<Unit, Unit> change) => new([.. Units.All.Select(change)], Units.Duties);

    /// <summary>A seed file's bytes.</summary>
    public static DataFile Seed(string name) => new(name, File.ReadAllBytes(Path.Combine(Root, "seeds", name)));

    private static SupervisionProcess Shipped() =>
        Good(SupervisionData.Parse("supervision.json", Seed("supervision.json").Json.Span, Policies, Units));

    private static CountyCalendar ReadCalendar()
    {
        var years = Directory.EnumerateFiles(Path.Combine(Root, "seeds", "calendar"), "*.json")
            .Order(StringComparer.Ordinal)
            .Select(path => Seed($"calendar/{Path.GetFileName(path)}"));
        return new CountyCalendar(
            Good(CalendarData.ParseYears([.. years])),
            TimeZoneInfo.FindSystemTimeZoneById(Settings.TimeZone),
            Settings.OfficeOpens,
            Settings.OfficeCloses);
    }

    private static T Good<T>(DataResult<T> result)
        where T : class =>
        result.Value ?? throw new InvalidDataException(string.Join(Environment.NewLine, result.Errors));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Workflows.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("No folder above the tests holds Workflows.sln.");
    }
}
