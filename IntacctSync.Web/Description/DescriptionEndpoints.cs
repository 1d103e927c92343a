using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace IntacctSync.Web.Description;

/// <summary>Serves the description of the API, which is made from the mapped calls.</summary>
internal sealed class DescriptionEndpoints(
    [FromKeyedServices(DescriptionRegistration.Document)] IOpenApiDocumentProvider documents
)
{
    public static readonly CallDescription Described = new("getDescription", "The description of this API, in OpenAPI.")
    {
        Replies = [new(StatusCodes.Status200OK, "An OpenAPI 3.1 document.", typeof(object))],
    };

    /// <summary>It holds no data, so everybody may read it, as health.</summary>
    public async Task<IResult> GetAsync(CancellationToken cancellationToken)
    {
        var document = await documents.GetOpenApiDocumentAsync(cancellationToken);
        var json = await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken);
        return TypedResults.Text(json, "application/json");
    }
}
