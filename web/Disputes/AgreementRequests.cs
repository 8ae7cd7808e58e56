using System.Globalization;
using Workflows.Orchestrations.Disputes;
using Workflows.Web.Http;

namespace Workflows.Web.Disputes;

/// <param name="By">The handler.</param>
/// <param name="Form">oral or written.</param>
/// <param name="On">The day the agreement took effect; with signatures the day it was reached.</param>
/// <param name="Terms">What was agreed, at most 10,000 characters; kept with the personal data. Not with clauses.</param>
/// <param name="Clauses">The same clause by clause, 1 to 30.</param>
/// <param name="Signatures">Of a written agreement: those it has so far; left out when it is known to have all.</param>
/// <param name="Bar">Why a court would not confirm this agreement, an id of the rules, such as <c>adoption</c>.</param>
/// <param name="Facts">The main facts, what was contested and what each party is responsible for (人民调解法 29), at most 5,000 characters; kept with the personal data. With clauses only.</param>
public sealed record SettleDispute(
    string? By = null,
    string? Form = null,
    string? On = null,
    string? Terms = null,
    IReadOnlyList<SettleClause?>? Clauses = null,
    IReadOnlyList<SettleSignature?>? Signatures = null,
    string? Bar = null,
    string? Facts = null);

/// <param name="Text">What was agreed, at most 2,000 characters; kept with the personal data.</param>
/// <param name="Party">Who must perform it, such as <c>p1</c>; left out when it binds all.</param>
/// <param name="Amount">In yuan, more than 0, at most two decimals.</param>
/// <param name="Due">The last day to perform it.</param>
/// <param name="Manner">How it is performed, such as by bank transfer, at most 200 characters; kept with the personal data.</param>
public sealed record SettleClause(string? Text = null, string? Party = null, decimal? Amount = null, string? Due = null, string? Manner = null);

/// <param name="By">A party, such as <c>p1</c>, or <c>mediator</c>, or <c>seal</c>.</param>
/// <param name="On">The day.</param>
public sealed record SettleSignature(string? By = null, string? On = null);

/// <summary>Checks an agreement field by field.</summary>
internal static class AgreementRequests
{
    private const int TermsCharactersMax = 10_000;
    private const int FactsCharactersMax = 5_000;
    private const int ClauseCharactersMax = 2_000;
    private const int MannerCharactersMax = 200;
    private const int ClausesMax = 30;
    private const int SignaturesMax = 60;
    private const decimal AmountMax = 1_000_000_000_000m;

    public static (string By, DisputeFact Fact, string? Text, IReadOnlyList<string>? Parts) Read(SettleDispute request, RequestCheck check)
    {
        var errors = check.Errors;
        var by = check.Unit(request.By);
        var form = errors.OneOf<AgreementForm>("form", request.Form);
        var on = errors.Date("on", request.On);
        if (request is { Terms: not null, Clauses: not null })
        {
            errors.Add("terms", "and clauses exclude each other");
        }

        if (request is { Facts: not null, Clauses: null })
        {
            errors.Add("facts", "go with clauses, not with terms");
        }

        var facts = errors.OptionalText("facts", request.Facts, FactsCharactersMax);
        var terms = request.Clauses is null ? errors.Text("terms", request.Terms, TermsCharactersMax) : null;
        var clauses = Clauses(request.Clauses, errors);
        var signatures = request.Signatures is null ? null : Signatures(request.Signatures, errors);
        var bar = errors.OptionalText("bar", request.Bar, charactersMax: 50);
        return (
            by,
            new DisputeFact.Settled(form, on, clauses is null ? null : [.. clauses.Select(clause => clause.Terms)], signatures, bar, facts is null ? null : true),
            facts ?? terms,
            clauses is null ? null : [.. clauses.Select(clause => clause.Text), .. clauses.Select(clause => clause.Manner).OfType<string>()]);
    }

    public static List<Signature> Signatures(IReadOnlyList<SettleSignature?>? signatures, FieldErrors errors)
    {
        if (signatures is null || signatures.Count > SignaturesMax)
        {
            errors.Add("signatures", signatures is null ? "is required" : $"must be at most {SignaturesMax}");
            return [];
        }

        var read = new List<Signature>();
        for (var index = 0; index < signatures.Count; index++)
        {
            var field = Field("signatures", index);
            if (signatures[index] is not { } signature)
            {
                errors.Add(field, "must be an object, not null");
                continue;
            }

            var by = signature.By is Signature.Mediator or Signature.Seal ? signature.By : Fields.Party($"{field}.by", signature.By, errors);
            read.Add(new Signature(by, errors.Date($"{field}.on", signature.On)));
        }

        return read;
    }

    private static List<(ClauseTerms Terms, string Text, string? Manner)>? Clauses(IReadOnlyList<SettleClause?>? clauses, FieldErrors errors)
    {
        if (clauses is null)
        {
            return null;
        }

        if (clauses.Count is 0 or > ClausesMax)
        {
            errors.Add("clauses", $"must be 1 to {ClausesMax} clauses");
            return [];
        }

        var read = new List<(ClauseTerms, string, string?)>();
        for (var index = 0; index < clauses.Count; index++)
        {
            var field = Field("clauses", index);
            if (clauses[index] is not { } clause)
            {
                errors.Add(field, "must be an object, not null");
                continue;
            }

            var text = errors.Text($"{field}.text", clause.Text, ClauseCharactersMax);
            var party = clause.Party is null ? null : Fields.Party($"{field}.party", clause.Party, errors);
            if (clause.Amount is <= 0 or > AmountMax || clause.Amount != (clause.Amount is { } amount ? Math.Round(amount, 2) : null))
            {
                errors.Add($"{field}.amount", "must be more than 0 yuan, at most 1000000000000, with at most two decimals");
            }

            var manner = errors.OptionalText($"{field}.manner", clause.Manner, MannerCharactersMax);
            read.Add((new ClauseTerms(party, clause.Amount, errors.OptionalDate($"{field}.due", clause.Due), manner is null ? null : true), text, manner));
        }

        return read;
    }

    private static string Field(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");
}
