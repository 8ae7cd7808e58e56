using System.Text.RegularExpressions;

namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>What stands around the tasks: number, title, addressees, dates, signature.</summary>
internal sealed partial class Head
{
    private readonly Dictionary<string, Source> sources = new(StringComparer.Ordinal);
    private readonly List<Item> items;
    private readonly string[] kinds;

    private Head(List<Item> items)
    {
        this.items = items;
        kinds = new string[items.Count];
    }

    public string? Number { get; private set; }

    public string? Issuer { get; private set; }

    public string? Subject { get; private set; }

    public List<string> Addressees { get; } = [];

    public List<string> Basis { get; } = [];

    public DateOnly? Issued { get; private set; }

    public DateOnly? EffectiveFrom { get; private set; }

    public DateOnly? Expires { get; private set; }

    public string? Disclosure { get; private set; }

    /// <summary>The year that the title names alone, such as 2024年民生实事.</summary>
    public int? PlanYear { get; private set; }

    /// <summary>Whether the expiry was only taken from the title.</summary>
    public bool IsExpiryGuessed { get; private set; }

    /// <summary>The county, district or city, such as 云岭县; null when nothing names it.</summary>
    public string? County { get; private set; }

    public DraftDocument Document => new(Number, Issuer, Subject, Addressees, Basis, Issued, EffectiveFrom, Expires, Disclosure, sources);

    /// <summary>What an item is when it belongs to the head or the close; null when it is body.</summary>
    public string? KindOf(int index) => kinds[index];

    public static Head Read(List<Item> items)
    {
        var head = new Head(items);
        var body = head.BodyStart();
        head.ReadTop(body);
        head.ReadClose(body);
        head.ReadTerms();
        head.ReadYears();
        return head;
    }

    private int BodyStart()
    {
        for (var index = 0; index < items.Count; index++)
        {
            var passage = items[index].Passage;
            if (items[index].Rows is not null)
            {
                return index;
            }

            var marker = Marker.Read(passage.Text);
            if (marker is { Kind: MarkerKind.Style, Depth: 1 } && IsTitle(passage.Text[marker.Length..]) && index < 6)
            {
                continue;
            }

            if (marker is not null || (passage.Level is not null && !(index < 6 && IsTitle(passage.Text))))
            {
                return index;
            }
        }

        return TitleEnd();
    }

    /// <summary>In a text without any number the body begins after the title and what follows it at once.</summary>
    private int TitleEnd()
    {
        var index = 0;
        while (index < items.Count && index < 12
            && (NumberForm().IsMatch(items[index].Passage.Text) || IsTitle(items[index].Passage.Text) || items[index].Passage.Text.EndsWith(':')))
        {
            index++;
        }

        return index;
    }

    private void ReadTop(int body)
    {
        var title = new List<Passage>();
        var isTitleOver = false;
        for (var index = 0; index < body; index++)
        {
            var passage = items[index].Passage;
            var text = passage.Text;
            if (Number is null && NumberForm().Match(text) is { Success: true } number && number.Index < 4 && text.Length - number.Length < 12)
            {
                Number = $"{number.Groups[1].Value}〔{number.Groups[2].Value}〕{number.Groups[3].Value}号";
                sources["number"] = passage.Source(number.Index, number.Index + number.Length, 0.95, "a line that is a document number");
                kinds[index] = "number";
            }
            else if (Letterhead().Match(text) is { Success: true } letterhead)
            {
                (Issuer, sources["issuer"]) = (letterhead.Groups[1].Value.Replace(" ", "", StringComparison.Ordinal), passage.Whole(0.85, "the letterhead"));
                kinds[index] = "title";
            }
            else if (!isTitleOver && text.EndsWith(':') && title.Count > 0)
            {
                isTitleOver = true;
                kinds[index] = "title";
                Addressees.AddRange(text.TrimEnd(':').Split('、', ',').Select(name => name.Trim()).Where(name => name.Length > 0));
                sources["addressees"] = passage.Whole(0.9, "the line under the title that ends with a colon");
            }
            else if (!isTitleOver && text.Length < 60 && !text.Contains('。') && Dates.Line(text) is null && !Organ().IsMatch(text))
            {
                title.Add(passage);
                kinds[index] = "title";
            }
            else
            {
                isTitleOver |= title.Count > 0 && (text.Contains('。') || text.Length >= 60);
                kinds[index] = IsTitle(text) && text.Length < 60 ? "title" : "preamble";
            }

            ReadBasis(passage);
        }

        ReadTitle(title);
    }

    private void ReadTitle(List<Passage> title)
    {
        // As printed, without blanks, so that what is found in the folded form can be cut out of it.
        var printed = string.Concat(title.Select(part => part.Words(0, part.Text.Length).Where(letter => Passage.Fold(letter) is not (' ' or '#'))).SelectMany(letters => letters));
        var whole = string.Concat(printed.Select(Passage.Fold));
        var about = About().Match(whole);
        if (title.Count == 0)
        {
            return;
        }

        var source = new Source(string.Join('\n', title.Select(part => part.Words(0, part.Text.Length))), title[0].Line, 0.85, "the lines above the addressees");
        if (about.Success)
        {
            Subject = printed.Substring(about.Groups[2].Index, about.Groups[2].Length).Trim('《', '》');
            sources["subject"] = source;
            if (about.Groups[1].Value is { Length: >= 4 } issuer && Organ().IsMatch(issuer))
            {
                Issuer = issuer;
                sources["issuer"] = source with { Reason = "the title names it before 关于" };
            }
        }
        else if (whole.Length > 3)
        {
            Subject = printed;
            sources["subject"] = source with { Confidence = 0.7 };
        }

        County = Place().Match(Issuer ?? whole) is { Success: true } place ? place.Groups[1].Value : null;
    }

    private void ReadBasis(Passage passage)
    {
        foreach (Match match in NumberForm().Matches(passage.Text))
        {
            var number = $"{match.Groups[1].Value}〔{match.Groups[2].Value}〕{match.Groups[3].Value}号";
            if (number != Number && !Basis.Contains(number))
            {
                Basis.Add(number);
                sources[$"basis.{number}"] = passage.Source(match.Index, match.Index + match.Length, 0.8, "a document that the preamble names");
            }
        }
    }

    private void ReadClose(int body)
    {
        for (var index = 0; index < items.Count; index++)
        {
            var (passage, isTop) = (items[index].Passage, index < body);
            var text = passage.Text;
            if (items[index].Rows is not null || Marker.Read(text) is not null)
            {
                continue;
            }

            if (Dates.Line(text) is { } date)
            {
                // The date under the signature counts before any other.
                var signed = index > 0 && Organ().IsMatch(items[index - 1].Passage.Text.Replace(" ", "", StringComparison.Ordinal));
                if (Issued is null || signed)
                {
                    (Issued, sources["issued"]) = (date, passage.Whole(signed ? 0.95 : 0.8, signed ? "the date under the signature" : "a line that is a date"));
                }

                kinds[index] = "closing";
            }
            else if (Signed().Match(text) is { Success: true } both && Dates.Line(both.Groups[2].Value) is { } day)
            {
                (Issued, sources["issued"]) = (Issued ?? day, sources.GetValueOrDefault("issued") ?? passage.Whole(0.8, "a signature with its date"));
                kinds[index] = "closing";
            }
            else if (Organ().IsMatch(text.Replace(" ", "", StringComparison.Ordinal)) && index + 1 < items.Count && Dates.Line(items[index + 1].Passage.Text) is not null)
            {
                if (Issuer is null)
                {
                    (Issuer, sources["issuer"]) = (text.Replace(" ", "", StringComparison.Ordinal), passage.Whole(0.9, "the signature"));
                    County ??= Place().Match(Issuer) is { Success: true } place ? place.Groups[1].Value : null;
                }

                kinds[index] = "closing";
            }
            else if (Public().Match(text) is { Success: true } open)
            {
                (Disclosure, sources["disclosure"]) = (open.Groups[1].Value, passage.Whole(0.95, "a note on disclosure"));
                kinds[index] = "closing";
            }
            else if (!isTop && Closing().IsMatch(text))
            {
                kinds[index] = "closing";
            }
        }
    }

    /// <summary>From when and until when; these may stand anywhere, also in an article.</summary>
    private void ReadTerms()
    {
        var dates = new PlanDates(null, null, null);
        for (var index = 0; index < items.Count; index++)
        {
            var passage = items[index].Passage;
            var text = passage.Text;
            if (items[index].Rows is not null || Term().IsMatch(text) is false)
            {
                continue;
            }

            var (wasFrom, wasUntil) = (EffectiveFrom, Expires);
            if (EffectiveFrom is null && FromIssue().Match(text) is { Success: true } now && Issued is not null)
            {
                (EffectiveFrom, sources["effectiveFrom"]) = (Issued, passage.Source(now.Index, now.Index + now.Length, 0.95, "in force from its issue"));
            }
            else if (EffectiveFrom is null && FromDate().Match(text) is { Success: true } from && Dates.Read(text, from.Groups[1].Index, dates)?.Due is { } day)
            {
                (EffectiveFrom, sources["effectiveFrom"]) = (day, passage.Source(from.Index, from.Index + from.Length, 0.95, "in force from a date"));
            }

            if (Expires is null && UntilDate().Match(text) is { Success: true } until && Dates.Read(text, until.Index + until.Length - 1, dates)?.Due is { } last)
            {
                (Expires, sources["expires"]) = (last, passage.Source(until.Index, Math.Min(text.Length, until.Index + until.Length + 10), 0.95, "valid until a date"));
            }
            else if (Expires is null && ForYears().Match(text) is { Success: true } years && (EffectiveFrom ?? Issued) is { } start
                && Numeral.Read(years.Groups[1].Value, 0)?.Value is > 0 and <= 30 and var count)
            {
                Expires = start.AddYears((int)count).AddDays(-1);
                sources["expires"] = passage.Source(years.Index, years.Index + years.Length, 0.85, "so many years from the first day; the day before its return is the last");
            }

            if ((wasFrom != EffectiveFrom || wasUntil != Expires) && text.Length < 90)
            {
                kinds[index] ??= Marker.Read(text) is null ? "closing" : null!;
            }
        }
    }

    private void ReadYears()
    {
        if (Subject is not { } subject)
        {
            return;
        }

        var span = Years().Match(string.Concat(subject.Select(Passage.Fold)));
        if (!span.Success)
        {
            return;
        }

        var year = int.Parse(span.Groups[2].Success ? span.Groups[2].ValueSpan : span.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
        PlanYear = span.Groups[2].Success ? null : year;
        if (Expires is null)
        {
            (Expires, IsExpiryGuessed) = (new DateOnly(year, 12, 31), true);
            sources["expires"] = sources["subject"] with { Confidence = 0.6, Reason = "the end of the last year that the title names" };
        }
    }

    private static bool IsTitle(string text) => TitleForm().IsMatch(text.Replace(" ", "", StringComparison.Ordinal)) && text.Length < 60;

    [GeneratedRegex(@"([\u4e00-\u9fff]{2,14})\s?[〔\[【(]\s?((?:19|20)[0-9]{2})\s?[〕\]】)]\s?第?([0-9]{1,4})\s?号")]
    private static partial Regex NumberForm();

    [GeneratedRegex("关于|(?:方案|计划|意见|办法|规划|要点|清单|措施|细则|通知|规定|分工|实事|任务书|行动)(?:\\([^)]{1,20}\\))?\\z")]
    private static partial Regex TitleForm();

    [GeneratedRegex(@"^(.{0,30}?)关于(?:印发|转发|下发|公布|批转|发布)?(《[^》]{2,60}》|.{2,60}?)(?:的(?:通知|意见|函|批复|通告|决定|实施意见)|\z)")]
    private static partial Regex About();

    [GeneratedRegex(@"^(?:中共)?([\u4e00-\u9fff]{1,6}?(?:县|(?<!城)市|区|旗))(?!域|委书|直)")]
    private static partial Regex Place();

    [GeneratedRegex(@"^[\u4e00-\u9fff]{2,24}(?:人民政府|办公室|委员会|局|县委|市委|区委|领导小组|工作专班|指挥部|政府办|委|中心|联合会)(?:[、 ]?[\u4e00-\u9fff]{2,24}(?:人民政府|办公室|委员会|局))?\z")]
    private static partial Regex Organ();

    [GeneratedRegex(@"^([\u4e00-\u9fff\s]{2,30}(?:人民政府|办公室|委员会|局|县委|市委|区委))\s*文件\z")]
    private static partial Regex Letterhead();

    [GeneratedRegex(@"^([\u4e00-\u9fff\s]{4,40}?)\s?([0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)(?:印发|发)?\z")]
    private static partial Regex Signed();

    [GeneratedRegex(@"^\(?((?:此件|此文件|本文)?(?:主动公开|依申请公开|不予公开|公开发布|公开属性.{0,8}))\)?。?\z")]
    private static partial Regex Public();

    [GeneratedRegex(@"^(?:抄送|主送|附件|附表|分送|报送|印发份数|联系人|联系电话|公开方式|信息公开)\s?(?:[0-9]{1,2}[.、])?\s?[:：]?|印发\z|^[-—]\s?[0-9]{1,3}\s?[-—]?\z")]
    private static partial Regex Closing();

    [GeneratedRegex("施行|执行|实施|有效期|期限|截止")]
    private static partial Regex Term();

    [GeneratedRegex("自(?:印发|发布|公布|发文)之日起(?:施行|执行|实施|生效|开始)")]
    private static partial Regex FromIssue();

    [GeneratedRegex("自(20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日)起(?:施行|执行|实施|生效)")]
    private static partial Regex FromDate();

    [GeneratedRegex("(?:有效期(?:限)?|施行期限?|执行期限?|实施期限?|试行期|期限)(?:限)?(?:截止)?(?:为|自|从)?(?:20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日)?起?(?:截止|至|到|—|-)+2")]
    private static partial Regex UntilDate();

    [GeneratedRegex("(?:有效期(?:限)?|施行期|执行期|试行期|实施期限?)(?:限)?(?:为)?([0-9]{1,2}|[一二两三四五六七八九十]{1,2})年")]
    private static partial Regex ForYears();

    [GeneratedRegex(@"(20[0-9]{2})年?(?:[-—–~至]{1,2}(20[0-9]{2}))?年?")]
    private static partial Regex Years();
}
