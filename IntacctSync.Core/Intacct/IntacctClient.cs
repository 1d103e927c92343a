using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Intacct.Sessions;
using IntacctSync.Core.Intacct.Transport;
using IntacctSync.Core.Remote;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IntacctSync.Core.Intacct;

/// <summary>
/// Sage Intacct's XML gateway. Every request but a session's own login goes through <c>SendAsync</c>.
/// </summary>
/// <remarks>
/// When the session is no longer known, no function was executed: one new login is made and the same functions go out
/// once more. A request that only reads is also sent again when its answer is lost (<see cref="RemotePipelines"/>);
/// nothing else ever is. Safe for use by many threads.
/// </remarks>
public sealed partial class IntacctClient
{
    private readonly IntacctTransport _transport;
    private readonly IntacctSessions _sessions;
    private readonly IIdSource _ids;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly TransactionTally? _ledger;

    /// <param name="ledger">Where the month's transactions are added up; null keeps them in the meter only.</param>
    public IntacctClient(
        IHttpClientFactory clients,
        IOptions<IntacctOptions> options,
        RemotePipelines pipelines,
        IIdSource ids,
        TimeProvider time,
        ILogger<IntacctClient> logger,
        TransactionTally? ledger = null
    )
    {
        var hosts = HostAllowList.Parse(options.Value.AllowedHosts);
        (_ids, _time, _logger, _ledger) = (ids, time, logger, ledger);
        _transport = new IntacctTransport(clients, pipelines, hosts, options, time);
        _sessions = new IntacctSessions(_transport, new EndpointGuard(hosts), options, ids, time);
    }

    /// <summary>
    /// Sends functions in one request, each independent of the others, and says what became of each. They may change
    /// something, so the request is not sent again when its answer is lost.
    /// </summary>
    /// <param name="credentials">Whose session; it is opened when there is none.</param>
    /// <param name="functions">One or more, each with a control id of its own. Their text goes out unchanged.</param>
    /// <param name="uniqueId">True for writes: Intacct then refuses a control id that it has executed before.</param>
    /// <param name="ct">Gives up waiting; what was sent may still be executed.</param>
    /// <exception cref="IntacctException">There are no results; its OutcomeUnknown says whether functions may have been
    /// executed.</exception>
    /// <exception cref="ArgumentException">No functions, or control ids that are empty, too long or not
    /// distinct.</exception>
    public Task<IntacctResponse> SendAsync(
        IntacctCredentials credentials,
        IReadOnlyList<IntacctFunction> functions,
        bool uniqueId,
        CancellationToken ct
    ) =>
        _rehearsal is { } rehearsal
            ? Task.FromResult(Pretend(functions, rehearsal))
            : SendAsync(credentials, functions, uniqueId, CallEffect.Writes, ct);

    private async Task<IntacctResponse> SendAsync(
        IntacctCredentials credentials,
        IReadOnlyList<IntacctFunction> functions,
        bool uniqueId,
        CallEffect effect,
        CancellationToken ct
    )
    {
        CheckControlIds(functions);
        var session = await _sessions.GetAsync(credentials, fresh: false, ct).ConfigureAwait(false);
        try
        {
            return await ExchangeAsync(credentials, session, functions, uniqueId, effect, ct).ConfigureAwait(false);
        }
        catch (IntacctException e) when (e is { Failure: IntacctFailure.SessionInvalid, OutcomeUnknown: false })
        {
            _sessions.Drop(credentials, session);
            Log.SessionLost(_logger, credentials.CompanyId);
            session = await _sessions.GetAsync(credentials, fresh: false, ct).ConfigureAwait(false);
            return await ExchangeAsync(credentials, session, functions, uniqueId, effect, ct).ConfigureAwait(false);
        }
    }

    private async Task<IntacctResponse> ExchangeAsync(
        IntacctCredentials credentials,
        IntacctSession session,
        IReadOnlyList<IntacctFunction> functions,
        bool uniqueId,
        CallEffect effect,
        CancellationToken ct
    )
    {
        var report = new RequestReport(_logger, _time, credentials.CompanyId, functions, effect, _ledger);
        try
        {
            var sentAt = _time.GetTimestamp();
            var request = RequestDocument.Write(credentials, session.Id, _ids.NewId(), functions, uniqueId);
            report.Sending(request);
            var answer = await _transport
                .PostAsync(session.Endpoint, credentials.CompanyId, effect, request, report.Repeating, ct)
                .ConfigureAwait(false);
            var results = ResponseJudge.Conclude(answer, functions);
            _sessions.Prolong(credentials, session, SessionLifetime.From(answer, sentAt));
            return report.Answered(new IntacctResponse(results) { AnsweredAt = answer.SessionTimestamp });
        }
        catch (Exception e)
        {
            report.Failed(e);
            throw;
        }
        finally
        {
            report.Dispose();
        }
    }

    private static void CheckControlIds(IReadOnlyList<IntacctFunction> functions)
    {
        if (functions.Count == 0)
            throw new ArgumentException("A request needs at least one function.", nameof(functions));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var function in functions)
        {
            if (function.ControlId.Value is not { Length: >= 1 and <= 256 } id)
                throw new ArgumentException(
                    $"The control id of {function.Name} must have 1 to 256 characters.",
                    nameof(functions)
                );
            if (!seen.Add(id))
                throw new ArgumentException(
                    $"Two functions have the control id {id}: results are matched by it, so each function "
                        + $"needs its own.",
                    nameof(functions)
                );
        }
    }
}
