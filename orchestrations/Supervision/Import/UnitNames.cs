namespace Workflows.Orchestrations.Supervision.Import;

/// <summary>
/// The units of one text. A name is looked up as it stands, then with what a list left out (县教育局、卫健局); what is not
/// found keeps its name and becomes a question, never a guess.
/// </summary>
internal sealed class UnitNames
{
    private readonly ImportRegister register;
    private readonly ILookup<string, ImportUnit> byName;
    private readonly bool isHome;
    private readonly string? county;
    private readonly Dictionary<string, int> index = new(StringComparer.Ordinal);
    private readonly List<DraftUnit> units = [];

    public UnitNames(ImportRegister register, string? county)
    {
        this.register = register;
        this.county = county;
        isHome = register.County is null || county is null || county == register.County;
        byName = register.Units
            .SelectMany(unit => unit.Aliases.Prepend(unit.Name).Select(Fold).Distinct(StringComparer.Ordinal), (unit, name) => (unit, name))
            .ToLookup(pair => pair.name, pair => pair.unit, StringComparer.Ordinal);
    }

    /// <summary>In the order of their first mention.</summary>
    public IReadOnlyList<DraftUnit> All => units;

    public bool IsHome => isHome;

    /// <summary>Whether the word by itself is a unit of the register.</summary>
    public bool Knows(string word) => isHome && (byName.Contains(word) || byName.Contains(Local(word)));

    public bool IsTownship(string word) => isHome && byName[word].Any(unit => unit.Kind == "township");

    /// <summary>The unit that a word of a list names.</summary>
    /// <param name="word">Folded, without blanks.</param>
    /// <param name="carried">The prefix of the name before it: 县, 县委, 市; empty when there was none.</param>
    /// <param name="source">Where it stands.</param>
    public DraftUnit Name(string word, string carried, Source source)
    {
        var local = Local(word);
        var full = Full(local, carried);
        foreach (var candidate in Candidates(local, full, carried))
        {
            if (isHome && byName[candidate].FirstOrDefault() is { } known)
            {
                return Keep(known.Id, known.Name, known.Kind, true, source);
            }
        }

        return Keep(null, full, UnitWords.KindOf(full), false, source);
    }

    /// <summary>Units of the register that an unknown name may mean.</summary>
    public IReadOnlyList<string> Suggestions(DraftUnit unit)
    {
        var word = Local(unit.Name);
        var bare = word[UnitWords.PrefixOf(word).Length..];
        string[] places = Places();
        var stem = UnitWords.Stem(word, places);
        return [.. byName[word].Concat(byName[bare])
            .Concat(register.Units.Where(known => known.Kind != "township" && UnitWords.AreAlike(stem, UnitWords.Stem(Fold(known.Name), places))))
            .Select(known => known.Id)
            .Distinct(StringComparer.Ordinal)
            .Take(3)];
    }

    /// <summary>Pairs of named units whose names are alike.</summary>
    public IEnumerable<(DraftUnit One, DraftUnit Other)> Alike()
    {
        string[] places = Places();
        var stems = units.Select(unit => UnitWords.Stem(Fold(unit.Name), places)).ToList();
        for (var one = 0; one < units.Count; one++)
        {
            for (var other = one + 1; other < units.Count; other++)
            {
                if (units[one].Kind != "township" && UnitWords.AreAlike(stems[one], stems[other]))
                {
                    yield return (units[one], units[other]);
                }
            }
        }
    }

    private string[] Places() => [.. ((string?[])[county, register.County]).OfType<string>().SelectMany(place => (string[])[place, place[..^1]])];

    private static IEnumerable<string> Candidates(string word, string full, string carried)
    {
        yield return word;
        yield return full;
        var level = carried.Length > 0 ? carried[^1] == '委' ? carried[^2..^1] : carried[^1..] : "县";
        yield return level + word;
        yield return $"{level}委{word}";
    }

    /// <summary>The name with what the list left out.</summary>
    private string Full(string word, string carried)
    {
        if (carried.Length == 0 || (county is { Length: > 2 } && word.Contains(county[..^1], StringComparison.Ordinal)) || UnitWords.PrefixOf(word).Length > 0 || UnitWords.LooksLikeTownship(word))
        {
            return word;
        }

        var level = carried.EndsWith('委') ? carried[..^1] : carried;
        level = level.TrimStart('团');
        return UnitWords.TakesParty(word) ? $"{level}委{word}" : UnitWords.TakesPrefix(word) ? level + word : word;
    }

    /// <summary>仙游县教育局 is 县教育局 here.</summary>
    private string Local(string word)
    {
        foreach (var place in ((string?[])[county, register.County]).OfType<string>())
        {
            if (word.Length > place.Length + 1 && word.StartsWith(place, StringComparison.Ordinal))
            {
                return place[^1..] + word[place.Length..];
            }
        }

        return word;
    }

    private DraftUnit Keep(string? id, string name, string kind, bool known, Source source)
    {
        var key = id ?? name;
        if (!index.TryGetValue(key, out var at))
        {
            index[key] = at = units.Count;
            units.Add(new DraftUnit(id ?? $"u{units.Count(unit => !unit.Known) + 1}", name, kind, known, [source.Words], source));
        }
        else if (!units[at].Aliases.Contains(source.Words))
        {
            units[at] = units[at] with { Aliases = [.. units[at].Aliases, source.Words] };
        }

        return units[at];
    }

    private static string Fold(string name) => string.Concat(name.Select(Passage.Fold));
}
