using IntacctSync.Web.Answers;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Web.Description;

/// <summary>Adds what makes the description of the API.</summary>
internal static class DescriptionRegistration
{
    /// <summary>The name by which the description is kept, and the group whose calls it holds.</summary>
    public const string Document = "intacctsync";

    public static IServiceCollection AddDescription(this IServiceCollection services)
    {
        // The schemas are made by these options, so they say how answers are written.
        services.ConfigureHttpJsonOptions(options => Json.Configure(options.SerializerOptions));
        services.AddOpenApi(
            Document,
            options =>
            {
                options.ShouldInclude = call => call.GroupName == Document;
                options.AddOperationTransformer<OperationTransformer>();
                options.AddDocumentTransformer<DocumentTransformer>();
            }
        );
        return services.AddSingleton<DescriptionEndpoints>();
    }
}
