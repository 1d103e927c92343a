using System.Xml;
using IntacctSync.Core.Intacct.Errors;

namespace IntacctSync.Core.Intacct.Responses;

/// <summary>Reads an <c>errormessage</c>, of any of its shapes.</summary>
internal static class ErrorReader
{
    public static async Task ReadAsync(
        XmlReader reader,
        List<IntacctError> errors,
        FieldAllowance allowance,
        CancellationToken ct
    )
    {
        var message = await RecordReader.ReadAsync(reader, allowance, ct).ConfigureAwait(false);
        foreach (var error in message.Nested("error"))
            errors.Add(From(error));
    }

    private static IntacctError From(IntacctRecord error) =>
        new(
            (error["errorno"] ?? "").Trim(),
            error["description"] ?? "",
            error["description2"] ?? "",
            error["correction"] ?? "",
            error["additionalinfo.errorid"],
            error["additionalinfo.description.messageid"]
        );
}
