using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Workflows.Web.Disputes;

/// <summary>
/// The columns of an import: the fields of a registration by the names that the API gives them, such as <c>place</c> or
/// <c>parties[0].name</c>, and the usual ones in Chinese (<see cref="ImportWords"/> for what stands in them). A field that registrations get later is a column at once.
/// </summary>
internal static partial class ImportColumns
{
    private const int PartiesMax = 50;

    private static readonly Dictionary<string, string> Chinese = new(StringComparer.Ordinal)
    {
        ["地点编码"] = "place",
        ["类别"] = "category",
        ["人数"] = "people",
        ["危险"] = "danger",
        ["渠道"] = "channel",
        ["登记单位"] = "by",
        ["概况"] = "summary",
        ["申请人"] = "parties[0].name",
        ["申请人电话"] = "parties[0].phone",
        ["申请人身份证号"] = "parties[0].identityNumber",
        ["申请人住址"] = "parties[0].address",
        ["被申请人"] = "parties[1].name",
        ["被申请人电话"] = "parties[1].phone",
        ["被申请人身份证号"] = "parties[1].identityNumber",
        ["被申请人住址"] = "parties[1].address",
    };

    /// <summary>What the first two parties are where no column says.</summary>
    private static readonly string[] UsualRoles = ["applicant", "respondent"];

    /// <summary>The field of a heading; null when a registration has none such.</summary>
    public static string? FieldOf(string heading)
    {
        var field = Chinese.GetValueOrDefault(heading.Trim()) ?? heading.Trim();
        return TypeOf(field) is null ? null : field;
    }

    /// <summary>A row as the body of a registration; empty cells are left out.</summary>
    public static JsonObject Body(IReadOnlyList<string> fields, IReadOnlyList<string> cells, ImportWords words)
    {
        var body = new JsonObject();
        foreach (var (field, cell) in fields.Zip(cells).Where(pair => !string.IsNullOrWhiteSpace(pair.Second)))
        {
            var match = PartyField().Match(field);
            if (match.Success)
            {
                Party(body, int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))[match.Groups[2].Value] = Value(TypeOf(field)!, cell.Trim());
            }
            else
            {
                body[field] = Value(TypeOf(field)!, words.Id(field, cell.Trim()));
            }
        }

        return body;
    }

    private static JsonObject Party(JsonObject body, int index)
    {
        var parties = (JsonArray)(body["parties"] ??= new JsonArray());
        while (parties.Count <= index)
        {
            parties.Add(new JsonObject());
            if (parties.Count <= UsualRoles.Length)
            {
                parties[^1]!["role"] = UsualRoles[parties.Count - 1];
            }
        }

        return (JsonObject)parties[index]!;
    }

    private static JsonNode Value(Type type, string cell) =>
        type == typeof(int) && int.TryParse(cell.Normalize(NormalizationForm.FormKC), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number)
        : type == typeof(bool) && Truth(cell) is { } truth ? JsonValue.Create(truth)
        : type != typeof(string) && type.IsAssignableFrom(typeof(List<string>))
            ? new JsonArray([.. cell.Split(['；', ';', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(word => (JsonNode)word)])
        : JsonValue.Create(cell);

    private static bool? Truth(string cell) => cell.ToLowerInvariant() switch
    {
        "true" or "是" or "有" => true,
        "false" or "否" or "无" => false,
        _ => null,
    };

    private static Type? TypeOf(string field)
    {
        var match = PartyField().Match(field);
        var (owner, name) = match.Success ? (typeof(RegisterParty), match.Groups[2].Value) : (typeof(RegisterDispute), field);
        if (match.Success && int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) >= PartiesMax)
        {
            return null;
        }

        var property = owner.GetProperties().FirstOrDefault(property => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(property.Name) == name);
        var type = property is null ? null : Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type == typeof(string) || type == typeof(int) || type == typeof(bool) || type?.IsAssignableFrom(typeof(List<string>)) == true ? type : null;
    }

    [GeneratedRegex(@"^parties\[([0-9]{1,2})\]\.([A-Za-z]+)\z")]
    private static partial Regex PartyField();
}
