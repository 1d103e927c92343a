using IntacctSync.Core.Remote;

namespace IntacctSync.Core.Intacct;

/// <summary>
/// Checks every endpoint against the allowed hosts, the session's own included, before a password or session is sent
/// there.
/// </summary>
public sealed class EndpointGuard(HostAllowList allowed)
{
    /// <exception cref="IntacctException">The endpoint may not be called
    /// (<see cref="IntacctFailure.ForbiddenEndpoint"/>); nothing was sent.</exception>
    public Uri Require(Uri endpoint) =>
        allowed.Objection(endpoint) is { } objection ? throw Forbidden(objection) : endpoint;

    internal static IntacctException Forbidden(string objection) =>
        new(
            IntacctFailure.ForbiddenEndpoint,
            $"{objection} Change {IntacctOptions.AllowedHostsKey} only if that host is Intacct's."
        );

    /// <summary>The endpoint that an answer names for its session.</summary>
    /// <exception cref="IntacctException">It is no address, or may not be called.</exception>
    public Uri Require(string endpoint) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out var uri)
            ? Require(uri)
            : throw new IntacctException(
                IntacctFailure.ForbiddenEndpoint,
                $"Intacct named '{endpoint}' as the session's endpoint, which is not an address."
            );
}
