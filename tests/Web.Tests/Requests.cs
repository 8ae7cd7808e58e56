using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Orchestrations.Durable;

namespace Workflows.Web.Tests;

/// <summary>Good requests, and what one changed field makes of them. All people are made up.</summary>
internal static class Requests
{
    public const string Village = "350322103203";
    public const string Township = "350322103";
    public const string County = "zzzx";
    public const string Supervision = "dcs";
    public const string Applicant = "陈阿明";
    public const string Respondent = "林秀珍";
    public const string ApplicantPhone = "0594-1234567";
    public const string RespondentPhone = "0594-7654321";

    /// <summary>A registration; consent to go up is asked for later unless said.</summary>
    public static JsonObject Register(
        string place = Village, string category = "neighbours", int people = 2, bool danger = false, string goUp = "notAsked") => Node(new
        {
            place,
            category,
            people,
            danger,
            channel = "window",
            by = place,
            summary = "排水沟改道后雨水流入院内，双方争执。",
            parties = new[]
            {
                new { role = "applicant", name = Applicant, phone = ApplicantPhone, consent = "yes", goUp },
                new { role = "respondent", name = Respondent, phone = RespondentPhone, consent = "yes", goUp },
            },
        });

    /// <summary>A copy in which one field, such as <c>parties[0].role</c>, has another value.</summary>
    public static JsonObject With(this JsonObject request, string field, object? value)
    {
        var (copy, owner, name) = Find(request, field);
        owner[name] = value is null ? null : JsonSerializer.SerializeToNode(value, Wire.Options);
        return copy;
    }

    /// <summary>A copy without one field.</summary>
    public static JsonObject Without(this JsonObject request, string field)
    {
        var (copy, owner, name) = Find(request, field);
        owner.Remove(name);
        return copy;
    }

    public static JsonObject Node(object request) => JsonSerializer.SerializeToNode(request, Wire.Options)!.AsObject();

    private static (JsonObject Copy, JsonObject Owner, string Name) Find(JsonObject request, string field)
    {
        var copy = request.DeepClone().AsObject();
        var owner = copy;
        var names = field.Split('.');
        foreach (var name in names[..^1])
        {
            var bracket = name.IndexOf('[', StringComparison.Ordinal);
            owner = owner[name[..bracket]]![int.Parse(name[(bracket + 1)..^1], System.Globalization.CultureInfo.InvariantCulture)]!.AsObject();
        }

        return (copy, owner, names[^1]);
    }
}
