using IntacctSync.Core.Apps.Checks;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Queries;

namespace IntacctSync.Core.Upflow.Doctor;

/// <summary>
/// Prints one invoice, where PDFs are carried. Which permission that needs is not published; that it is named printing
/// is [assumed].
/// </summary>
internal static class PdfCheck
{
    public static async Task<Finding> MakeAsync(
        PermissionChecks permissions,
        IntacctLook look,
        CancellationToken cancellationToken
    )
    {
        var query = new IntacctQuery("ARINVOICE", ["RECORDNO"])
        {
            Filter = QueryFilter.In("STATE", ["Posted", "Partially Paid", "Paid"]),
            PageSize = 1,
        };
        string? invoice = null;
        await foreach (var page in look.Client.QueryPagesAsync(look.Credentials, query, cancellationToken))
        {
            invoice = page.Records.Select(r => r["RECORDNO"]).FirstOrDefault();
            break;
        }

        if (invoice is null)
            return Finding.CannotTell("There is no posted invoice yet that could be printed.");
        try
        {
            return
                await look.Client.RetrievePdfAsync(look.Credentials, "ARINVOICE", invoice, cancellationToken)
                    is not null
                ? Finding.Passed("The user may print invoices.")
                : throw new CheckFailedException(
                    $"Intacct gave no PDF of the invoice with RECORDNO {invoice}.",
                    "Look in Intacct whether it can be printed there, or set syncPdfs to false."
                );
        }
        catch (IntacctException e)
            when (e.Failure
                    is IntacctFailure.PermissionDenied
                        or IntacctFailure.InvalidData
                        or IntacctFailure.NotFound
                        or IntacctFailure.Unknown
            )
        {
            throw new CheckFailedException(
                $"The user {look.Settings.Intacct.UserId} gets no PDF of an invoice. {e.Message}",
                $"{permissions.Fix(UpflowPermissions.Invoices)} Or set syncPdfs to false."
            );
        }
    }
}
