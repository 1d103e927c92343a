using IntacctSync.Core.Connections;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace IntacctSync.Web.Description;

/// <summary>Adds what belongs to no single call: title, address, proofs, and the schemas of connections.</summary>
internal sealed class DocumentTransformer(AppProfiles apps) : IOpenApiDocumentTransformer
{
    public Task TransformAsync(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        document.Info = new OpenApiInfo
        {
            Title = "IntacctSync",
            Version = typeof(DocumentTransformer).Assembly.GetName().Version!.ToString(3),
            Description =
                "The operations of IntacctSync, its webhooks and its health. JSON in UTF-8; refusals are problem "
                + "details (RFC 9457).",
        };
        document.Servers = [new OpenApiServer { Url = "/", Description = "The host that serves this description." }];
        foreach (var (name, scheme) in SecuritySchemes.All())
            document.AddComponent(name, scheme);
        CallTopics.AddTo(document);
        ConnectionSchema.AddTo(document, apps);
        return Task.CompletedTask;
    }
}
