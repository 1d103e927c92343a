using System.Collections.Concurrent;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Intacct.Transport;
using IntacctSync.Core.Remote;
using Microsoft.Extensions.Options;

namespace IntacctSync.Core.Intacct.Sessions;

/// <summary>
/// Opens sessions with <c>getAPISession</c>, one for each set of credentials, and keeps them while they live
/// (developer.intacct.com, Company &amp; Console, API sessions).
/// </summary>
internal sealed class IntacctSessions(
    IntacctTransport transport,
    EndpointGuard guard,
    IOptions<IntacctOptions> options,
    IIdSource ids,
    TimeProvider time
)
{
    private readonly ConcurrentDictionary<IntacctCredentials, SessionSlot> _slots = new();

    /// <exception cref="IntacctException">No session could be opened; no function was executed.</exception>
    public Task<IntacctSession> GetAsync(IntacctCredentials credentials, bool fresh, CancellationToken ct) =>
        Slot(credentials).GetAsync(() => LoginAsync(credentials), fresh, ct);

    public void Prolong(IntacctCredentials credentials, IntacctSession session, SessionLifetime? life) =>
        Slot(credentials).Prolong(session, life);

    public void Drop(IntacctCredentials credentials, IntacctSession session) => Slot(credentials).Drop(session);

    private SessionSlot Slot(IntacctCredentials credentials)
    {
        if (_slots.TryGetValue(credentials, out var slot))
            return slot;
        // Changed credentials leave an unused slot behind, which is removed when a new one is made.
        foreach (var idle in _slots.Where(s => s.Value.IsIdle))
            _slots.TryRemove(idle);
        return _slots.GetOrAdd(credentials, _ => new SessionSlot(time));
    }

    private async Task<(IntacctSession, SessionLifetime?)> LoginAsync(IntacctCredentials credentials)
    {
        try
        {
            var function = ReadRequests.Session(new ControlId(ids.NewId()));
            var sentAt = time.GetTimestamp();
            var request = RequestDocument.Write(credentials, sessionId: null, ids.NewId(), [function], uniqueId: false);
            var answer = await transport
                .PostAsync(
                    options.Value.Endpoint,
                    credentials.CompanyId,
                    CallEffect.Writes, // A login is never repeated: too many refused ones lock the user out.
                    request,
                    repeating: null,
                    CancellationToken.None
                )
                .ConfigureAwait(false);
            var result = ResponseJudge.Conclude(answer, [function])[0];
            GuardCompany(credentials.CompanyId, answer.CompanyId);
            var session = Open(credentials, result) with { OpenedAt = answer.SessionTimestamp };
            return (session, SessionLifetime.From(answer, sentAt));
        }
        catch (IntacctException e)
        {
            throw e.BeforeAnyFunction();
        }
    }

    /// <summary>
    /// Ids of one company mean other records in another. An answer that names none proves nothing. Signed in through a
    /// console, a company is named as <c>console|company|entity</c>.
    /// </summary>
    private static void GuardCompany(string wanted, string? answered)
    {
        if (
            !string.IsNullOrWhiteSpace(answered)
            && !answered
                .Split('|')
                .Intersect(wanted.Split('|'), StringComparer.OrdinalIgnoreCase)
                .Any(static part => part.Length > 0)
        )
            throw new IntacctException(
                IntacctFailure.OtherCompany,
                $"Intacct opened a session for the company {answered}, not for {wanted}."
            );
    }

    private IntacctSession Open(IntacctCredentials credentials, FunctionResult result)
    {
        if (result.Failure is { } failure)
            throw new IntacctException(
                failure is IntacctFailure.OutcomeUnknown ? IntacctFailure.Transient : failure,
                $"Intacct opened no session: {result.Errors}",
                result.Errors
            );
        if (result.Records is not [var api, ..] || api["sessionid"] is not { } id)
            throw new IntacctException(IntacctFailure.Transient, "Intacct accepted the login and named no session.");
        if (
            !string.IsNullOrEmpty(credentials.EntityId)
            && api["locationid"] is { } entity
            && !string.Equals(entity, credentials.EntityId, StringComparison.OrdinalIgnoreCase)
        )
            throw new IntacctException(
                IntacctFailure.LoginRejected,
                $"Intacct opened a session for entity {entity}, not for {credentials.EntityId}: check the "
                    + $"connection's entityId."
            );
        return new IntacctSession(
            id,
            api["endpoint"] is { } endpoint ? guard.Require(endpoint) : options.Value.Endpoint
        );
    }
}

/// <summary>A session that Intacct opened.</summary>
/// <param name="Endpoint">Where its requests go. The session is not valid elsewhere.</param>
internal sealed record IntacctSession(string Id, Uri Endpoint)
{
    /// <summary>When Intacct opened it, by its own clock; null when the answer does not say.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>The session's id never shows.</summary>
    public override string ToString() => $"session at {Endpoint.Host}";
}
