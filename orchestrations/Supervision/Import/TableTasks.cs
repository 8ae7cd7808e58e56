using System.Globalization;
using System.Text.RegularExpressions;

namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>A row of a table that is a task.</summary>
internal sealed record TableTask(string Title, Source Source, int Number, List<Passage> Texts, Duty Duty);

/// <summary>Reads tables whose first row names the task and who does it.</summary>
internal sealed partial class TableTasks(UnitNames names, DutyReader duties)
{
    private enum Column
    {
        Other,
        Number,
        Category,
        Task,
        Content,
        Lead,
        Unit,
        Help,
        Due,
        Person,
    }

    /// <summary>The tasks of a table; null when its head is not understood.</summary>
    public List<TableTask>? Read(Item table)
    {
        var rows = table.Rows!;
        var head = 0;
        Column[]? columns = null;
        for (; head < Math.Min(3, rows.Count) && columns is null; head++)
        {
            columns = ColumnsOf(rows[head]);
        }

        if (columns is null)
        {
            return null;
        }

        List<TableTask> tasks = [];
        Duty? above = null;
        Passage? title = null;
        for (var row = head; row < rows.Count; row++)
        {
            if (Of(rows[row], table.Continued![row], columns, ref title, ref above, tasks.Count + 1) is { } task)
            {
                tasks.Add(task);
            }
        }

        return tasks;
    }

    private TableTask? Of(IReadOnlyList<Passage> cells, IReadOnlyList<bool> continued, Column[] columns, ref Passage? title, ref Duty? above, int position)
    {
        Duty duty = new();
        List<Passage> texts = [];
        var number = position;
        Passage? own = null;
        var goesOn = false;
        var unitsAbove = false;
        for (var index = 0; index < Math.Min(cells.Count, columns.Length); index++)
        {
            var (cell, isBelow) = (cells[index], continued[index]);
            switch (columns[index])
            {
                case Column.Number:
                    number = int.TryParse(cell.Text.TrimEnd('.', '、'), NumberStyles.None, CultureInfo.InvariantCulture, out var written) ? written
                        : Numeral.Whole(cell.Text) ?? number;
                    break;
                case Column.Task:
                    (own, goesOn) = isBelow || cell.IsEmpty ? (title, true) : (cell, false);
                    title = own;
                    break;
                case Column.Content when !cell.IsEmpty:
                    texts.Add(cell);
                    break;
                case Column.Lead or Column.Unit or Column.Help:
                    unitsAbove |= isBelow;
                    if (!cell.IsEmpty && !isBelow)
                    {
                        duty.Take(UnitList.Labelled(cell, 0, cell.Text.Length, columns[index] == Column.Lead ? AssignmentRole.Lead : AssignmentRole.Participant, names));
                    }

                    break;
                case Column.Due when !cell.IsEmpty:
                    duties.ReadDue(cell, 0, cell.Text.Length, duty);
                    break;
                default:
                    break;
            }
        }

        if (unitsAbove && !duty.IsSaid && above is not null)
        {
            duty.Take(above);
        }

        if ((own is null || goesOn) && texts.Count == 0)
        {
            return null;
        }

        above = duty.IsSaid ? duty : above;
        var named = goesOn || own is null ? texts[0] : own;
        if (!ReferenceEquals(named, texts.FirstOrDefault()))
        {
            texts.Insert(0, named);
        }

        var stop = named.Text.AsSpan().IndexOfAny('。', ';', '\n');
        var end = stop > 0 ? stop : named.Text.Length;
        return new TableTask(named.Words(0, Math.Min(end, 80)), named.Source(0, Math.Min(end, 80), 0.9, "a row of a table of tasks"), number, texts, duty);
    }

    private static Column[]? ColumnsOf(IReadOnlyList<Passage> row)
    {
        var columns = row.Select(cell => ColumnOf(cell.Text.Replace(" ", "", StringComparison.Ordinal))).ToArray();
        if (!columns.Contains(Column.Task) && Array.IndexOf(columns, Column.Content) is >= 0 and var content)
        {
            columns[content] = Column.Task;
        }

        // Of several that may be the task the first is it; the others say more about it.
        var first = Array.IndexOf(columns, Column.Task);
        for (var index = first + 1; first >= 0 && index < columns.Length; index++)
        {
            columns[index] = columns[index] == Column.Task ? Column.Content : columns[index];
        }

        return first >= 0 && columns.Any(column => column is Column.Lead or Column.Unit or Column.Help) ? columns : null;
    }

    private static Column ColumnOf(string head) =>
        head.Length is 0 or > 16 ? Column.Other
        : PersonHead().IsMatch(head) ? Column.Person
        : CategoryHead().IsMatch(head) ? Column.Category
        : LeadHead().IsMatch(head) ? Column.Lead
        : HelpHead().IsMatch(head) ? Column.Help
        : UnitHead().IsMatch(head) ? Column.Unit
        : DueHead().IsMatch(head) ? Column.Due
        : NumberHead().IsMatch(head) ? Column.Number
        : ContentHead().IsMatch(head) ? Column.Content
        : TaskHead().IsMatch(head) ? Column.Task
        : Column.Other;

    [GeneratedRegex("责任人|领导|联系人|姓名")]
    private static partial Regex PersonHead();

    [GeneratedRegex("牵头|主办|主责|第一责任")]
    private static partial Regex LeadHead();

    [GeneratedRegex("配合|协办|参与|协作|参加|协同")]
    private static partial Regex HelpHead();

    [GeneratedRegex("责任(?:单位|部门|主体)?$|(?:责任|承办|落实|实施|负责|主管|承担)(?:单位|部门|主体)|^单位$|^部门$")]
    private static partial Regex UnitHead();

    [GeneratedRegex("时限|时间|期限|节点|进度安排")]
    private static partial Regex DueHead();

    [GeneratedRegex("^(?:序号|编号|号|序)$")]
    private static partial Regex NumberHead();

    [GeneratedRegex("类别|分类|领域|板块|类型|项目类")]
    private static partial Regex CategoryHead();

    [GeneratedRegex("措施|举措|目标|指标|要求|建设内容|主要内容|具体内容|成果|标准|规模|进度")]
    private static partial Regex ContentHead();

    [GeneratedRegex("任务|事项|项目|工作|内容|名称|要点|问题")]
    private static partial Regex TaskHead();
}
