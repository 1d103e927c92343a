using IntacctSync.Core.Connections;
using IntacctSync.Core.Intacct.Queries;

namespace IntacctSync.Core.Apps.Checks;

/// <summary>
/// Reads a record of an object that a line of the role lets the user see. That the user may also write can't be known
/// without writing: the finding says so, and the fix names the whole line.
/// </summary>
/// <param name="Name">Lower-case words joined by dashes; stable.</param>
/// <param name="Permission">The line, by <see cref="RoleNeed.Name"/>.</param>
/// <param name="Object">For example <c>CUSTOMER</c>.</param>
/// <param name="Field">One of its fields that every record has.</param>
internal sealed record PermissionCheck(string Name, string Permission, string Object, string Field)
{
    public IntacctCheck Of(RoleNeed line) =>
        new IntacctCheck(
            Name,
            async (look, cancellationToken) =>
            {
                await look.AnyAsync(new IntacctQuery(Object, [Field]), cancellationToken);
                return Finding.Passed(
                    $"The user may read {PlainWords.Object(Object)}."
                        + (line.Writes is { } writes ? $" {line.Name}: {writes} can be seen with the first write." : "")
                );
            }
        ).Lacking(Object, [line]);
}
