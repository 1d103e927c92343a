using IntacctSync.Core.Intacct;

namespace IntacctSync.Core.Apps.Checks;

/// <summary>What the doctor looks at for the sake of an app, each list in its order.</summary>
/// <param name="Settings">Checks that call nobody. They are made even if secrets are missing.</param>
/// <param name="Account">Checks that call the app.</param>
/// <param name="SignIn">The one of the account's checks that passes when the app accepts the key.</param>
/// <param name="Intacct">Checks that call Intacct, once signed in.</param>
public sealed record AppChecks(
    IReadOnlyList<AppCheck> Settings,
    IReadOnlyList<AppCheck> Account,
    string SignIn,
    IReadOnlyList<IntacctCheck> Intacct
);

/// <summary>A check of the settings or of the app's account.</summary>
/// <param name="Name">Lower-case words joined by dashes; stable.</param>
/// <param name="Needs">The check of the same list that must have passed; null for none.</param>
/// <param name="MakeAsync">Gives what was found, or throws.</param>
public sealed record AppCheck(string Name, string? Needs, Func<CancellationToken, Task<Finding>> MakeAsync);

/// <summary>A check that asks Intacct for something, once signed in.</summary>
/// <param name="Name">Lower-case words joined by dashes; stable.</param>
/// <param name="MakeAsync">Gives what was found, or throws.</param>
public sealed record IntacctCheck(string Name, Func<IntacctLook, CancellationToken, Task<Finding>> MakeAsync)
{
    /// <summary>Checks of the same list that must have passed, as far as they are made at all.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>As this one; where Intacct refuses it to the user's role, the fix names what the role lacks.</summary>
    /// <param name="what">What it reads.</param>
    /// <param name="lines">What the role must give.</param>
    internal IntacctCheck Lacking(string what, IReadOnlyList<RoleNeed> lines) =>
        this with
        {
            MakeAsync = async (look, cancellationToken) =>
            {
                try
                {
                    return await MakeAsync(look, cancellationToken);
                }
                catch (IntacctException e) when (e.Failure == IntacctFailure.PermissionDenied && lines.Count > 0)
                {
                    throw new CheckFailedException(
                        $"The user {look.Settings.Intacct.UserId} may not read {what}. {e.Message}",
                        RoleNeed.Fix(lines)
                    );
                }
            },
        };
}
