using System.Diagnostics;
using System.Diagnostics.Metrics;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Intacct;

/// <summary>
/// What the Intacct client reports: one activity per request, and the transactions that Intacct bills.
/// </summary>
public static class IntacctTelemetry
{
    /// <summary>Billed transactions by company; see <see cref="TransactionCount"/> for what counts.</summary>
    public static Counter<long> Transactions { get; } =
        Telemetry.Meter.CreateCounter<long>("intacctsync.intacct.transactions", "{transaction}");

    internal static Histogram<double> Duration { get; } =
        Telemetry.Meter.CreateHistogram<double>("intacctsync.intacct.request.duration", "s");

    internal static Activity? Start(string company, string names, IReadOnlyList<IntacctFunction> functions)
    {
        var activity = Telemetry.Source.StartActivity("intacct.request", ActivityKind.Client);
        activity?.SetTag("intacct.company", company);
        activity?.SetTag("intacct.functions", names);
        if (activity is { IsAllDataRequested: true })
            activity.SetTag("intacct.control_ids", functions.Select(f => f.ControlId.ToString()).ToArray());
        return activity;
    }

    internal static void Count(string company, int transactions) =>
        Transactions.Add(transactions, new KeyValuePair<string, object?>("intacct.company", company));
}
