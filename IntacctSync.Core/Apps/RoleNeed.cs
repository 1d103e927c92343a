namespace IntacctSync.Core.Apps;

/// <summary>One permission that the role of Intacct's user must give, as Intacct's pages of a role name it.</summary>
/// <param name="Application">For example <c>Accounts Receivable</c>.</param>
/// <param name="Permission">For example <c>Invoices</c>.</param>
/// <param name="Level">What the user must be allowed: some of list, view, add, edit, delete, reverse.</param>
/// <param name="For">What needs it.</param>
public sealed record RoleNeed(string Application, string Permission, string Level, string For);
