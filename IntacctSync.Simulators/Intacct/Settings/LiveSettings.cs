namespace IntacctSync.Simulators.Intacct.Settings;

/// <summary>The switches as JSON. Times in the unit that the name says.</summary>
internal sealed record LiveSettings(
    double? LatencyMilliseconds = null,
    double? JitterMilliseconds = null,
    int? MaxConcurrency = null,
    double? SessionSeconds = null,
    bool? Strict = null,
    bool? AutoNumberCustomers = null,
    bool? ReplayIsError = null,
    bool? FailedFunctionsBurnIds = null,
    bool? ContinueAfterRefusedObject = null,
    double? VisibilityDelaySeconds = null,
    bool? NullWhenModified = null,
    bool? SupportIds = null,
    bool? AutoNumberInvoices = null,
    bool? InvoiceNumbersPerCustomer = null,
    bool? PaymentsTouchInvoices = null,
    bool? ReversalsTouchPayments = null,
    bool? AuditHistoryDenied = null,
    bool? ApplicationsTouchCredits = null,
    bool? AdvancesAmongPayments = null,
    bool? PaymentTotalsCountCredits = null,
    bool? DiscountsInOwnDetail = null,
    bool? CreditsNamedAsPosted = null
)
{
    public static LiveSettings Of(IntacctSimulatorOptions options) =>
        new(
            options.Latency.Fixed.TotalMilliseconds,
            options.Latency.Jitter.TotalMilliseconds,
            options.MaxConcurrency,
            options.SessionDuration.TotalSeconds,
            options.Strict,
            options.AutoNumberCustomers,
            options.ReplayAnswer == ReplayAnswer.Error,
            options.FailedFunctionsBurnIds,
            options.ContinueAfterRefusedObject,
            options.VisibilityDelay.TotalSeconds,
            options.NullWhenModified,
            options.SupportIds,
            options.AutoNumberInvoices,
            options.InvoiceNumbersPerCustomer,
            options.PaymentsTouchInvoices,
            options.ReversalsTouchPayments,
            options.AuditHistoryDenied,
            options.ApplicationsTouchCredits,
            options.AdvancesAmongPayments,
            options.PaymentTotalsCountCredits,
            options.DiscountsInOwnDetail,
            options.CreditsNamedAsPosted
        );

    public void ApplyTo(IntacctSimulatorOptions options)
    {
        options.Latency = new Latency(
            LatencyMilliseconds is { } latency ? TimeSpan.FromMilliseconds(latency) : options.Latency.Fixed,
            JitterMilliseconds is { } jitter ? TimeSpan.FromMilliseconds(jitter) : options.Latency.Jitter
        );
        options.MaxConcurrency = MaxConcurrency ?? options.MaxConcurrency;
        options.SessionDuration = SessionSeconds is { } session
            ? TimeSpan.FromSeconds(session)
            : options.SessionDuration;
        options.Strict = Strict ?? options.Strict;
        options.AutoNumberCustomers = AutoNumberCustomers ?? options.AutoNumberCustomers;
        options.ReplayAnswer = ReplayIsError is { } error
            ? (error ? ReplayAnswer.Error : ReplayAnswer.WithoutStatus)
            : options.ReplayAnswer;
        options.FailedFunctionsBurnIds = FailedFunctionsBurnIds ?? options.FailedFunctionsBurnIds;
        options.ContinueAfterRefusedObject = ContinueAfterRefusedObject ?? options.ContinueAfterRefusedObject;
        options.VisibilityDelay = VisibilityDelaySeconds is { } delay
            ? TimeSpan.FromSeconds(delay)
            : options.VisibilityDelay;
        options.NullWhenModified = NullWhenModified ?? options.NullWhenModified;
        options.SupportIds = SupportIds ?? options.SupportIds;
        options.AutoNumberInvoices = AutoNumberInvoices ?? options.AutoNumberInvoices;
        options.InvoiceNumbersPerCustomer = InvoiceNumbersPerCustomer ?? options.InvoiceNumbersPerCustomer;
        options.PaymentsTouchInvoices = PaymentsTouchInvoices ?? options.PaymentsTouchInvoices;
        options.ReversalsTouchPayments = ReversalsTouchPayments ?? options.ReversalsTouchPayments;
        options.AuditHistoryDenied = AuditHistoryDenied ?? options.AuditHistoryDenied;
        options.ApplicationsTouchCredits = ApplicationsTouchCredits ?? options.ApplicationsTouchCredits;
        options.AdvancesAmongPayments = AdvancesAmongPayments ?? options.AdvancesAmongPayments;
        options.PaymentTotalsCountCredits = PaymentTotalsCountCredits ?? options.PaymentTotalsCountCredits;
        options.DiscountsInOwnDetail = DiscountsInOwnDetail ?? options.DiscountsInOwnDetail;
        options.CreditsNamedAsPosted = CreditsNamedAsPosted ?? options.CreditsNamedAsPosted;
    }
}
