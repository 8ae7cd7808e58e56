namespace Workflows.Server.Demo;

/// <summary>One thing that somebody does, over HTTP.</summary>
/// <param name="At">County time.</param>
/// <param name="Path">Where it is posted.</param>
/// <param name="Body">What is posted.</param>
/// <param name="Told">What the story says of it, when the answer is a refusal.</param>
internal sealed record DemoAct(DateTime At, string Path, object Body, string? Told = null);

/// <summary>
/// Two autumn months of a county: twelve disputes that end in every way a dispute can, and a plan of one task whose
/// five units behave well, late, badly and not at all. All people are made up.
/// </summary>
internal static class DemoScript
{
    public static DateTime Begins { get; } = new(2025, 9, 15, 8, 0, 0);

    public static DateTime Ends { get; } = new(2025, 11, 15, 0, 0, 0);

    /// <summary>Names that must appear in no file, log, history or mail.</summary>
    public static IReadOnlyList<string> People { get; } =
    [
        "陈阿明", "林秀珍", "郑国富", "黄丽华", "吴金水", "张玉兰", "李建成", "王美玉", "蔡文海", "傅小燕", "余大勇", "许春花",
        "杨志强", "谢桂英", "邱少峰", "曾宝珠", "方天福", "何月娥", "郭永泉", "苏巧云", "范立新", "戴秋菊", "卓世昌", "翁彩霞",
    ];

    /// <summary>Everything that is done, in order of time.</summary>
    public static IReadOnlyList<DemoAct> Acts { get; } = [.. Numbered(Disputes).Concat(Assignments()).OrderBy(act => act.At)];

    /// <summary>A registration and what follows; {case} stands for the number that the registration will get.</summary>
    private static IReadOnlyList<DemoAct[]> Disputes =>
    [
        // Settled in the village within days.
        [
            Register(0, At(9, 15, 9), "350322103203", "neighbours", "排水沟改道后雨水流入院内，双方争执。"),
            Say(At(9, 15, 14), "sign-for", new { by = "350322103203" }),
            Say(At(9, 17, 10), "sessions", new { by = "350322103203", on = "2025-09-17", record = "双方到场，现场查看排水沟，愿各退一步。" }),
            Say(At(9, 18, 16), "settle", new { by = "350322103203", form = "oral", on = "2025-09-18", terms = "共同出资修一条暗沟，各承担一半。" }),
        ],

        // Climbs every level by its terms, with consent given once and for all.
        [
            Register(2, At(9, 15, 11), "350322106204", "damage", "建房挖土致邻屋墙体开裂。", goUp: "blanket"),
            Say(At(9, 16, 9), "sign-for", new { by = "350322106204" }),
            Say(At(9, 30, 9), "sign-for", new { by = "350322106204" }, "the village tries again after its term"),
            Say(At(10, 9, 10), "sign-for", new { by = "350322106" }),
            Say(At(11, 3, 9), "sign-for", new { by = "zzzx" }),
        ],

        // Nobody in the village signs; both had agreed to go up, so the township takes over and settles.
        [
            Register(4, At(9, 16, 10), "350322101202", "neighbours", "通行道路被占，车辆无法进出。", goUp: "blanket"),
            Say(At(9, 19, 9), "sign-for", new { by = "350322101" }),
            Say(At(9, 25, 15), "sessions", new { by = "350322101", on = "2025-09-25", record = "镇综治中心组织调解，初步同意恢复通行。" }),
            Say(At(9, 26, 11), "settle", new { by = "350322101", form = "written", on = "2025-09-26", terms = "十日内清除堆放物，恢复三米通道。" }),
        ],

        // Contracted land goes to the township; its term ends after the holidays; one party does not want to go on.
        [
            Register(6, At(9, 17, 9), "350322107203", "rural-land", "承包地界址不清，双方各执一份旧合同。"),
            Say(At(9, 18, 9), "sign-for", new { by = "350322107" }),
            Say(At(9, 24, 9), "sessions", new { by = "350322107", on = "2025-09-24", record = "核对两份合同，分歧较大。" }),
            Say(At(10, 20, 10), "consent", new { by = "350322107", party = "p1", answer = "once" }),
            Say(At(10, 21, 10), "consent", new { by = "350322107", party = "p2", answer = "no" }),
        ],

        // The village's term ends; nobody answers whether the case may go up, so it ends with a rights notice.
        [
            Register(8, At(9, 18, 9), "350322108203", "neighbours", "鸡鸭进菜地反复争执。"),
            Say(At(9, 19, 9), "sign-for", new { by = "350322108203" }),
        ],

        // Danger: at least the township, and police and leaders are told at once, at night as well.
        [
            Register(10, At(9, 20, 21), "350322104004", "family", "家庭争吵升级，一方扬言动手。", danger: true),
            Say(At(9, 21, 9), "sign-for", new { by = "350322104" }),
            Say(At(9, 23, 17), "settle", new { by = "350322104", form = "written", on = "2025-09-23", terms = "分开居住一段时间，由村妇联回访。" }),
        ],

        // Eight workers: at least the township; it asks the county, which settles.
        [
            Register(12, At(9, 22, 9), "350322100", "labour", "工厂停工，八名工人工资未结清。", people: 8, goUp: "blanket"),
            Say(At(9, 22, 15), "sign-for", new { by = "350322100" }),
            Say(At(9, 28, 16), "escalate", new { by = "350322100", reason = "涉及企业欠薪，需人社部门参与。" }),
            Say(At(9, 29, 9), "sign-for", new { by = "zzzx" }),
            Say(At(10, 14, 15), "settle", new { by = "zzzx", form = "written", on = "2025-10-14", terms = "分三期结清工资，首期已付。" }),
        ],

        // A party refuses in the first session, which ends mediation at once.
        [
            Register(16, At(9, 24, 9), "350322102204", "damage", "修车质量纠纷，要求赔偿。"),
            Say(At(9, 24, 15), "sign-for", new { by = "350322102204" }),
            Say(At(9, 26, 10), "refuse", new { by = "350322102204", party = "p2" }),
        ],

        // Withdrawn by the applicant.
        [
            Register(18, At(9, 25, 10), "350322103202", "property-management", "物业费调整争议。"),
            Say(At(9, 26, 9), "sign-for", new { by = "350322103" }),
            Say(At(9, 30, 10), "withdraw", new { by = "350322103", party = "p1" }),
        ],

        // A difficult matter begins at the county; nobody signs, the duty box takes over and is chased until it does.
        [
            Register(20, At(9, 26, 11), "350322105203", "medical", "对诊疗过程有异议，要求解释和补偿。"),
            Say(At(10, 17, 9), "sign-for", new { by = "zbs" }),
        ],

        // The committee has no address: it is passed over, and nobody waits for it.
        [
            Register(14, At(10, 13, 9), "350322001002", "neighbours", "楼上装修噪声扰民。"),
            Say(At(10, 13, 11), "sign-for", new { by = "350322001" }),
            Say(At(10, 16, 11), "settle", new { by = "350322001", form = "oral", on = "2025-10-16", terms = "限定施工时间，补偿清洁费。" }),
        ],

        // Still open when the two months end.
        [
            Register(22, At(11, 10, 9), "350322109203", "neighbours", "围墙越界争议。"),
            Say(At(11, 11, 9), "sign-for", new { by = "350322109203" }),
        ],
    ];

    private static IEnumerable<DemoAct> Numbered(IReadOnlyList<DemoAct[]> stories) => stories.SelectMany((story, index) =>
        story.Select(act => act with { Path = act.Path.Replace("{case}", $"D2025-{index + 1:D5}", StringComparison.Ordinal) }));

    private static IEnumerable<DemoAct> Assignments()
    {
        yield return new DemoAct(At(9, 16, 9), "/api/plans/demo/activate", new { by = "dcs" });
        yield return Do("sfj", At(9, 17, 10), "sign-for", new { by = "sfj" });
        yield return Do("sfj", At(10, 9, 10), "feedback", new { by = "sfj", period = "2025-Q3", text = "十五个乡镇街道窗口已设立，其余三个在建。" });
        yield return Do("sfj", At(10, 17, 10), "claim", new { by = "sfj", evidence = "十八个乡镇街道综治中心已设一站式窗口，附名单。" });
        yield return Check("sfj", At(10, 20, 10), new { by = "dcs", done = true });

        yield return Do("mzj", At(9, 22, 10), "sign-for", new { by = "mzj" });
        yield return Do("mzj", At(10, 22, 10), "claim", new { by = "mzj", evidence = "已完成。" });
        yield return Check("mzj", At(10, 23, 10), new { by = "dcs", done = false, reason = "未附证明材料。" });
        yield return Do("mzj", At(10, 30, 10), "claim", new { by = "mzj", evidence = "补充各社区台账。" });
        yield return Check("mzj", At(11, 3, 10), new { by = "dcs", done = true, reason = "材料齐全。" });

        yield return Do("gaj", At(9, 18, 10), "sign-for", new { by = "gaj" });
        yield return Do("gaj", At(9, 18, 11), "check", new { by = "gaj", done = true }, "a unit tries to strike itself off");
        yield return Do("gaj", At(10, 16, 10), "feedback", new { by = "gaj", period = "2025-Q3", text = "警务进社区已对接，窗口轮值人员待定。" });
        yield return Do("gaj", At(10, 22, 10), "extensions", new { by = "gaj", until = "2025-11-10", reason = "轮值人员十一月初到岗。" });
        yield return Do("gaj", At(10, 24, 10), "extensions/decide", new { by = "dcs", approved = true, reason = "理由属实。" });

        yield return Do("350322100", At(9, 17, 9), "sign-for", new { by = "350322100" });
        yield return Do("350322100", At(10, 9, 9), "claim", new { by = "350322100", evidence = "窗口已运行，附照片说明。" });
        yield return Check("350322100", At(10, 10, 9), new { by = "dcs", done = true });
    }

    private static DemoAct Register(
        int person, DateTime at, string place, string category, string summary, int people = 2, bool danger = false, string goUp = "notAsked") => new(
        at,
        "/api/disputes",
        new
        {
            place,
            category,
            people,
            danger,
            channel = "window",
            by = place,
            summary,
            parties = new[]
            {
                new { role = "applicant", name = People[person], phone = "0594-1234567", consent = "yes", goUp },
                new { role = "respondent", name = People[person + 1], phone = "0594-7654321", consent = "yes", goUp },
            },
        });

    private static DemoAct Say(DateTime at, string what, object body, string? told = null) =>
        new(at, $"/api/disputes/{{case}}/{what}", body, told);

    private static DemoAct Do(string unit, DateTime at, string what, object body, string? told = null) =>
        new(at, $"/api/assignments/demo.T18.{unit}/{what}", body, told);

    private static DemoAct Check(string unit, DateTime at, object body) =>
        new(at, $"/api/assignments/demo.T18.{unit}/check", body);

    private static DateTime At(int month, int day, int hour) => new(2025, month, day, hour, 0, 0);
}
