using IntacctSync.Core.Apps.Checks;

namespace IntacctSync.Core.Zuper.Doctor;

/// <summary>A check that asks Intacct for something that only some settings need.</summary>
/// <param name="Name">One of <see cref="ZuperCheckNames"/>.</param>
/// <param name="Concerns">Whether a connection with these settings needs it.</param>
/// <param name="MakeAsync">Gives what was found, or throws.</param>
internal sealed record BookCheck(
    string Name,
    Func<ZuperConnectionSettings, bool> Concerns,
    Func<IntacctLook, CancellationToken, Task<Finding>> MakeAsync
)
{
    /// <summary>What it reads, for people.</summary>
    public string Reads { get; init; } = "the company's setup";

    /// <summary>The lines of the role that let the user see that.</summary>
    public IReadOnlyList<string> Permissions { get; init; } = [];

    /// <summary>Those that a connection with some settings needs, in their order.</summary>
    public static IReadOnlyList<IntacctCheck> Of(ZuperConnectionSettings settings)
    {
        var permissions = new PermissionChecks(ZuperRole.For(settings), ZuperPermissions.All);
        return
        [
            .. permissions.Needed,
            .. permissions.Audit(ZuperCheckNames.IntacctAuditHistory, ZuperPermissions.AuditTrail, ["ITEM", "ARPYMT"]),
            .. InvoiceAccountChecks
                .All.Append(CustomFieldChecks.OfIntacct)
                .Append(CustomFieldChecks.OfLocation)
                .Where(check => check.Concerns(settings))
                .Select(check =>
                    permissions.After(new IntacctCheck(check.Name, check.MakeAsync), check.Reads, check.Permissions)
                ),
        ];
    }
}
