using System.Text.Json;
using Azure;

namespace IntacctSync.Core.Storage.AzureTables;

/// <summary>What the service said to one request, in its last answer.</summary>
/// <param name="Repeated">True where an earlier try had no answer or a failure, so that this may answer to what an
/// earlier try did.</param>
internal sealed record TableAnswer(
    int Status,
    BinaryData Content,
    IReadOnlyDictionary<string, string> Headers,
    bool Repeated
)
{
    public bool Succeeded => Status is >= 200 and < 300;

    public string ETag => Header("ETag") ?? "";

    public TableFault Fault => TableFault.Read(Status, Content, Header("x-ms-error-code"));

    public static TableAnswer Of(Response response, bool repeated) =>
        new(
            response.Status,
            response.Content,
            response.Headers.ToDictionary(
                header => header.Name,
                header => header.Value,
                StringComparer.OrdinalIgnoreCase
            ),
            repeated
        );

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public JsonDocument Json() => JsonDocument.Parse(Content);
}
