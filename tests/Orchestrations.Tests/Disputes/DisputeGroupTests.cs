using Workflows.Orchestrations.Disputes;
using Workflows.Orchestrations.Durable;
using Workflows.Testing;
using static Workflows.Orchestrations.Tests.Disputes.Samples;
using static Workflows.Testing.LocalTime;

namespace Workflows.Orchestrations.Tests.Disputes;

/// <summary>
/// A side of five or more speaks by the one to five it has named (信访工作条例 20), in choosing the mediator, in agreeing to more
/// time and at sessions (民事诉讼法 56); all that is each party's own word stays so (人民调解法 3, 17). The applicants are p1, p2 …,
/// the first of them the representatives; the respondent is r.
/// </summary>
public sealed class DisputeGroupTests
{
    private const string First = "m-350322001001-1";
    private const string Second = "m-350322001001-2";
    private static readonly DateTimeOffset Morning = Local("2025-10-09 09:00");

    private static readonly DisputeRules WithoutMatters = ReferenceCounty.Followed with
    {
        Process = ReferenceCounty.Followed.Process with { Group = ReferenceCounty.Followed.Process.Group! with { SpeakFor = null, SpeakForSource = null } },
    };

    [Fact]
    public void The_mediator_whom_all_representatives_and_the_other_side_choose_leads_though_nobody_asked_those_they_represent()
    {
        var run = MediatingByPlan(Group(6, named: 2));

        Assert.Null(Choose(run, "p1", First));
        Assert.Null(Choose(run, "r", First));
        Assert.Null(run.State.Mediators);
        Assert.Null(Choose(run, "p2", First));

        Assert.Equal([First], run.State.Mediators);
        Assert.Equal(
            ($"All who speak for the parties have chosen {First}, who leads from now on.", $"各方当事人（有代表人的由代表人）共同选定调解员{First}主持调解。"),
            (run.Journal[^1].Line.Text, run.Journal[^1].Line.TextZh));
    }

    [Fact]
    public void A_represented_party_chooses_no_mediator_neither_itself_nor_by_the_handler_and_hears_who_does()
    {
        var run = MediatingByPlan(Group(5, named: 2));
        var refusal = new Step<Dispute, DisputeFact>.Refused("represented", "p3 is spoken for by p1, p2 (民事诉讼法(2023)第五十六条).");

        Assert.Equal(refusal, run.Tell(Morning, "party:p3", new DisputeFact.MediatorChosen("p3", First), Speakers.PartyVia));
        Assert.Equal(refusal, run.Tell(Morning, Village, new DisputeFact.MediatorChosen("p3", First)));
        Assert.Equal("unknown-party", Choose(run, "p9", First));
    }

    [Fact]
    public void More_time_needs_the_agreement_of_the_representatives_and_may_have_that_of_others()
    {
        Assert.Equal("agreement-missing", Ask(["p1", "r"]));
        Assert.Equal("agreement-missing", Ask(["p1", "p2", "p3", "p4", "p5"]));
        Assert.Null(Ask(["r", "p2", "p1"]));
        Assert.Null(Ask(["p1", "p2", "p3", "p4", "p5", "r"]));

        static string? Ask(string[] agreed)
        {
            var run = MediatingByPlan(Group(5, named: 2));
            var step = run.Tell(Morning, Village, new DisputeFact.ExtensionAsked(3, agreed));
            if (step is Step<Dispute, DisputeFact>.Refused refused)
            {
                Assert.StartsWith("Not every party that speaks for itself or its side has agreed to more time: ", refused.Reason, StringComparison.Ordinal);
                return refused.Code;
            }

            Assert.Contains("; all who speak for the parties agree. Decision by", run.Journal[^1].Line.Text, StringComparison.Ordinal);
            Assert.Contains("经各方当事人或者其代表人同意", run.Journal[^1].Line.TextZh, StringComparison.Ordinal);
            return null;
        }
    }

    [Fact]
    public void Whatever_is_each_partys_own_word_representatives_do_not_say()
    {
        var unasked = Group(5, named: 1) with { Parties = [.. Group(5, named: 1).Parties.Select(party => party.Id == "p5" ? party with { Consent = Consent.NotAsked } : party)] };
        var run = MediatingByPlan(unasked);
        Assert.Equal("consent-missing", Code(Hold(run, ["p1"])));
        Assert.Equal("not-your-word", Code(run.Tell(Morning, "party:p1", new DisputeFact.MediationConsent("p5", Consent.Yes, RecordMeans.Online), Speakers.PartyVia)));
        Assert.Null(Code(run.Tell(Morning, "party:p5", new DisputeFact.MediationConsent("p5", Consent.Yes, RecordMeans.Online), Speakers.PartyVia)));
        Assert.Null(Code(run.Tell(Morning, "party:p5", new DisputeFact.ConsentAnswered("p5", ConsentToGoUp.Once), Speakers.PartyVia)));
        Assert.Equal(ConsentToGoUp.NotAsked, run.State.Parties[0].GoUp);
        Assert.Null(Code(run.Tell(Morning, "party:p5", new DisputeFact.Withdrawn("p5"), Speakers.PartyVia)));

        Assert.Equal(DisputeStatus.Withdrawn, run.State.Status);
    }

    [Theory]
    [InlineData(4, 1, "side-too-small")]
    [InlineData(5, 0, "representative-count")]
    [InlineData(5, 1, null)]
    [InlineData(6, 5, null)]
    [InlineData(6, 6, "representative-count")]
    public void A_side_of_five_or_more_names_one_to_five_after_the_registration_too(int parties, int named, string? code)
    {
        var run = MediatingByPlan(Group(parties));

        Assert.Equal(code, Code(Name(run, [.. Ids(named)])));
        Assert.Equal(code is null ? Ids(named) : [], Representatives(run));
    }

    [Fact]
    public void They_are_named_by_the_handler_or_above_among_their_own_side_each_once_while_the_case_runs()
    {
        var run = MediatingByPlan(Group(5));
        var one = new DisputeFact.RepresentativesNamed(PartyRole.Applicant, ["p1"]);

        Assert.Equal("not-the-handler", Code(run.Tell(Morning, "mzj", one)));
        Assert.Equal("not-the-handler", Code(run.Tell(Morning, "party:p1", one, Speakers.PartyVia)));
        Assert.Equal("unknown-party", Code(Name(run, ["p1", "p9"])));
        Assert.Equal("other-side", Code(Name(run, ["p1", "r"])));
        Assert.Equal("representative-count", Code(Name(run, ["p1", "p1"])));
        Assert.Equal(
            new Step<Dispute, DisputeFact>.Refused("side-too-small", "A side of 5 parties or more names representatives; the respondents are 1 and speak for themselves (信访工作条例第二十条)."),
            run.Tell(Morning, Village, new DisputeFact.RepresentativesNamed(PartyRole.Respondent, ["r"])));
        var said = run.Said.Count;
        Assert.Null(Code(run.Tell(Morning, Township, new DisputeFact.RepresentativesNamed(PartyRole.Applicant, ["p2", "p1"]))));
        Assert.Equal(["p1", "p2"], Representatives(run));
        Assert.Equal(
            ("The applicants are represented by p1, p2 (信访工作条例第二十条；民事诉讼法(2023)第五十六条).", "申请人一方推选p1、p2为代表人（信访工作条例第二十条；民事诉讼法(2023)第五十六条）。"),
            (run.Journal[^1].Line.Text, run.Journal[^1].Line.TextZh));
        Assert.Equal("already-named", Code(Name(run, ["p1", "p2"])));
        Assert.Equal(said, run.Said.Count);

        run.Tell(Morning, Village, new DisputeFact.Refused("r"));
        Assert.Equal("ended", Code(Name(run, ["p3"])));
    }

    [Fact]
    public void Others_than_before_choose_the_mediator_anew_and_the_choice_of_the_other_side_stands()
    {
        var run = MediatingByPlan(Group(5, named: 2));
        Choose(run, "p1", First);
        Choose(run, "r", First);

        Assert.Null(Code(Name(run, ["p1", "p3"])));

        Assert.Equal([new MediatorChoice("r", First)], run.State.MediatorChoices);
        Assert.EndsWith("What that side has chosen for a mediator counts no more.", run.Journal[^1].Line.Text, StringComparison.Ordinal);
        Assert.Equal("represented", Choose(run, "p2", First));
        Assert.Null(Choose(run, "p1", First));
        Assert.Null(Choose(run, "p3", First));
        Assert.Equal([First], run.State.Mediators);
    }

    [Fact]
    public void A_side_that_was_split_until_it_is_small_may_have_everybody_speak_for_himself_again()
    {
        var run = MediatingByPlan(Group(5, named: 1));
        Assert.Null(Code(run.Tell(Morning, Village, new DisputeFact.SplitAsked("D2025-00003", ["p4", "p5"], 3, ["r"]))));
        Assert.Equal("represented", Choose(run, "p2", First));
        Assert.Equal("representative-count", Code(Name(run, [])));

        Assert.Null(Code(Name(run, ["p1", "p2", "p3"])));

        Assert.Null(Choose(run, "p2", First));
    }

    [Fact]
    public void A_side_that_a_split_leaves_without_representatives_speaks_by_all_of_it()
    {
        var run = MediatingByPlan(Group(6, named: 1));
        Assert.Null(Code(run.Tell(Morning, Village, new DisputeFact.SplitAsked("D2025-00003", ["p1"], 2, ["r"]))));

        foreach (var party in (string[])["p2", "p3", "p4", "p5", "r"])
        {
            Assert.Null(Choose(run, party, First));
        }

        Assert.Null(run.State.Mediators);
        Assert.Null(Choose(run, "p6", First));
        Assert.Equal([First], run.State.Mediators);
        Assert.Equal($"All parties have chosen {First}, who leads from now on.", run.Journal[^1].Line.Text);
    }

    [Fact]
    public void Who_has_named_nobody_speaks_for_himself_beside_the_representatives_of_another_case_that_is_taken_in()
    {
        Party[] named = [new("p1", PartyRole.Applicant, Represents: true), new("p2", PartyRole.Applicant), new("p3", PartyRole.Respondent)];
        Party[] others = [new("p4", PartyRole.Applicant), new("p5", PartyRole.Respondent)];
        Party[] namedToo = [new("p6", PartyRole.Applicant), new("p7", PartyRole.Applicant, Represents: true)];

        Assert.Equal(["p1", "p4"], Speaking(named, others));
        Assert.Equal(["p4", "p1"], Speaking(others, named));
        Assert.Equal(["p1", "p7"], Speaking(named, namedToo));
        Assert.Equal([], Speaking(others, others));
        Assert.Equal([.. named, .. others], DisputeGroups.Joined(named, others).Select(party => party.Id == "p4" ? party with { Represents = null } : party));

        static IEnumerable<string> Speaking(Party[] own, Party[] added) => DisputeGroups.Joined(own, added).Where(party => party.Represents == true).Select(party => party.Id);
    }

    [Fact]
    public void Under_rules_without_matters_representatives_are_on_record_and_everybody_speaks_for_himself()
    {
        var run = MediatingByPlan(Group(5, named: 1)).Under(WithoutMatters);

        Assert.Null(Code(Hold(run, ["p2", "r"])));
        Assert.Null(Code(Hold(run, [])));
        Assert.Equal(
            new Step<Dispute, DisputeFact>.Refused("agreement-missing", "Not every party has agreed to more time: p2, p3, p4, p5."),
            run.Tell(Morning, Village, new DisputeFact.ExtensionAsked(3, ["p1", "r"])));
        Assert.Null(Choose(run, "p1", First));
        Assert.Null(Choose(run, "r", First));
        Assert.Null(Choose(run, "p5", Second));
        Assert.Null(run.State.Mediators);
        Assert.Null(Code(Name(run, ["p2"])));
        Assert.Equal("The applicants are represented by p2 (信访工作条例第二十条).", run.Journal[^1].Line.Text);
        Assert.Equal(3, run.State.MediatorChoices!.Count);
        Assert.Equal("not-in-these-rules", Code(Name(run.Under(WithoutMatters with { Process = WithoutMatters.Process with { Group = null } }), ["p3"])));
    }

    [Fact]
    public void Who_comes_with_a_case_that_is_taken_in_goes_on_to_speak_for_himself()
    {
        var question = new DisputeFact.JoinAsked(new JoiningCase(
            "D2025-00002", Village, 2, [new Party("p1", PartyRole.Applicant, Consent.Yes), new Party("p2", PartyRole.Respondent, Consent.Yes)], [], null));
        var (run, before) = (MediatingByPlan(Group(5, named: 2)), MediatingByPlan(Group(5, named: 2)).Under(WithoutMatters));

        run.Tell(Morning, Village, question, DisputeTies.Via);
        before.Tell(Morning, Village, question, DisputeTies.Via);

        Assert.Equal(["p1", "p2", "p6"], Representatives(run));
        Assert.Equal(["p1", "p2"], Representatives(before));
        Assert.Equal(8, run.State.Parties.Count);
    }

    private static Dispute Group(int applicants, int named = 0) => Neighbours with
    {
        Parties =
        [
            .. Ids(applicants).Select((id, index) => new Party(id, PartyRole.Applicant, Consent.Yes, Represents: index < named ? true : null)),
            new Party("r", PartyRole.Respondent, Consent.Yes),
        ],
        // Five would go to the township.
        People = 4,
    };

    private static IEnumerable<string> Ids(int count) => Enumerable.Range(1, count).Select(number => $"p{number}");

    private static IEnumerable<string> Representatives(CaseRun<Dispute, DisputeFact, DisputeRules> run) =>
        run.State.Parties.Where(party => party.Represents == true).Select(party => party.Id);

    private static string? Choose(CaseRun<Dispute, DisputeFact, DisputeRules> run, string party, string mediator) =>
        Code(run.Tell(Morning, $"party:{party}", new DisputeFact.MediatorChosen(party, mediator), Speakers.PartyVia));

    private static Step<Dispute, DisputeFact> Hold(CaseRun<Dispute, DisputeFact, DisputeRules> run, string[]? present) =>
        run.Tell(Morning, Village, new DisputeFact.SessionHeld(Day("2025-10-09"), Present: present));

    private static Step<Dispute, DisputeFact> Name(CaseRun<Dispute, DisputeFact, DisputeRules> run, string[] parties) =>
        run.Tell(Morning, Village, new DisputeFact.RepresentativesNamed(PartyRole.Applicant, parties));
}
