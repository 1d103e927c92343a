namespace IntacctSync.Core.Doctor;

/// <summary>The checks of every connection, by name; a check is skipped when what it needs did not pass.</summary>
public static class CheckNames
{
    public const string Settings = "settings";
    public const string IntacctEndpoint = "intacct-endpoint";
    public const string IntacctSender = "intacct-sender";
    public const string IntacctLogin = "intacct-login";
    public const string IntacctUserFormat = "intacct-user-format";
}
