namespace IntacctSync.Core.Intacct;

/// <summary>
/// What is needed to sign in: the sender (the integrator), and the company with its user. Equal credentials share a
/// session.
/// </summary>
/// <param name="SenderId">Case-sensitive; the company must have authorised it.</param>
/// <param name="EntityId">The entity of a multi-entity company; null or empty for its top level.</param>
public sealed record IntacctCredentials(
    string SenderId,
    string SenderPassword,
    string CompanyId,
    string UserId,
    string UserPassword,
    string? EntityId
)
{
    /// <summary>Names without passwords.</summary>
    public override string ToString() =>
        $"company {CompanyId}{(string.IsNullOrEmpty(EntityId) ? "" : $", entity {EntityId}")}, user {UserId}, "
        + $"sender {SenderId}";
}
