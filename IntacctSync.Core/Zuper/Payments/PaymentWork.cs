using IntacctSync.Core.Domain;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Records;

namespace IntacctSync.Core.Zuper.Payments;

/// <summary>A payment that is to be carried over.</summary>
/// <param name="Work">The record.</param>
/// <param name="Payment">As Intacct has it; null when it is deleted.</param>
/// <param name="ByInvoice">The sum that is to stand on each Zuper invoice, by uid; on all others where it was recorded,
/// nothing.</param>
/// <param name="LeftOut">Why parts of it are not carried over.</param>
/// <param name="Held">Why nothing that stands may be voided, since what speaks for that is only that something is not
/// to be seen; null where it may.</param>
/// <param name="Hash">Of what is to stand; null when it may have to be looked at again.</param>
internal sealed record PaymentWork(
    RecordWork Work,
    PaymentRecord? Payment,
    IReadOnlyDictionary<string, decimal> ByInvoice,
    IReadOnlyList<string> LeftOut,
    Problem? Held,
    string? Hash
);
