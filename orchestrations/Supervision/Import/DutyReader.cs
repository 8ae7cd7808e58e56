using System.Text.RegularExpressions;

namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>Finds the words of responsibility in a paragraph and leaves the rest.</summary>
internal sealed partial class DutyReader(UnitNames names, PlanDates plan, List<DraftGap> gaps)
{
    /// <summary>What a label at the end of a paragraph announces stands in the next one.</summary>
    public LabelKind? Awaited { get; private set; }

    /// <summary>Reads a paragraph from one character on.</summary>
    /// <returns>The responsibility, and the stretches that are none.</returns>
    public (Duty Duty, List<(int From, int To)> Others) Read(Passage passage, int from)
    {
        Duty duty = new();
        List<(int, int)> rest = [];
        var at = from;
        Awaited = null;
        foreach (var label in Labels.Read(passage.Text).Where(label => label.Start >= from))
        {
            AddRest(passage, at, label.Start, duty, rest);
            Take(passage, label, duty);
            at = Math.Max(at, label.End);
            Awaited = label.From >= passage.Text.Length ? label.Kind : null;
        }

        AddRest(passage, at, passage.Text.Length, duty, rest);
        return (duty, rest);
    }

    /// <summary>The paragraph after a label that stood alone; null when it is no list.</summary>
    public Duty? ReadAwaited(Passage passage, LabelKind kind)
    {
        Awaited = null;
        var label = new Label(kind, 0, 0, passage.Text.Length, passage.Text.Length);
        if (kind is LabelKind.Lead or LabelKind.Participant && UnitList.Unlabelled(passage, 0, passage.Text.Length, names, needsRole: false) is null)
        {
            return null;
        }

        var duty = new Duty();
        Take(passage, label, duty);
        return duty;
    }

    /// <summary>Sentences whose subject acts: 县教育局牵头制定…; 县财政局应当…. Only where nothing says it plainly.</summary>
    public Duty? ReadSubjects(Passage passage, int from, int to)
    {
        Duty duty = new();
        for (var start = from; start < to;)
        {
            var stop = passage.Text.AsSpan(start, to - start).IndexOfAny('。', ';', ',');
            var end = stop < 0 ? to : start + stop;
            var match = Subject().Match(passage.Text[start..end]);
            if (match.Success && UnitList.Unlabelled(passage, start, start + match.Groups[1].Length, names, needsRole: false) is { } found)
            {
                var isLead = match.Groups[2].ValueSpan.Contains("牵头", StringComparison.Ordinal);
                foreach (var unit in found.Units)
                {
                    if (duty.Units.All(known => known.Word != unit.Word))
                    {
                        duty.Units.Add(unit with { Role = isLead ? AssignmentRole.Lead : unit.Role, Source = unit.Source with { Confidence = 0.6, Reason = "the subject of a sentence that says what it does" } });
                    }
                }

                (duty.Townships, duty.IsOpen, duty.IsSaid) = (duty.Townships | found.Townships, duty.IsOpen | found.IsOpen, true);
            }

            start = end + 1;
        }

        return duty.IsSaid ? duty : null;
    }

    /// <summary>A cell or label with a date.</summary>
    public void ReadDue(Passage passage, int from, int to, Duty duty)
    {
        for (var at = from; at < to; at++)
        {
            if (Dates.Read(passage.Text, at, plan) is { } when && when.End <= to)
            {
                if (duty.Due is null || !when.IsBackground)
                {
                    (duty.Due, duty.DueSource) = (when, passage.Source(from, to, when.Doubt is null ? 0.9 : 0.6, when.Doubt ?? "a date where the task's date stands"));
                }

                at = when.End;
            }
        }

        var words = passage.Text.AsSpan(from, to - from);
        duty.Cadence = Standing().IsMatch(words) ? "standing"
            : words.Contains("每年", StringComparison.Ordinal) ? "annual"
            : words.Contains("每季", StringComparison.Ordinal) ? "quarterly"
            : words.Contains("每月", StringComparison.Ordinal) ? "monthly"
            : duty.Cadence;
        duty.DueSource ??= duty.Cadence is null ? null : passage.Source(from, to, 0.8, "a rhythm where the task's date stands");
        if (duty.DueSource is null && to > from)
        {
            gaps.Add(new DraftGap(passage.Words(from, to), passage.Source(from, to, 0, "").Line, "stands where a date should"));
        }
    }

    private void Take(Passage passage, Label label, Duty duty)
    {
        switch (label.Kind)
        {
            case LabelKind.Lead or LabelKind.Participant:
                duty.IsLabelled = true;
                duty.Take(UnitList.Labelled(
                    passage, label.From, label.To, label.Kind == LabelKind.Lead ? AssignmentRole.Lead : AssignmentRole.Participant, names, duty.Units.LastOrDefault() is { } last ? Carry(last) : ""));
                break;
            case LabelKind.Due:
                ReadDue(passage, label.From, label.To, duty);
                break;
            case LabelKind.Person:
                // People's names are not kept, not even as words that were not understood.
                gaps.Add(new DraftGap(passage.Words(label.Start, label.From), passage.Source(label.Start, label.From, 0, "").Line, "names people; their names are not drafted"));
                break;
            default:
                gaps.Add(new DraftGap(passage.Words(label.Start, label.To), passage.Source(label.Start, label.To, 0, "").Line, "a unit that watches and does not act"));
                break;
        }
    }

    private static string Carry(Mention last)
    {
        var own = UnitWords.PrefixOf(last.Word);
        return own.Length > 0 ? own : last.Carried;
    }

    /// <summary>Between labels: brackets and whole sentences that say it without one.</summary>
    private void AddRest(Passage passage, int from, int to, Duty duty, List<(int, int)> rest)
    {
        var text = passage.Text;
        var end = to;
        while (end > from && text[end - 1] is ' ' or '。' or ';' or ',' or '*')
        {
            end--;
        }

        if (end <= from)
        {
            return;
        }

        if (text[end - 1] is ')' or '】' or ']' && Opens(text, from, end - 1) is var open and >= 0
            && UnitList.Unlabelled(passage, open + 1, end - 1, names, needsRole: false) is { } bracketed)
        {
            AddRest(passage, from, open, duty, rest);
            duty.Take(bracketed);
            return;
        }

        if (UnitList.Unlabelled(passage, from, end, names) is { } whole)
        {
            duty.Take(whole);
            return;
        }

        var last = text.LastIndexOfAny(['。', ';'], end - 1, end - from);
        if (UnitList.Unlabelled(passage, last < 0 ? from : last + 1, end, names) is { } sentence)
        {
            if (last > from)
            {
                AddRest(passage, from, last + 1, duty, rest);
            }

            duty.Take(sentence);
            return;
        }

        rest.Add((from, to));
    }

    private static int Opens(string text, int from, int close)
    {
        var opening = text[close] switch { ')' => '(', '】' => '【', _ => '[' };
        var depth = 0;
        for (var at = close; at >= from; at--)
        {
            depth += text[at] == text[close] ? 1 : text[at] == opening ? -1 : 0;
            if (depth == 0)
            {
                return at;
            }
        }

        return -1;
    }

    [GeneratedRegex("长期|持续|常态|贯穿|一直|日常")]
    private static partial Regex Standing();

    [GeneratedRegex("^(.{3,60}?(?:局|委|办|部|中心|会|院|政府|街道|联|社|大队|公司|处|所|站|单位|部门))((?:牵头|应当|应|要|须|必须|负责|具体负责|统筹|承担|组织|配合|会同|按|根据|每|做好|定期|加强|共同|参加|参与|协助|落实))")]
    private static partial Regex Subject();
}
