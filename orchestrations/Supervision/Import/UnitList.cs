using System.Text.RegularExpressions;

namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>
/// Reads a list of units with their roles: A、B等按职责分工负责; A牵头,B、C配合; A(牵头)、B. A group of names takes the role of the
/// words that end it, a list without such words the role of its label.
/// </summary>
internal sealed partial class UnitList
{
    private const int NamesMax = 400;
    private const int ChunkMax = 120;

    private readonly Passage passage;
    private readonly UnitNames names;
    private readonly AssignmentRole usual;
    private readonly List<(int Start, int End, string Word, string Carried, AssignmentRole? Own)> pending = [];
    private readonly Duty duty = new();
    private string carried = "";
    private bool hasRoleWords;
    private bool isClean = true;
    private bool afterTownships;
    private int parts;

    private UnitList(Passage passage, UnitNames names, AssignmentRole usual)
    {
        this.passage = passage;
        this.names = names;
        this.usual = usual;
    }

    /// <summary>The list after a label; whatever stands there is taken for names.</summary>
    /// <param name="passage">The text.</param>
    /// <param name="from">First character.</param>
    /// <param name="to">After the last.</param>
    /// <param name="usual">The role that the label gives.</param>
    /// <param name="names">Of this text.</param>
    /// <param name="before">The prefix that the list before it ended with.</param>
    public static Duty Labelled(Passage passage, int from, int to, AssignmentRole usual, UnitNames names, string before = "")
    {
        var list = new UnitList(passage, names, usual) { carried = before };
        list.Read(from, to);
        list.duty.IsSaid = true;
        return list.duty;
    }

    /// <summary>A stretch that says it without a label; null unless all of it is names and roles.</summary>
    /// <param name="passage">The text.</param>
    /// <param name="from">First character.</param>
    /// <param name="to">After the last.</param>
    /// <param name="names">Of this text.</param>
    /// <param name="needsRole">Names alone are not enough.</param>
    public static Duty? Unlabelled(Passage passage, int from, int to, UnitNames names, bool needsRole = true)
    {
        if (to - from > 300)
        {
            return null;
        }

        var list = new UnitList(passage, names, AssignmentRole.Participant);
        list.Read(from, to);
        var named = list.duty.Units.Count > 0 || list.duty.Townships;
        list.duty.IsSaid = named;
        return named && list.isClean && (list.hasRoleWords || !needsRole) ? list.duty : null;
    }

    private void Read(int from, int to)
    {
        var text = passage.Text;
        var start = from;
        var depth = 0;
        for (var at = from; at <= to; at++)
        {
            var letter = at < to ? text[at] : ';';
            depth += letter is '(' or '〔' or '[' ? 1 : letter is ')' or '〕' or ']' ? -1 : 0;
            depth = Math.Max(depth, 0);
            if (at == to || (depth == 0 && letter is '、' or ',' or ';' or '。' or '/' or '\\' or '|' && depth == 0))
            {
                Chunk(start, at);
                if (letter is ';' or '。')
                {
                    Flush(null);
                }

                start = at + 1;
            }
        }
    }

    private void Chunk(int from, int to)
    {
        var text = passage.Text;
        Trim(ref from, ref to);
        if (to <= from || ++parts > NamesMax)
        {
            return;
        }

        if (to - from > ChunkMax)
        {
            isClean = false;
            pending.Add((from, from + ChunkMax, Plain(text[from..(from + ChunkMax)]), carried, null));
            return;
        }

        // Blanks part names only when there are names on both sides; else they align a table or are slips.
        var chunk = text[from..to];
        if (chunk.Contains(' ') && !names.Knows(Plain(chunk)) && Cut(from, to))
        {
            return;
        }

        var label = Label().Match(chunk);
        if (label.Success)
        {
            Flush(null);
            from += label.Length;
            Trim(ref from, ref to);
            if (to <= from)
            {
                return;
            }

            chunk = text[from..to];
        }

        // The role words at the end, and 等 before or after them.
        var end = chunk.Length;
        var role = "";
        while (end > 0)
        {
            var part = chunk[..end];
            if (names.Knows(Plain(part)))
            {
                break;
            }

            var open = Open().Match(part);
            if (open.Success)
            {
                duty.IsOpen = true;
                end = open.Index;
                continue;
            }

            var bare = Share().Match(part);
            if (bare.Success)
            {
                end = bare.Index;
                continue;
            }

            var says = Role().Match(part);
            if (!says.Success || says.Length == 0)
            {
                break;
            }

            role = says.Value + role;
            end = says.Index;
        }

        // 由 and 各自 before the first name.
        var begin = Opening().Match(chunk[..end]).Length;
        if (end > begin)
        {
            Names(from + begin, from + end);
        }

        if (role.Length > 0)
        {
            hasRoleWords = true;
            Flush(IsLead(role) ? AssignmentRole.Lead : AssignmentRole.Participant);
        }
    }

    private bool Cut(int from, int to)
    {
        var text = passage.Text;
        List<(int, int)> cuts = [];
        var start = from;
        for (var at = from; at <= to; at++)
        {
            if (at == to || text[at] == ' ')
            {
                if (at > start)
                {
                    var word = Plain(Role().Replace(Open().Replace(text[start..at], ""), ""));
                    if (word.Length > 0 && !names.Knows(word) && !UnitWords.LooksLikeUnit(word) && !UnitWords.IsEveryTownship(word) && !UnitWords.IsOpenGroup(word))
                    {
                        return false;
                    }

                    cuts.Add((start, at));
                }

                start = at + 1;
            }
        }

        foreach (var (first, last) in cuts)
        {
            Chunk(first, last);
        }

        return true;
    }

    /// <summary>One name, or two that 和 joins when both are names: 住房和城乡建设局 is one.</summary>
    private void Names(int from, int to)
    {
        var text = passage.Text;
        var word = Plain(text[from..to]);
        if (!names.Knows(word) && !UnitWords.IsEveryTownship(word))
        {
            foreach (Match joint in Joints().Matches(text[from..to]))
            {
                var left = Plain(text[from..(from + joint.Index)]);
                var right = Plain(text[(from + joint.Index + joint.Length)..to]);
                if (IsName(left) && (IsName(right) || Joints().IsMatch(right)))
                {
                    Name(from, from + joint.Index);
                    Names(from + joint.Index + joint.Length, to);
                    return;
                }
            }
        }

        Name(from, to);
    }

    private void Name(int from, int to)
    {
        Trim(ref from, ref to);
        if (to <= from)
        {
            return;
        }

        var text = passage.Text;
        AssignmentRole? own = null;
        var marked = Marked().Match(text[from..to]);
        if (marked.Success)
        {
            own = IsLead(marked.Value) ? AssignmentRole.Lead : AssignmentRole.Participant;
            hasRoleWords = true;
            to = from + marked.Index;
        }

        var word = Plain(text[from..to]);
        if (word.Length == 0)
        {
            return;
        }

        if (UnitWords.IsEveryTownship(word) || (afterTownships && (UnitWords.GoesOnWithTownships(word) || names.IsTownship(word) || UnitWords.LooksLikeTownship(word))))
        {
            // A township that stands beside 各乡镇 is one of them.
            (duty.Townships, afterTownships) = (true, true);
            return;
        }

        afterTownships = false;
        if (UnitWords.IsOpenGroup(word))
        {
            duty.IsOpen = true;
            return;
        }

        isClean &= IsName(word);
        pending.Add((from, to, word, carried, own));
        var prefix = UnitWords.PrefixOf(word);
        carried = prefix.Length > 0 ? prefix : carried;
    }

    private void Flush(AssignmentRole? role)
    {
        foreach (var (start, end, word, prefix, own) in pending)
        {
            var part = own ?? role ?? usual;
            if (UnitWords.LooksLikeTownship(word) && part == AssignmentRole.Participant)
            {
                part = AssignmentRole.Implementer;
            }

            var isName = IsName(word);
            duty.Units.Add(new Mention(word, prefix, part, passage.Source(
                start, end, isName ? 0.95 : 0.4, isName ? "a name in a list of units" : "stands in a list of units but does not look like one")));
        }

        pending.Clear();
    }

    private bool IsName(string word) => names.Knows(word) || UnitWords.LooksLikeUnit(word);

    private static bool IsLead(string words) => Lead().IsMatch(words);

    private static string Plain(string word) => word.Replace(" ", "", StringComparison.Ordinal);

    private void Trim(ref int from, ref int to)
    {
        while (from < to && passage.Text[from] is ' ' or ':' or '“' or '\'')
        {
            from++;
        }

        while (to > from && passage.Text[to - 1] is ' ' or '”' or '.' or '\'')
        {
            to--;
        }
    }

    [GeneratedRegex(@"^(?:牵头|主办|配合|协办|责任|参与|参加|落实|实施|协同)(?:责任)?(?:单位|部门)\s?:?\s?")]
    private static partial Regex Label();

    [GeneratedRegex(@"等(?:[0-9]{1,2}个?|[一二三四五六七八九十]{1,3}个)?(?:县直|市直|区直|各|有关|相关|成员|职能|责任|配合|参与|行业|主管|其他)*(?:单位|部门|乡镇|机构|企业|街道|镇|乡|机关|成员)?(?:和?各乡镇(?:人民政府|政府)?)?\s?\z")]
    private static partial Regex Open();

    [GeneratedRegex(@"(?:(?:按照?|根据|依据|依照|结合|依)(?:各自的?|部门|其)?(?:工作)?(?:职责|职能|责任)(?:任务|职责)?(?:和?分工)?|(?:各自)?职责分工|分工|共同|分别|具体|积极|全力|协同|认真|组织|统一|为|单独|总|各负其责|各司其职|密切|做好|抓好|负责|协助|联合|主要|统筹|持续)*(?:牵头|主办|负责|落实|配合|协办|协助|参与|参加|实施|抓落实|推进|承办|执行|完成|承担|会办|做好|各负其责|各司其职|组织)(?:负责|落实|实施|抓好|抓落实|推进|单位|部门|配合|工作|做好|组织|到位|协调|完成|此项工作)*\s?\z")]
    private static partial Regex Role();

    /// <summary>按职责分工 that 等 parts from its 负责.</summary>
    [GeneratedRegex(@"(?:按照?|根据|依据)(?:各自的?)?(?:工作)?(?:职责|职能)(?:和?分工)?\s?\z")]
    private static partial Regex Share();

    [GeneratedRegex("牵头|主办|主责|主要负责|总负责")]
    private static partial Regex Lead();

    [GeneratedRegex(@"^(?:并|此项工作|该项工作|本项工作|工作|会同|联合|协同|以及|和|与|及)*(?:[^、]{0,16}由)?(?:会同)?")]
    private static partial Regex Opening();

    [GeneratedRegex(@"\((?:牵头|主办|主责|配合|协办|协助|参与|牵头单位|配合单位|责任单位|牵头部门|主办单位|协办单位|牵头负责|牵头责任单位)\)\z")]
    private static partial Regex Marked();

    [GeneratedRegex("会同|联合|协同|协调|以及|和|与|及")]
    private static partial Regex Joints();
}
