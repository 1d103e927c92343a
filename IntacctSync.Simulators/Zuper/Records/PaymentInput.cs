namespace IntacctSync.Simulators.Zuper.Records;

/// <summary>A payment to record on an invoice.</summary>
/// <param name="Amount">Of this payment, in the company's currency.</param>
/// <param name="ModeUid">The payment mode.</param>
/// <param name="Reference">Free text.</param>
/// <param name="Date">A moment as Zuper writes it; null = now.</param>
/// <param name="Remarks">Free text.</param>
/// <param name="Source">BACK_OFFICE, MOBILE_APP or EXTERNAL; null = the first.</param>
internal sealed record PaymentInput(
    decimal Amount,
    string? ModeUid,
    string? Reference,
    string? Date,
    string? Remarks,
    string? Source
);
