using IntacctSync.Core.Connections;
using IntacctSync.Core.Upflow;

namespace IntacctSync.Tests.Scenarios.Histories;

/// <summary>What people do to a connection's settings while it works. Each is undone in the end.</summary>
internal static class SettingsDoing
{
    /// <summary>One change of the settings that a history has.</summary>
    public static UpflowConnectionSettings Change(UpflowConnectionSettings settings, Random random) =>
        random.Next(12) switch
        {
            0 => settings with { SyncPayments = false },
            1 => settings with { SyncCreditNotes = false },
            2 => settings with { SyncInvoices = false },
            3 => settings with { SyncCustomers = false },
            4 => settings with { SyncReceipts = false },
            5 => settings with { SyncPdfs = true },
            6 => settings with { Receipts = new ReceiptSettings() },
            7 => settings with { Receipts = new ReceiptSettings { BankAccountId = "NOBANK" } },
            8 or 9 => settings with { Mode = SyncMode.Shadow },
            _ => settings,
        };
}
