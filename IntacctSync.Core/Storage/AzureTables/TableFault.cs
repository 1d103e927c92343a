using System.Text.Json;

namespace IntacctSync.Core.Storage.AzureTables;

/// <summary>A refusal of the service: status, code and its own words.</summary>
/// <remarks>Codes of learn.microsoft.com, "Table Storage error codes".</remarks>
internal sealed record TableFault(int Status, string Code, string Text)
{
    public bool NoTable => Status == 404 && Code == "TableNotFound";

    public bool NoRow => Status == 404 && !NoTable;

    /// <summary>The row is not as the write requires.</summary>
    public bool Conflicts => Status is 409 or 412 && Code is not ("TableBeingDeleted" or "AccountIsDisabled") || NoRow;

    public bool Temporary => Status is 408 or 429 or >= 500 || Code == "TableBeingDeleted";

    public bool Forbids => Status is 401 or 403;

    public static TableFault Read(int status, BinaryData? body, string? code)
    {
        try
        {
            if (body is { Length: > 0 })
            {
                using var json = JsonDocument.Parse(body);
                var error = json.RootElement.GetProperty("odata.error");
                var text = error.GetProperty("message").GetProperty("value").GetString() ?? "";
                return new TableFault(
                    status,
                    error.GetProperty("code").GetString() ?? code ?? "",
                    text.Split('\n')[0].Trim()
                );
            }
        }
        catch (Exception unread) when (unread is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // A proxy on the way answers in its own words; the status says enough.
        }

        return new TableFault(status, code ?? "", "");
    }

    public override string ToString() =>
        string.Join(' ', new[] { $"{Status}", Code, Text }.Where(part => part.Length > 0));
}
