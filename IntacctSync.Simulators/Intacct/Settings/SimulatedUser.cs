namespace IntacctSync.Simulators.Intacct.Settings;

/// <summary>A web services user of a company.</summary>
public sealed record SimulatedUser(string UserId, string Password)
{
    /// <summary>RECORDNO of the user.</summary>
    public int RecordNo { get; init; } = 1;

    /// <summary>The zone that WHENMODIFIED is written and filtered in for this user.</summary>
    public TimeSpan GmtOffset { get; init; } = TimeSpan.Zero;

    public string Locale { get; init; } = "en_US";

    /// <summary>Separator and order, as readUserFormatting gives it: <c>/mdY</c>.</summary>
    public string DateFormat { get; init; } = "/mdY";

    public int Clock { get; init; } = 24;
}
