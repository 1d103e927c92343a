using Azure;

namespace IntacctSync.Core.Storage.AzureTables;

/// <summary>A refusal of the service: status, code and its own words.</summary>
/// <param name="Status">Of HTTP.</param>
/// <param name="Code">One of learn.microsoft.com, "Table Storage error codes"; empty where a proxy answered.</param>
/// <param name="Text">The first line of what it said.</param>
/// <param name="Index">Of the row that was refused in a batch.</param>
internal sealed record TableFault(int Status, string Code, string Text, int Index = 0)
{
    public bool NoTable => Status == 404 && Code == "TableNotFound";

    public bool NoRow => Status == 404 && !NoTable;

    /// <summary>The row is not as the write requires.</summary>
    public bool Conflicts => Status is 409 or 412 && Code is not ("TableBeingDeleted" or "AccountIsDisabled") || NoRow;

    public bool Temporary => Status is 408 or 429 or >= 500 || Code == "TableBeingDeleted";

    public bool Forbids => Status is 401 or 403;

    public static TableFault Of(RequestFailedException refused) =>
        new(
            refused.Status,
            refused.ErrorCode ?? "",
            refused.Message.Split('\n')[0].Trim(),
            (refused as Azure.Data.Tables.TableTransactionFailedException)?.FailedTransactionActionIndex ?? 0
        );

    public override string ToString() =>
        string.Join(' ', new[] { $"{Status}", Code, Text }.Where(part => part.Length > 0));
}
