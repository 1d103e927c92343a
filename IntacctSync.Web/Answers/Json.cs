using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Answers;

/// <summary>Answers in JSON: camelCase, choices as words, nothing left out.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static IResult Ok<T>(T value) => Of(StatusCodes.Status200OK, value);

    public static IResult Of<T>(int status, T value) => TypedResults.Json(value, Options, statusCode: status);
}
