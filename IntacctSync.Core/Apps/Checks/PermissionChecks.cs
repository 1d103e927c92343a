using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Records;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Apps.Checks;

/// <summary>
/// Whether the role of Intacct's user gives what the flows that are on need. The least role says what is looked at, and
/// the fixes name its lines; so a user with just that role passes.
/// </summary>
/// <param name="role">The least role for what is switched on.</param>
/// <param name="all">How each line that there may be is looked at.</param>
internal sealed class PermissionChecks(IReadOnlyList<RoleNeed> role, IReadOnlyList<PermissionCheck> all)
{
    private static readonly TimeSpan Recently = TimeSpan.FromHours(1);

    /// <summary>Those of the lines that the role has.</summary>
    public IEnumerable<IntacctCheck> Needed =>
        from check in all
        from line in role
        where line.Name == check.Permission
        select check.Of(line);

    /// <summary>
    /// A check that reads what some lines let the user see: made once their own checks have passed, and naming them
    /// where Intacct refuses it all the same.
    /// </summary>
    /// <param name="check">The check.</param>
    /// <param name="what">What it reads.</param>
    /// <param name="permissions">The lines, by name; those that the role does not have are not needed.</param>
    public IntacctCheck After(IntacctCheck check, string what, params IReadOnlyList<string> permissions) =>
        check.Lacking(what, Lines(permissions)) with
        {
            Needs = [.. all.Where(c => permissions.Contains(c.Permission, StringComparer.Ordinal)).Select(c => c.Name)],
        };

    /// <summary>The fix that names some lines of the role.</summary>
    public string Fix(params IReadOnlyList<string> permissions) => RoleNeed.Fix(Lines(permissions));

    /// <summary>What is deleted in Intacct is seen there only; all else works without it.</summary>
    /// <param name="name">The check.</param>
    /// <param name="permission">The line of the role.</param>
    /// <param name="objects">Whose deletions the flows ask for.</param>
    public IEnumerable<IntacctCheck> Audit(string name, string permission, IReadOnlyList<string> objects) =>
        Lines([permission]) is [var line]
            ? [new IntacctCheck(name, (look, token) => AuditAsync(line, objects, look, token))]
            : [];

    private IReadOnlyList<RoleNeed> Lines(IReadOnlyList<string> permissions) =>
        [.. role.Where(line => permissions.Contains(line.Name, StringComparer.Ordinal))];

    private static async Task<Finding> AuditAsync(
        RoleNeed line,
        IReadOnlyList<string> objects,
        IntacctLook look,
        CancellationToken cancellationToken
    )
    {
        var after = IntacctTime.Format(look.Time.GetUtcNow() - Recently, TimeSpan.Zero);
        try
        {
            await look.AnyAsync(AuditDeletion.Query(objects, after), cancellationToken);
            return Finding.Passed("The user may see the audit history, so what is deleted in Intacct is noticed.");
        }
        catch (IntacctException e) when (e.Failure is IntacctFailure.AuditDenied or IntacctFailure.PermissionDenied)
        {
            return Finding.Advice(
                "The user may not see the audit history: all else works, and what is deleted in Intacct is not "
                    + "noticed.",
                RoleNeed.Fix([line])
            );
        }
    }
}
