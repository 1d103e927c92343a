using IntacctSync.Core.Intacct.Errors;

namespace IntacctSync.Core.Intacct.Responses;

/// <summary>
/// An answer as it was written, before anything is concluded from it. A status that is missing is null.
/// </summary>
internal sealed class ResponseDocument
{
    /// <summary>How many elements and attributes may still come.</summary>
    public FieldAllowance Allowance { get; } = new();

    public string? ControlStatus { get; set; }

    public string? AuthenticationStatus { get; set; }

    /// <summary>The company that was signed in to, as Intacct writes it.</summary>
    public string? CompanyId { get; set; }

    public DateTimeOffset? SessionTimestamp { get; set; }

    public DateTimeOffset? SessionTimeout { get; set; }

    /// <summary>Errors beside the control block: the request as a whole.</summary>
    public List<IntacctError> ControlErrors { get; } = [];

    /// <summary>Errors beside the authentication block: the login or session.</summary>
    public List<IntacctError> OperationErrors { get; } = [];

    public List<RawResult> Results { get; } = [];
}
