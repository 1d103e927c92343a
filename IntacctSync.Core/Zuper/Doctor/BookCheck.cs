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
    /// <summary>Those that a connection with some settings needs, in their order.</summary>
    public static IReadOnlyList<IntacctCheck> Of(ZuperConnectionSettings settings) =>
        [
            .. IntacctPermissionChecks
                .All.Concat(InvoiceAccountChecks.All)
                .Append(CustomFieldChecks.OfIntacct)
                .Append(CustomFieldChecks.OfLocation)
                .Where(check => check.Concerns(settings))
                .Select(check => new IntacctCheck(check.Name, check.MakeAsync)),
        ];
}
