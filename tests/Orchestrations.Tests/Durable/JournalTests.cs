using CsCheck;
using Workflows.Orchestrations.Durable;
using Workflows.Orchestrations.Tests.Disputes;
using Workflows.Testing;

namespace Workflows.Orchestrations.Tests.Durable;

public sealed class JournalTests
{
    private static readonly IReadOnlyList<JournalEntry> Chain = Samples.Open(Samples.Neighbours.WithConsent()).RunOut().Journal;

    [Fact]
    public void The_chain_of_a_whole_case_holds_and_still_does_after_it_was_stored()
    {
        Assert.True(Chain.Count > 30);
        Assert.Null(Journal.FirstBroken(Chain));
        Assert.Null(Journal.FirstBroken(Wire.Read<List<JournalEntry>>(Wire.Write(Chain))));
        Assert.Null(Journal.FirstBroken([]));
    }

    [Fact]
    public void An_entry_that_is_changed_removed_doubled_or_slipped_in_is_found() =>
        Gen.Select(Gen.Int[0, Chain.Count - 2], Gen.Int[0, 8]).Sample((index, kind) =>
        {
            var entry = Chain[index];
            List<JournalEntry> changed = [.. Chain];
            switch (kind)
            {
                case 0: changed[index] = entry with { At = entry.At.AddTicks(1) }; break;
                case 1: changed[index] = entry with { By = "somebody" }; break;
                case 2: changed[index] = entry with { Via = "elsewhere" }; break;
                case 3: changed[index] = entry with { Line = entry.Line with { Text = entry.Line.Text + " " } }; break;
                case 4: changed[index] = entry with { Line = entry.Line with { Due = LocalTime.Day("2030-01-01") } }; break;
                case 5: changed[index] = entry with { Number = entry.Number + 1 }; break;
                case 6: changed.RemoveAt(index); break;
                case 7: changed.Insert(index, entry); break;
                default:
                    var line = entry.Line with { What = "Forged" };
                    changed[index] = Journal.Append(index, entry.Previous, new Occasion(entry.At, entry.By, entry.Via, "x"), [line])[0];
                    break;
            }

            var broken = Journal.FirstBroken(changed);
            // A doubled entry, and a forged one with its own hash, break the entry after it.
            Assert.InRange(broken ?? 0, index + 1, index + 2);
        });

    [Fact]
    public void The_end_of_a_chain_that_was_cut_off_cannot_be_seen_from_the_chain_alone() =>
        Assert.Null(Journal.FirstBroken([.. Chain.SkipLast(1)]));
}
