using System.Text.RegularExpressions;

namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>One clause: which of its numbers are targets, and what of.</summary>
internal sealed partial class Clause(
    Passage passage, List<Token> tokens, int first, int last, SentenceState sentence, Targets found, List<(int Start, int End)> taken)
{
    private readonly string text = passage.Text;
    private int local = -1;
    private Token? earlier;
    private Token? counted;
    private (string? Comparator, string Word, Token? Verb) inherited;
    private bool shareIsSubject;

    public void Read()
    {
        local = first;
        Notice();
        for (var index = first; index < last; index++)
        {
            switch (tokens[index].Kind)
            {
                case TokenKind.Amount:
                    index = OfAmount(index);
                    break;
                case TokenKind.Cover:
                    OfCover(index);
                    local = index + 1;
                    break;
                default:
                    break;
            }
        }

        OfPersons();
    }

    private int Start => tokens[first].Start;

    private int End => tokens[last - 1].End;

    private ReadOnlySpan<char> Words => text.AsSpan(Start, End - Start);

    /// <summary>What the clause says for all its numbers.</summary>
    private void Notice()
    {
        string? own = null, per = null;
        for (var index = first; index < last; index++)
        {
            var token = tokens[index];
            switch (token.Kind)
            {
                case TokenKind.When when token.When.IsBackground:
                    sentence.IsBackground = true;
                    break;
                case TokenKind.When:
                    (sentence.Due, sentence.Doubt, sentence.IsBackground) = (token.When.Due, token.When.Doubt, false);
                    sentence.Rhythm = null;
                    break;
                case TokenKind.Hope:
                    sentence.IsHoped |= !ForMoney().IsMatch(text.AsSpan(token.End, Math.Min(8, text.Length - token.End)));
                    break;
                case TokenKind.Rhythm:
                    own = token.Text;
                    break;
                case TokenKind.Per:
                    per = token.Text;
                    break;
                default:
                    break;
            }
        }

        sentence.Rhythm = own ?? sentence.Rhythm;
        var opens = tokens[first].Kind is TokenKind.Make or TokenKind.Before or TokenKind.Reach or TokenKind.Rhythm;
        sentence.Per = per ?? (opens ? sentence.Per : null);
        sentence.SawPer = sentence.Per ?? sentence.SawPer;
    }

    private int OfAmount(int index)
    {
        var amount = tokens[index];
        var after = index + 1 < last && tokens[index + 1].Kind == TokenKind.After ? tokens[index + 1] : null;
        var next = index + (after is null ? 1 : 2);
        var (comparator, word, verb) = Evidence(index);
        if (amount is { Measure: MeasureKind.Count, IsChinese: false } && comparator is null && verb is null
            && tokens.FindIndex(next, last - next, token => token.Kind == TokenKind.Cover) is >= 0 and var cover
            && tokens.FindIndex(next, cover - next, token => token.Kind is TokenKind.Reach or TokenKind.Amount) is >= 0 and var reach
            && tokens[reach].Kind == TokenKind.Reach)
        {
            // 18个乡镇实现…全覆盖: the number says what all of it is.
            counted = amount;
            return next - 1;
        }

        if (IsTaken(amount) || amount.Measure is MeasureKind.Age or MeasureKind.Class || IsKnown(index))
        {
            local = amount.Measure is MeasureKind.Age or MeasureKind.Class ? local : next;
            return next - 1;
        }

        // 3个工作日内响应: a limit.
        if (amount.Measure == MeasureKind.Time && comparator is null && after is null && amount.End < End && text[amount.End] == '内'
            && ShortTime().IsMatch(amount.Text))
        {
            (comparator, word) = (Lexicon.Lte, "内");
        }

        var isTarget = IsTarget(amount, index, next, comparator, verb, after);
        if (isTarget)
        {
            var sure = comparator ?? (after is null ? null : after.Text);
            Add(amount, index, next, after?.Text == Lexicon.Lte ? Lexicon.Lte : comparator ?? after?.Text, word, verb, sure is not null);
            earlier = amount;
            inherited = (comparator, word, verb);
        }
        else if (amount is not { IsChinese: true, Value: 1 } && amount.Measure != MeasureKind.Time && !(shareIsSubject && amount.Value <= 3))
        {
            found.Gaps.Add(new DraftGap(passage.Words(amount.Start, amount.End), passage.Source(amount.Start, amount.End, 0, "").Line, "a number without a word that makes it a target"));
        }

        local = next;
        return next - 1;
    }

    /// <summary>The comparator and the verb that stand before the number in its part of the clause.</summary>
    private (string? Comparator, string Word, Token? Verb) Evidence(int index)
    {
        string? comparator = null;
        var word = "";
        Token? verb = null;
        for (var at = index - 1; at >= local; at--)
        {
            var token = tokens[at];
            switch (token.Kind)
            {
                case TokenKind.Before when comparator is null && IsNear(token, index):
                    (comparator, word) = (token.Text, text[token.Start..token.End]);
                    break;
                case TokenKind.Make or TokenKind.Reach or TokenKind.Less:
                    verb ??= token;
                    break;
                default:
                    break;
            }
        }

        var joined = earlier is not null && tokens[local..index].Any(token => token.Kind == TokenKind.Joint);
        return comparator is null && verb is null && joined && earlier is not null
            ? inherited
            : (comparator, word, verb);
    }

    /// <summary>达到 and 超过 stand at the number; 至少 and 不少于 may be parted from it by a verb and its object.</summary>
    private bool IsNear(Token token, int index)
    {
        var distance = tokens[index].Start - token.End;
        var word = text.AsSpan(token.Start, token.End - token.Start);
        return distance <= (word is "达到" or "达" ? 4 : word is "至少" or "最少" or "不少于" or "不低于" or "控制在" ? 24 : 12);
    }

    private bool IsTarget(Token amount, int index, int next, string? comparator, Token? verb, Token? after)
    {
        var left = text.AsSpan(tokens[local].Start, amount.Start - tokens[local].Start);
        var right = next < last ? text.AsSpan(tokens[next].Start, End - tokens[next].Start) : [];
        var bare = left.TrimEnd();
        var attributive = after is not null && comparator is null
            && (right.StartsWith("的") || bare.EndsWith("对") || bare.EndsWith("向") || bare.EndsWith("将") || bare.EndsWith("为") || bare.EndsWith("满"));
        if (attributive && amount.Measure != MeasureKind.Percent)
        {
            return false;
        }

        var rhythm = sentence.Rhythm is not null && (!amount.IsChinese || verb is not null || OwnRhythm() is not null);
        var each = sentence.Per is not null && (!amount.IsChinese || verb is not null);
        switch (amount.Measure)
        {
            case MeasureKind.Time:
                return comparator is not null || (after?.Text == Lexicon.Lte && TimeNoun().IsMatch(left));
            case MeasureKind.Percent:
                return comparator is not null || after is not null || verb is not null || sentence.Due is not null || Rate().IsMatch(left)
                    || (amount.Value == 100 && next < last && (tokens[next].Kind is TokenKind.Make or TokenKind.Reach || Does().IsMatch(right)));
            case MeasureKind.Money:
                return !Prize().IsMatch(left)
                    && (comparator is not null || after is not null || Subsidy().IsMatch(left) || Given().IsMatch(right) || (Invests().IsMatch(left) && (verb is not null || !Estimate().IsMatch(left))));
            default:
                if (shareIsSubject && amount.Value <= 3)
                {
                    return false;
                }

                if (amount is { IsChinese: true, Value: 1 })
                {
                    return comparator is not null || rhythm;
                }

                return comparator is not null || after is not null || rhythm || each || (Served().IsMatch(left) && Serves().IsMatch(right))
                    || (verb is not null && !(amount.IsChinese && amount.Measure == MeasureKind.Count && amount.Text is "个" or "项" && tokens[index - 1].Kind == TokenKind.Word && !IsRightAfter(verb, amount)))
                    || (sentence.Due is not null && !amount.IsChinese);
        }
    }

    private static bool IsRightAfter(Token verb, Token amount) => amount.Start - verb.End <= 1;

    private void Add(Token amount, int index, int next, string? comparator, string word, Token? verb, bool sure)
    {
        var left = text.AsSpan(tokens[local].Start, amount.Start - tokens[local].Start);
        var subsidy = amount.Measure == MeasureKind.Money
            && (Subsidy().IsMatch(left) || (next < last && Given().IsMatch(text.AsSpan(tokens[next].Start, End - tokens[next].Start))));
        var says = comparator ?? (subsidy ? Lexicon.Eq : Lexicon.Gte);
        var rhythm = amount.Measure is MeasureKind.Percent ? OwnRhythm() : sentence.Rhythm;
        var isDaily = amount.Measure == MeasureKind.Time && (rhythm == "daily" || tokens[local..index].Any(token => token is { Kind: TokenKind.Rhythm, Text: "daily" }));
        var scope = Scope(amount, index, left, word, rhythm);
        var unit = amount.Text + Per(amount, left, rhythm, isDaily);
        var cadence = isDaily ? "standing" : Cadence(amount, word, rhythm, scope, verb);
        var to = next < last ? Stretch(next) : tokens[next - 1].End;
        found.Numbers.Add(new Target(
            Name(amount, index, next, verb),
            says,
            amount.Value,
            amount.ValueTo,
            unit,
            sentence.Due,
            sentence.Doubt,
            cadence,
            scope,
            sentence.IsHoped,
            passage.Source(
                tokens[local].Start,
                to,
                amount.IsRough ? 0.5 : sure ? 0.9 : 0.7,
                sure ? "a comparator at a number with a measure" : "a verb, a date or a rhythm at a number with a measure")));
        shareIsSubject |= amount.Measure == MeasureKind.Percent && comparator is not null && word.Length == 0;
    }

    /// <summary>An end of the words that belong to a number: its object, up to the next number or joint.</summary>
    private int Stretch(int next)
    {
        var end = next;
        while (end < last && tokens[end].Kind is not (TokenKind.Amount or TokenKind.Joint or TokenKind.Cover))
        {
            end++;
        }

        return end > next ? tokens[end - 1].End : tokens[next - 1].End;
    }

    private void OfCover(int index)
    {
        var cover = tokens[index];
        var ruling = tokens.Take(index).LastOrDefault(token => token.Kind is TokenKind.Reach or TokenKind.Soft);
        var softened = tokens.Take(index).Any(token => token.Kind == TokenKind.Soft && text[token.Start..token.End] is "因地制宜" or "有条件" or "逐步" or "探索" or "鼓励");
        var isTarget = !softened && (ruling?.Kind == TokenKind.Reach || (sentence.Due is not null && ruling is null));
        if (!isTarget)
        {
            return;
        }

        if (counted is { } all)
        {
            found.Numbers.Add(new Target(
                Clean(text.AsSpan(all.End, cover.Start - all.End)), Lexicon.Eq, all.Value, null, all.Text, sentence.Due, sentence.Doubt, "once", Scopes.County, sentence.IsHoped,
                passage.Source(all.Start, cover.End, 0.8, "全覆盖 of a number that is written")));
            (earlier, counted) = (all, null);
            return;
        }

        var start = ruling is not null && ruling.Start >= tokens[local].Start ? ruling.End : tokens[local].Start;
        var subject = text.AsSpan(start, cover.Start - start);
        found.Numbers.Add(new Target(
            Clean(subject),
            Lexicon.Gte,
            100,
            null,
            "%",
            sentence.Due,
            sentence.Doubt,
            "once",
            Scopes.OfShare(subject) ?? (subject.StartsWith("农村") ? "rural" : Scopes.County),
            sentence.IsHoped,
            passage.Source(tokens[local].Start, cover.End, 0.8, "全覆盖 that is to be reached")));
        earlier = cover with { Measure = MeasureKind.Percent };
        inherited = (null, "", ruling);
    }

    /// <summary>每个村（社区）有社会工作者: no number, so at least one.</summary>
    private void OfPersons()
    {
        if (sentence.Per is { } per && !per.StartsWith("ratio:", StringComparison.Ordinal) && earlier is null
            && tokens.Take(last).All(token => token.Kind != TokenKind.Amount || token.End < Start)
            && Staffed().Match(Words.ToString()) is { Success: true } staffed)
        {
            found.Numbers.Add(new Target(
                staffed.Groups[1].Value,
                Lexicon.Gte,
                1,
                null,
                "名",
                sentence.Due,
                sentence.Doubt,
                sentence.Due is null ? "standing" : "once",
                per,
                sentence.IsHoped,
                passage.Source(Start, End, 0.6, "each has one; no number is written, so at least one")));
        }
    }

    private string? OwnRhythm() => tokens[first..last].FirstOrDefault(token => token.Kind == TokenKind.Rhythm)?.Text;

    private string Scope(Token amount, int index, ReadOnlySpan<char> left, string word, string? rhythm)
    {
        if (sentence.Per is { } per && !per.StartsWith("ratio:", StringComparison.Ordinal))
        {
            if (per == "per-person" && left.Contains("村(社区)", StringComparison.Ordinal))
            {
                return "per-village";
            }

            return per;
        }

        if (amount.Measure == MeasureKind.Percent)
        {
            return Area().Match(left.ToString()) is { Success: true } area
                ? area.Groups[1].ValueSpan is "社区" ? "per-new-community" : "per-new-project"
                : Scopes.OfShare(left.TrimStart()) ?? Scopes.County;
        }

        if (rhythm is not null && Visits().IsMatch(left))
        {
            return "per-person";
        }

        if (amount.Measure == MeasureKind.Time && Venue().IsMatch(left))
        {
            return "per-venue";
        }

        if (word is "至少" or "最少" or "不少于" && tokens[local].Kind == TokenKind.Word)
        {
            var subject = left;
            var township = Scopes.NamesTownship(subject);
            if (township && subject.Contains("城市社区", StringComparison.Ordinal))
            {
                return "per-township-and-urban-community";
            }
        }

        // A yearly number of a site that the clauses before set up in every community.
        return rhythm == "annual" && amount.Measure == MeasureKind.Count && SetsUp().IsMatch(text.AsSpan(sentence.From, Start - sentence.From))
            ? "per-community"
            : Scopes.County;
    }

    private string Per(Token amount, ReadOnlySpan<char> left, string? rhythm, bool isDaily)
    {
        if (isDaily)
        {
            return "/天";
        }

        if (sentence.Per is { } ratio && ratio.StartsWith("ratio:", StringComparison.Ordinal))
        {
            return "/" + ratio["ratio:".Length..].Replace('名', '人').Replace("户户", "户", StringComparison.Ordinal);
        }

        if (amount.Measure is MeasureKind.Percent or MeasureKind.Time or MeasureKind.Score)
        {
            return "";
        }

        var who = amount.Measure == MeasureKind.Money
            ? sentence.Per switch
            {
                "per-person" => "人",
                "per-household" => "户",
                "per-village" => "村",
                _ => PerPiece().Match(left.ToString()) is { Success: true } piece ? piece.Groups[1].Value : null,
            }
            : rhythm is not null && sentence.Per is null && Visits().Match(left.ToString()) is { Success: true } visits
                ? visits.Groups[1].ValueSpan is "户" or "家庭" ? "户" : visits.Groups[1].ValueSpan is "企业" ? "企业" : "人"
                : null;
        var often = rhythm switch
        {
            "annual" => "年",
            "half-yearly" => "半年",
            "quarterly" => "季",
            "monthly" => "月",
            "weekly" => "周",
            "daily" => "天",
            "per-term" => "学期",
            _ => null,
        };
        return who is null && often is null ? "" : "/" + string.Join('·', ((string?[])[who, often]).Where(part => part is not null));
    }

    private string Cadence(Token amount, string word, string? rhythm, string scope, Token? verb)
    {
        if (rhythm is not null)
        {
            return rhythm;
        }

        if (sentence.Due is not null)
        {
            return "once";
        }

        if (sentence.Per is { } per && !per.StartsWith("ratio:", StringComparison.Ordinal))
        {
            return "standing";
        }

        var before = text.AsSpan(sentence.From, amount.Start - sentence.From);
        if (amount.Measure == MeasureKind.Percent && before.Contains("新建", StringComparison.Ordinal))
        {
            return "standing";
        }

        var limit = word is not ("" or "达到" or "达" or "超过" or "突破")
            && !word.EndsWith('到') && !word.EndsWith('至');
        var reaches = tokens[first..last].Any(token => token.Kind is TokenKind.Reach or TokenKind.Make && token.Start < amount.Start);
        return limit && !reaches && verb is null ? "standing" : "once";
    }

    private string Name(Token amount, int index, int next, Token? verb)
    {
        var left = Clean(text.AsSpan(tokens[local].Start, amount.Start - tokens[local].Start));
        var right = next < last ? Clean(text.AsSpan(tokens[next].Start, Stretch(next) - tokens[next].Start)) : "";
        var name = amount.Measure is MeasureKind.Percent or MeasureKind.Time or MeasureKind.Score or MeasureKind.Money
            ? left.Length > 1 ? left : right
            : right.Length > 1 ? right : left;
        return name.Length > 1 || first == 0 ? name : Clean(Words);
    }

    /// <summary>Words without dates, verbs of reaching and comparators at their ends; at most 40 characters.</summary>
    private static string Clean(ReadOnlySpan<char> words)
    {
        var name = Ends().Replace(Begins().Replace(words.ToString().Trim(), ""), "").Trim();
        return name.Length > 40 ? name[^40..] : name;
    }

    private bool IsTaken(Token amount) => taken.Exists(span => amount.Start < span.End && amount.End > span.Start);

    private bool IsKnown(int index) =>
        tokens[local..index].Any(token => token.Kind == TokenKind.Known) || (sentence.IsBackground && sentence.Due is null);

    [GeneratedRegex("(?:为|给|帮助|支持|服务)$")]
    private static partial Regex Served();

    [GeneratedRegex("实施|提供|发放|开展|改造|办理|落实|配备|安装|解决")]
    private static partial Regex Serves();

    [GeneratedRegex(@"^(?:分钟|小时|天|日|个?工作日)\z")]
    private static partial Regex ShortTime();

    [GeneratedRegex("^(?:的)?(?:标准)?(?:给予|予以)[^。]{0,16}?(?:补助|补贴|津贴)")]
    private static partial Regex Given();

    [GeneratedRegex("每(?:一)?(台|辆|亩|户|人|名|个|家|所|座|平方米|公里|张|吨|头|只|株|件|次|例|班|校|站|处|套|组|条|艘|间)")]
    private static partial Regex PerPiece();

    [GeneratedRegex("^(?:上级|资金|项目|政策|国家|省|中央|专项|债券|到位|支持|各级|更多)")]
    private static partial Regex ForMoney();

    [GeneratedRegex("(?:率|比例|占比|比重|水平|度|比)(?:为|达|在)?$")]
    private static partial Regex Rate();

    [GeneratedRegex("^(?:建|配|覆盖|完成|达标|落实|设|纳入|签|办|实现|接入|公开)")]
    private static partial Regex Does();

    [GeneratedRegex("奖励|奖金|罚款|处以")]
    private static partial Regex Prize();

    [GeneratedRegex("补贴|补助|津贴|标准|低保|经费")]
    private static partial Regex Subsidy();

    [GeneratedRegex("投资|投入|争取|产值|收入|完成|实现|引进|到位|资金|增加值|销售|贷款|总额|发放")]
    private static partial Regex Invests();

    [GeneratedRegex("总投资|概算|估算|预算|注册资本|已")]
    private static partial Regex Estimate();

    [GeneratedRegex("时间|时限|时长|期限|周期|用时|耗时|办结|办理|响应|受理|答复|压缩|反馈")]
    private static partial Regex TimeNoun();

    [GeneratedRegex("新建(社区|住宅|小区|居住区|城区|项目)[^,。]{0,16}面积")]
    private static partial Regex Area();

    [GeneratedRegex("对[^,。]{2,40}?(老年人|儿童|残疾人|人员|人群|对象|学生|妇女|患者|户|家庭|企业|人|者)(?:上门|进行|开展|走访|至少|每)")]
    private static partial Regex Visits();

    [GeneratedRegex("场所|场馆|窗口|大厅|服务中心|站点")]
    private static partial Regex Venue();

    [GeneratedRegex("(?:设立|建立|建设)[^。;]{0,10}社区")]
    private static partial Regex SetsUp();

    [GeneratedRegex(@"^(?:每一?个|各)?[^,。]{1,16}?(?:都|均|至少)?有([^,。]{0,16}?(?:员|者|师|顾问|医生|民警|辅警|人才|人员))")]
    private static partial Regex Staffed();

    [GeneratedRegex(@"^(?:[,;:、。\s的和及与]|到?20[0-9]{2}年[底末]?前?|(?:[0-9]{1,2}月)?底前|年底前?|力争|争取|努力|确保|实现|完成|达到|全县|全市|全区|并|其中|每年|每月|每季度|至少|组织|以上|以内|不少于|不低于)+")]
    private static partial Regex Begins();

    [GeneratedRegex(@"(?:[,;:、。\s]|达到|达|不低于|不少于|不超过|至少|超过|控制在|提高到|提升到|提升至|提高至|以上|以内|增加到|压缩至|为|在|≥|≤|>|<|=|每天|每年|每月|共|新增)+\z")]
    private static partial Regex Ends();
}
