using CsCheck;
using Workflows.Activities.Storage;
using static Workflows.Activities.Storage.TableOperation;

namespace Workflows.Activities.Tests.Storage;

/// <summary>Random batches against a sorted dictionary that does the same. A derived class says on which storage.</summary>
public abstract class TablesModelTests
{
    private const string Table = "Model";

    private static readonly string[] Keys = ["", "a", "ab", "b", "é", "中", "😀", "\ue000"];

    private static readonly Gen<Wish> Wishes = Gen.Select(
        Gen.Enum<Kind>(),
        Gen.Int[0, 7],
        Gen.Int,
        Gen.Bool,
        (kind, row, value, stale) => new Wish(kind, Keys[row], value, stale));

    private static readonly Gen<Batch[]> Runs = Gen.Select(
        Wishes.Array[1, 4],
        Gen.Int[1, 9],
        Gen.Int[0, 7],
        Gen.Int[0, 7],
        (wishes, size, from, to) => new Batch([.. wishes.DistinctBy(w => w.Row)], size, Keys[from], Keys[to])).Array[1, 12];

    private ITables tables = null!;
    private int partitions;

    private enum Kind
    {
        Insert,
        Put,
        Replace,
        Delete,
        DeleteMatching,
    }

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Whether a conflict may come as a failure whose outcome is open, since answers get lost.</summary>
    protected virtual bool AnswersGetLost => false;

    protected Task EndsAsInASortedDictionary(ITables on, int runs)
    {
        tables = on;
        return Runs.SampleAsync(Run, iter: runs, threads: 1);
    }

    private async Task Run(Batch[] batches)
    {
        var partition = $"p{partitions++}";
        var model = new SortedDictionary<string, (int Value, string Tag)>(StringComparer.Ordinal);
        var oldTags = new Dictionary<string, string>();
        foreach (var (wishes, size, from, to) in batches)
        {
            var operations = wishes.Select(w => Operation(w, model, oldTags)).ToArray();
            var conflict = Array.Find(wishes, w => Conflicts(w, model))?.Row;
            if (conflict is null)
            {
                await tables.Submit(Table, partition, operations, Stop);
                Apply(wishes, model, oldTags);
            }
            else
            {
                var thrown = await Record.ExceptionAsync(() => tables.Submit(Table, partition, operations, Stop));
                Assert.True(
                    thrown switch
                    {
                        TableConflictException first => first.Row == conflict,
                        StorageFailedException => AnswersGetLost,

                        // Whoever deletes what is gone, and lost an answer, cannot know who did it.
                        null => AnswersGetLost && wishes.All(w => w.Kind is Kind.Delete or Kind.DeleteMatching && !model.ContainsKey(w.Row)),
                        _ => false,
                    },
                    $"{thrown}");
            }

            var read = await ReadAll(new RowRange(partition), size);
            Assert.Equal(model.Select(m => (m.Key, m.Value.Value)), read.Select(e => (e.Row, (int)e.Number("Value"))));
            foreach (var entity in read)
            {
                var (value, tag) = model[entity.Row];
                // An empty tag: written just now, and so different from every tag before.
                Assert.True(tag.Length == 0 ? entity.ETag != oldTags.GetValueOrDefault(entity.Row) : entity.ETag == tag);
                model[entity.Row] = (value, entity.ETag!);
            }

            var within = model.Keys.Where(k => string.CompareOrdinal(k, from) >= 0 && string.CompareOrdinal(k, to) < 0);
            Assert.Equal(within, (await ReadAll(new RowRange(partition, from, to), size)).Select(e => e.Row));
        }
    }

    private static bool Conflicts(Wish wish, SortedDictionary<string, (int Value, string Tag)> model) => wish.Kind switch
    {
        Kind.Insert => model.ContainsKey(wish.Row),
        Kind.Replace or Kind.DeleteMatching => wish.Stale || !model.ContainsKey(wish.Row),
        Kind.Put or Kind.Delete => false,
        _ => throw new ArgumentOutOfRangeException(nameof(wish)),
    };

    private static TableOperation Operation(
        Wish wish, SortedDictionary<string, (int Value, string Tag)> model, Dictionary<string, string> oldTags)
    {
        var properties = new Dictionary<string, object> { ["Value"] = wish.Value };
        var tag = !wish.Stale && model.TryGetValue(wish.Row, out var now)
            ? now.Tag
            : oldTags.GetValueOrDefault(wish.Row, "never");
        return wish.Kind switch
        {
            Kind.Insert => new Insert(wish.Row, properties),
            Kind.Put => new Put(wish.Row, properties),
            Kind.Replace => new Replace(wish.Row, properties, tag),
            Kind.Delete => new Delete(wish.Row),
            Kind.DeleteMatching => new Delete(wish.Row, tag),
            _ => throw new ArgumentOutOfRangeException(nameof(wish)),
        };
    }

    private static void Apply(
        Wish[] wishes, SortedDictionary<string, (int Value, string Tag)> model, Dictionary<string, string> oldTags)
    {
        foreach (var wish in wishes)
        {
            if (model.Remove(wish.Row, out var before))
            {
                oldTags[wish.Row] = before.Tag;
            }

            if (wish.Kind is Kind.Insert or Kind.Put or Kind.Replace)
            {
                model[wish.Row] = (wish.Value, "");
            }
        }
    }

    private async Task<List<Entity>> ReadAll(RowRange range, int size)
    {
        var all = new List<Entity>();
        string? cursor = null;
        do
        {
            var page = await tables.Query(Table, range, size, cursor, Stop);
            all.AddRange(page.Entities);
            cursor = page.Next;
        }
        while (cursor is not null);
        return all;
    }

    private sealed record Wish(Kind Kind, string Row, int Value, bool Stale);

    private sealed record Batch(Wish[] Wishes, int PageSize, string From, string To);
}
