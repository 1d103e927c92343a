namespace IntacctSync.Simulators.Zuper.Records;

/// <summary>
/// The ways of paying of every account here. No route lists them, as none does in the real service: their uids have to
/// be known.
/// </summary>
public static class ZuperPaymentModes
{
    public static ZuperPaymentMode Cheque { get; } = new("3c77a1d0-52f4-4c0b-9d15-6f0c1f7be101", "Cheque");

    public static ZuperPaymentMode Cash { get; } = new("3c77a1d0-52f4-4c0b-9d15-6f0c1f7be102", "Cash");

    public static ZuperPaymentMode BankTransfer { get; } = new("3c77a1d0-52f4-4c0b-9d15-6f0c1f7be103", "Bank Transfer");

    public static IReadOnlyList<ZuperPaymentMode> All { get; } = [Cheque, Cash, BankTransfer];

    internal static ZuperPaymentMode? Of(string? uid) => All.FirstOrDefault(m => m.Uid == uid);
}
