using System.Text.Json.Serialization;

namespace IntacctSync.Core.Apps;

/// <summary>One permission that the role of Intacct's user must give, as Intacct's pages of a role name it.</summary>
/// <param name="Application">For example <c>Accounts Receivable</c>.</param>
/// <param name="Permission">For example <c>Invoices</c>.</param>
/// <param name="Level">What the user must be allowed: some of list, view, add, edit, delete, reverse, print.</param>
/// <param name="For">What needs it.</param>
public sealed record RoleNeed(string Application, string Permission, string Level, string For)
{
    /// <summary>For example <c>Accounts Receivable > Invoices</c>.</summary>
    [JsonIgnore]
    public string Name => Application + Under + Permission;

    private const string Under = " > ";

    /// <param name="name">As <see cref="Name"/> has it.</param>
    /// <param name="level">What the user must be allowed.</param>
    /// <param name="purpose">What needs it.</param>
    public static RoleNeed Of(string name, string level, string purpose)
    {
        ArgumentNullException.ThrowIfNull(name);
        var at = name.IndexOf(Under, StringComparison.Ordinal);
        return new RoleNeed(name[..at], name[(at + Under.Length)..], level, purpose);
    }

    /// <summary>For example <c>Accounts Receivable > Invoices: list, view</c>.</summary>
    public override string ToString() => $"{Name}: {Level}";

    /// <summary>What the user must be allowed beyond reading, such as <c>add and edit</c>; null: nothing.</summary>
    [JsonIgnore]
    public string? Writes
    {
        get
        {
            var writes = Level.Split(", ").Where(Writing.Contains).ToList();
            return writes.Count == 0 ? null
                : writes.Count == 1 ? writes[0]
                : $"{string.Join(", ", writes[..^1])} and {writes[^1]}";
        }
    }

    private static readonly string[] Writing = ["add", "edit", "delete", "reverse"];

    /// <summary>What to do in Intacct where a role lacks one of some lines.</summary>
    public static string Fix(IEnumerable<RoleNeed> lines) =>
        "In Intacct, under Company > Admin > Roles, give the role of the Web Services user "
        + $"{string.Join("; ", lines)}.";
}
