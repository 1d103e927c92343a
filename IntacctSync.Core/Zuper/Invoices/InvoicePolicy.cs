using IntacctSync.Core.Connections;

namespace IntacctSync.Core.Zuper.Invoices;

/// <summary>Which invoices a connection books.</summary>
/// <param name="Settings">Its settings.</param>
/// <param name="StartDate">Invoices dated before it are left alone unless a person asks for them.</param>
internal sealed record InvoicePolicy(ZuperConnectionSettings Settings, DateOnly StartDate)
{
    /// <summary>A connection without a start date begins on the day it was made, in the account's time zone.</summary>
    public static InvoicePolicy Of(Connection connection) => new(connection.Zuper(), connection.StartDate());
}
