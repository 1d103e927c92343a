using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Recoverability;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Pipeline;

/// <summary>
/// Admits a connection's envelopes. A connection whose sign-in was refused is stopped: people get one alarm, and only a
/// probe is sent, at growing intervals. The connection goes on when a probe and the work after it succeed, or when new
/// settings are put. A key of another account counts as refused.
/// </summary>
public sealed partial class ConnectionGuard(
    ConnectionStore connections,
    ConnectionAccessSource access,
    ConnectionTimeline timeline,
    IntacctClient intacct,
    AppCatalog apps,
    AccountProof proof,
    TimeProvider time,
    ILogger<ConnectionGuard> logger
)
{
    /// <summary>How often the envelopes of a stopped connection look whether it has been mended.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan WithNewSecrets = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long the envelopes of a deactivated connection are put aside at a time; they are kept for its activation.
    /// </summary>
    private static readonly TimeSpan Inactive = TimeSpan.FromMinutes(15);

    internal async Task<ConnectionPass> AdmitAsync(ConnectionId id, CancellationToken cancellationToken)
    {
        using var stage = Stage.Enter("guard");
        var connection = await connections.GetAsync(id, cancellationToken);
        if (connection is null)
            return new ConnectionPass(null, null, new Disposition.Complete());
        if (!connection.Active)
            return new ConnectionPass(null, null, new Disposition.Retry(Inactive, Failed: false));
        if (connection.Stop is { } stop && time.GetUtcNow() < stop.NextProbeAt)
            return Stopped(connection, stop);

        ConnectionAccess? granted = null;
        try
        {
            granted = await access.GetAsync(connection, cancellationToken);
            if (connection.Stop is not null)
                await ProbeAsync(connection, granted, cancellationToken);
            return await proof.ObjectionAsync(connection, granted.App, cancellationToken) is { } objection
                ? Refused(connection, await StopAsync(connection, null, objection, cancellationToken), objection)
                : new ConnectionPass(connection, granted, null);
        }
        catch (Exception e) when (FailureOf(connection, e) is not null)
        {
            var failure = FailureOf(connection, e)!;
            if (failure.Class == FailureClass.Authentication)
                return Refused(connection, await StopAsync(connection, granted, failure, cancellationToken), failure);

            LogNotAdmitted(id.Value, failure.Problem.Code);
            return new ConnectionPass(
                connection,
                null,
                new Disposition.Retry(failure.RetryAfter ?? LookAgain, Failed: false),
                failure.Problem
            );
        }
    }

    /// <summary>
    /// Stops a connection whose sign-in was refused, or puts off its next probe. If its secrets have been changed where
    /// they are kept since they were read, nothing is said yet: they are used first.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="refused">What was signed in with; null where the secrets are not in question.</param>
    /// <param name="failure">The refusal.</param>
    /// <param name="cancellationToken">Stops before the next step.</param>
    /// <returns>Null where it is not stopped: it is to be tried again.</returns>
    internal async Task<ConnectionStop?> StopAsync(
        Connection connection,
        ConnectionAccess? refused,
        Failure failure,
        CancellationToken cancellationToken
    )
    {
        access.Forget(connection.Id);
        if (
            connection.Stop is null
            && refused is not null
            && await AreChangedAsync(connection, refused, cancellationToken)
        )
        {
            LogSecretsChanged(connection.Id.Value);
            return null;
        }

        var now = time.GetUtcNow();
        var first = false;
        var changed = await connections.ChangeAsync(
            connection.Id,
            c =>
            {
                // New settings were put while the old ones were being refused. They are tried before the connection is
                // stopped.
                if (c.Revision != connection.Revision)
                    return c;
                first = c.Stop is null;
                return c with
                {
                    Stop =
                        c.Stop?.After(failure.Problem, now)
                        ?? ConnectionStop.First(failure.System!, failure.Problem, now),
                };
            },
            cancellationToken
        );
        if (first)
        {
            LogStopped(connection.Id.Value, failure.Problem.Code);
            await timeline.AddAsync(connection.Id, "stopped", failure.Problem.ToString(), null, cancellationToken);
        }

        return changed?.Stop ?? ConnectionStop.First(failure.System!, failure.Problem, now);
    }

    /// <summary>Whether the secrets are other ones now than those that were refused.</summary>
    private async Task<bool> AreChangedAsync(
        Connection connection,
        ConnectionAccess refused,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await access.GetAsync(connection, cancellationToken) != refused;
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            // What can't be read now can't be used now: the refusal stands.
            return false;
        }
    }

    /// <summary>
    /// A refusal may concern this call only, or every call. A call that any key may make tells which.
    /// </summary>
    /// <returns>The failure itself if it concerns this call only; otherwise the failure of that other call.</returns>
    internal async Task<Failure> ProveAsync(
        Connection connection,
        ConnectionAccess granted,
        Failure failure,
        CancellationToken cancellationToken
    )
    {
        if (!MayConcernAll(failure))
            return failure;
        var app = apps.Of(connection);
        try
        {
            await app.ProbeAsync(granted.App, cancellationToken);
            return failure;
        }
        catch (Exception e) when (app.FailureOfProbe(e) is not null)
        {
            return app.FailureOfProbe(e)!;
        }
    }

    internal static bool MayConcernAll(Failure? failure) => failure is { Class: FailureClass.Data, System: not null };

    /// <summary>Ends a stop once the work that followed the probe has succeeded. A probe alone proves little.</summary>
    internal async Task ResumeAsync(Connection connection, CancellationToken cancellationToken)
    {
        if (connection.Stop is not { } stop)
            return;
        var ended = false;
        await connections.ChangeAsync(
            connection.Id,
            c =>
                (ended = c.Stop is { } now && now.Since == stop.Since && now.Probes == stop.Probes)
                    ? c with
                    {
                        Stop = null,
                    }
                    : c,
            cancellationToken
        );
        if (!ended)
            return;
        LogResumed(connection.Id.Value);
        await timeline.AddAsync(
            connection.Id,
            "resumed",
            "A sign-in succeeded, and so did the work after it.",
            null,
            cancellationToken
        );
    }

    /// <summary>What a refused sign-in means; null for what is thrown for another reason.</summary>
    private Failure? FailureOf(Connection connection, Exception exception) =>
        exception is IntacctException or SecretMissingException
            ? Failures.Of(exception)
            : apps.Of(connection).FailureOfProbe(exception);

    private async Task ProbeAsync(Connection connection, ConnectionAccess granted, CancellationToken cancellationToken)
    {
        await apps.Of(connection).ProbeAsync(granted.App, cancellationToken);
        await intacct.ProbeAsync(granted.Intacct, cancellationToken);
    }

    private ConnectionPass Refused(Connection connection, ConnectionStop? stop, Failure failure) =>
        stop is null
            ? new ConnectionPass(
                connection,
                null,
                new Disposition.Retry(WithNewSecrets, Failed: false),
                failure.Problem
            )
            : Stopped(connection, stop);

    private ConnectionPass Stopped(Connection connection, ConnectionStop stop) =>
        new(connection, null, Wait(stop), stop.Problem);

    private Disposition.Retry Wait(ConnectionStop stop)
    {
        var untilProbe = stop.NextProbeAt - time.GetUtcNow();
        return new Disposition.Retry(
            untilProbe < LookAgain && untilProbe > TimeSpan.Zero ? untilProbe : LookAgain,
            Failed: false
        );
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Connection {Connection} is stopped: {Code}. Its status says why, and the fix"
    )]
    private partial void LogStopped(string connection, string code);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Connection {Connection}: a sign-in was refused, and its secrets have been changed since they were "
            + "read. It is tried again with the new ones"
    )]
    private partial void LogSecretsChanged(string connection);

    [LoggerMessage(Level = LogLevel.Information, Message = "Connection {Connection} goes on: a sign-in succeeded")]
    private partial void LogResumed(string connection);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Connection {Connection} can't be worked for now: {Code}")]
    private partial void LogNotAdmitted(string connection, string code);
}

/// <summary>
/// Whether a connection's envelopes may be worked off: with what access, or else what becomes of them.
/// </summary>
/// <param name="Connection">Null where there is none of this name, or it is deactivated.</param>
/// <param name="Access">Null where nothing may be worked off.</param>
/// <param name="Refusal">What becomes of the envelopes instead.</param>
/// <param name="Reason">What keeps an active connection from its work.</param>
public sealed record ConnectionPass(
    Connection? Connection,
    ConnectionAccess? Access,
    Disposition? Refusal,
    Problem? Reason = null
);
