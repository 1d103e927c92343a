using System.Diagnostics;
using System.Text;
using IntacctSync.Core.Intacct.Responses;
using IntacctSync.Core.Remote;
using Microsoft.Extensions.Logging;

namespace IntacctSync.Core.Intacct;

/// <summary>What is told of one request: a log line without bodies, an activity, the transactions it used up.</summary>
internal sealed class RequestReport : IDisposable
{
    private readonly ILogger _logger;
    private readonly TransactionTally? _ledger;
    private readonly CallEffect _effect;
    private readonly TimeProvider _time;
    private readonly string _company;
    private readonly IReadOnlyList<IntacctFunction> _functions;
    private readonly string _names;
    private readonly long _started;
    private readonly Activity? _activity;
    private int _transactions;

    public RequestReport(
        ILogger logger,
        TimeProvider time,
        string company,
        IReadOnlyList<IntacctFunction> functions,
        CallEffect effect,
        TransactionTally? ledger
    )
    {
        (_logger, _time, _company, _functions, _ledger) = (logger, time, company, functions, ledger);
        _effect = effect;
        _names = string.Join(
            ", ",
            functions.CountBy(f => f.Name).Select(n => n.Value == 1 ? n.Key : $"{n.Value} {n.Key}")
        );
        _started = time.GetTimestamp();
        _activity = IntacctTelemetry.Start(company, _names, functions);
    }

    public void Sending(byte[] request)
    {
        if (_logger.IsEnabled(LogLevel.Trace))
            IntacctClient.Log.Sending(_logger, _company, Redaction.Of(Encoding.UTF8.GetString(request)));
    }

    public IntacctResponse Answered(IntacctResponse response)
    {
        var elapsed = _time.GetElapsedTime(_started);
        var outcome = string.Join(", ", response.Results.CountBy(r => r.Status).Select(s => $"{s.Value} {s.Key}"));
        var support = response.Results.Select(r => r.Errors.SupportId).FirstOrDefault(id => id is not null);
        IntacctClient.Log.Answered(_logger, _company, _names, elapsed.TotalMilliseconds, outcome, support);
        foreach (var result in response.Results.Where(r => r.Status != FunctionStatus.Success))
            IntacctClient.Log.NotDone(
                _logger,
                _company,
                result.Function,
                result.ControlId,
                result.Status,
                result.Failure,
                result.Errors.Numbers,
                result.Errors.SupportId
            );
        _activity?.SetTag("intacct.outcome", outcome);
        Count();
        return response with { Elapsed = elapsed, Transactions = _transactions };
    }

    public void Failed(Exception e)
    {
        var elapsed = _time.GetElapsedTime(_started);
        if (e is IntacctException failure)
        {
            IntacctClient.Log.Failed(
                _logger,
                _company,
                _names,
                elapsed.TotalMilliseconds,
                failure.Failure,
                failure.OutcomeUnknown,
                failure.Errors.Numbers,
                failure.Errors.SupportId
            );
            if (failure.OutcomeUnknown)
                Count();
        }

        _activity?.SetStatus(
            ActivityStatusCode.Error,
            e is IntacctException known ? known.Failure.ToString() : e.GetType().Name
        );
    }

    public void Dispose()
    {
        IntacctTelemetry.Duration.Record(
            _time.GetElapsedTime(_started).TotalSeconds,
            new KeyValuePair<string, object?>("intacct.company", _company)
        );
        _activity?.Dispose();
    }

    /// <summary>The request is about to be sent again: what may have been executed before is billed as well.</summary>
    public void Repeating(bool mayHaveBeenExecuted)
    {
        if (mayHaveBeenExecuted)
            Count();
    }

    private void Count()
    {
        var transactions = TransactionCount.Of(_functions);
        _transactions += transactions;
        IntacctTelemetry.Count(_company, transactions);
        _ledger?.Add(_company, transactions, _effect == CallEffect.Writes);
    }
}

/// <summary>How many of a month's transactions a request uses up.</summary>
/// <remarks>
/// Sage counts each created, updated or deleted record and each query call, every further page being another
/// (developer.sage.com, Performance Tiers). Reads by key are counted like queries, which can only be too many. Sessions
/// and set-up reads are not in Sage's list and count as none.
/// </remarks>
public static class TransactionCount
{
    public static int Of(IEnumerable<IntacctFunction> functions) => functions.Sum(f => Of(f.Name));

    public static int Of(string function) =>
        function switch
        {
            "getAPISession" or "readUserFormatting" or "get_companyprefs" or "getFinancialSetup" or "lookup" => 0,
            _ => 1,
        };
}
