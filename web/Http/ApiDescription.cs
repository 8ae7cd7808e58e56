using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Workflows.Web.Http;

/// <summary>
/// Adds to the OpenAPI document what handlers do not show by their signatures: they read paths, queries and keys
/// themselves, so that everything wrong with a request is named at once.
/// </summary>
internal static partial class ApiDescription
{
    public static void Complete(this OpenApiOptions options) => options
        .AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Workflows";
            document.Info.Description = "Disputes, supervision and deadlines of a county. Commands take an Idempotency-Key header.";
            document.Servers = [];
            return Task.CompletedTask;
        })
        .AddOperationTransformer((operation, context, _) =>
        {
            AddParameters(operation, context);
            return Task.CompletedTask;
        })
        .AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(ProblemDetails))
            {
                AddExtensions(schema);
            }

            return Task.CompletedTask;
        });

    private static void AddParameters(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var parameters = operation.Parameters ??= [];
        var path = context.Description.RelativePath ?? "";
        foreach (var name in PathParts().Matches(path).Select(match => match.Groups[1].Value).Where(name => parameters.All(known => known.Name != name)))
        {
            parameters.Add(new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Path,
                Required = true,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }

        foreach (var parameter in context.Description.ActionDescriptor.EndpointMetadata.OfType<QueryParameter>())
        {
            parameters.Add(new OpenApiParameter
            {
                Name = parameter.Name,
                In = ParameterLocation.Query,
                Description = parameter.Summary,
                Required = parameter.Required,
                Schema = SchemaOf(parameter),
            });
        }

        if (context.Description.HttpMethod == "POST" && !context.Description.ActionDescriptor.EndpointMetadata.OfType<NoKey>().Any())
        {
            parameters.Add(new OpenApiParameter
            {
                Name = Idempotency.Header,
                In = ParameterLocation.Header,
                Description = "The same key and body get the first answer again, with Idempotency-Replayed: true.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = Idempotency.KeyCharactersMax },
            });
        }
    }

    private static OpenApiSchema SchemaOf(QueryParameter parameter) => parameter.Max is { } max
        ? new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = max.ToString(CultureInfo.InvariantCulture) }
        : new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Enum = parameter.Words is { Count: > 0 } words ? [.. words.Select(word => (JsonNode)word)] : null,
        };

    private static void AddExtensions(OpenApiSchema schema)
    {
        schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
        schema.Properties["code"] = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = "Stable, kebab-case; with 409 the reason why the case refuses.",
        };
        schema.Properties["errors"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "The rules that each wrong field breaks; only with 400.",
            AdditionalProperties = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = new OpenApiSchema { Type = JsonSchemaType.String },
            },
        };
    }

    [GeneratedRegex(@"\{([A-Za-z]+)[^}]*\}")]
    private static partial Regex PathParts();
}
