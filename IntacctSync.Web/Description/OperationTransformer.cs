using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace IntacctSync.Web.Description;

/// <summary>
/// Adds to an operation what its route does not tell: id, parameters, body, headers of answers, and the proofs that it
/// needs.
/// </summary>
internal sealed class OperationTransformer(AppProfiles apps) : IOpenApiOperationTransformer
{
    private static readonly Dictionary<string, string> RouteTexts = new(StringComparer.Ordinal)
    {
        ["id"] = $"The connection's id: 1 to {ConnectionId.MaxLength} of a-z, 0-9 and '-'.",
        ["flow"] = "The flow.",
        ["runId"] = "The run's id, as it was given when the run began.",
        ["sourceId"] = "The record's id in the system that it comes from, percent-encoded.",
    };

    public Task TransformAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<CallDescription>().FirstOrDefault() is not { } call)
            return Task.CompletedTask;
        operation.OperationId = call.Name;
        operation.Tags = new HashSet<OpenApiTagReference>
        {
            new(CallTopics.Of(context.Description.RelativePath ?? ""), context.Document!),
        };
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
            DescribeRoute(parameter);
        foreach (var parameter in call.Query)
            (operation.Parameters ??= []).Add(Query(parameter));
        if (call.Body is { } body)
            operation.RequestBody = Body(body, context.Document!);
        foreach (var reply in call.Replies.Concat(CommonReplies.NeedsApiKey))
            AddHeaders(operation, reply);
        operation.Security = Proofs(metadata, call, context.Document!);
        return Task.CompletedTask;
    }

    private void DescribeRoute(OpenApiParameter parameter)
    {
        parameter.Description = RouteTexts.GetValueOrDefault(parameter.Name ?? "");
        if (parameter.Name == "flow")
            parameter.Schema = FlowNames();
    }

    /// <summary>The flows of all apps; a connection has those of its own app.</summary>
    private OpenApiSchema FlowNames() => Words(apps.All.SelectMany(app => app.Flows).Select(flow => flow.Name.Value));

    private OpenApiParameter Query(QueryParameter parameter) =>
        new()
        {
            Name = parameter.Name,
            In = ParameterLocation.Query,
            Description = parameter.Text,
            Schema = parameter.Name == "flow" ? FlowNames() : Words(parameter.Allowed),
        };

    private static OpenApiRequestBody Body(CallBody body, OpenApiDocument document) =>
        new()
        {
            Required = body.Required,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/json"] = new OpenApiMediaType
                {
                    Schema = body.Schema is { } name ? new OpenApiSchemaReference(name, document) : Members(body),
                },
            },
        };

    private static OpenApiSchema Members(CallBody body) =>
        new()
        {
            Type = JsonSchemaType.Object,
            AdditionalPropertiesAllowed = body.Open,
            Properties = body.Members.ToDictionary(m => m.Name, Member, StringComparer.Ordinal),
            Required = body.Members.Where(m => m.Required).Select(m => m.Name).ToHashSet(StringComparer.Ordinal),
        };

    private static IOpenApiSchema Member(BodyMember member) =>
        new OpenApiSchema
        {
            Description = member.Text,
            Type = member.Kind switch
            {
                MemberKind.Flag => JsonSchemaType.Boolean,
                MemberKind.Texts => JsonSchemaType.Array,
                _ => JsonSchemaType.String,
            },
            Items = member.Kind == MemberKind.Texts ? new OpenApiSchema { Type = JsonSchemaType.String } : null,
            Format = member.Kind == MemberKind.Time ? "date-time" : null,
        };

    private static OpenApiSchema Words(IEnumerable<string> allowed)
    {
        var words = new OpenApiSchema { Type = JsonSchemaType.String };
        if (allowed.Select(word => (JsonNode)word!).ToList() is { Count: > 0 } listed)
            words.Enum = listed;
        return words;
    }

    private static void AddHeaders(OpenApiOperation operation, Reply reply)
    {
        var status = reply.Status.ToString(CultureInfo.InvariantCulture);
        if (operation.Responses?.GetValueOrDefault(status) is not OpenApiResponse response)
            return;
        foreach (var (name, text) in reply.Headers)
        {
            (response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal))[name] =
                new OpenApiHeader
                {
                    Description = text,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                };
        }
    }

    /// <summary>Each proof alone is enough; an empty list says that none is needed.</summary>
    private static List<OpenApiSecurityRequirement> Proofs(
        IList<object> metadata,
        CallDescription call,
        OpenApiDocument document
    )
    {
        IReadOnlyList<string> names =
            metadata.OfType<NeedsApiKey>().Any() ? [SecuritySchemes.OperationsKey]
            : call.IsWebhook ? SecuritySchemes.OfWebhooks
            : [];
        return
        [
            .. names.Select(name => new OpenApiSecurityRequirement
            {
                [new OpenApiSecuritySchemeReference(name, document)] = [],
            }),
        ];
    }
}
