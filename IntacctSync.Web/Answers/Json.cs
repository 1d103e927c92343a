using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace IntacctSync.Web.Answers;

/// <summary>Answers in JSON: names in camelCase, enums as words, null values included.</summary>
internal static class Json
{
    /// <summary>How every answer is written.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new(JsonSerializerDefaults.Web));

    /// <summary>Sets other options so that they write, and describe, the same JSON as these.</summary>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.TypeInfoResolver ??= new DefaultJsonTypeInfoResolver();
        return options;
    }

    public static IResult Ok<T>(T value) => Of(StatusCodes.Status200OK, value);

    public static IResult Of<T>(int status, T value) => TypedResults.Json(value, Options, statusCode: status);
}
