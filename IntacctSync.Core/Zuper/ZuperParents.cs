using IntacctSync.Core.Domain;
using IntacctSync.Core.Waiting;
using IntacctSync.Core.Zuper.Contacts;

namespace IntacctSync.Core.Zuper;

/// <summary>
/// What records of Zuper wait for. Payments wait for invoices in a way of their own:
/// <see cref="Payments.WaitingPayments"/>.
/// </summary>
internal static class ZuperParents
{
    private const string Source = "Zuper";

    public static IReadOnlyList<FlowParents> All { get; } =
    [
        new(FlowName.Organizations, Source, [])
        {
            // A customer's own customer was left out for what the customer was then.
            IsLookedAtAgain = OwnCustomer.Is,
        },
        new(FlowName.Customers, Source, [FlowName.Organizations]),
        new(FlowName.Invoices, Source, [FlowName.Organizations, FlowName.Customers]),
    ];
}
