namespace IntacctSync.Simulators.Intacct.Settings;

/// <summary>An invoice by its number, and what of a payment goes to it.</summary>
internal sealed record PaymentFormRow(string Number, decimal Amount);
