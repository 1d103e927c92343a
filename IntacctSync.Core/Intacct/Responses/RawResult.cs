using IntacctSync.Core.Intacct.Errors;

namespace IntacctSync.Core.Intacct.Responses;

/// <summary>A result block as it was written. What is missing is null.</summary>
internal sealed class RawResult
{
    public string? Status { get; set; }

    public string? Function { get; set; }

    public string? ControlId { get; set; }

    public string? Key { get; set; }

    public long? TotalCount { get; set; }

    public long? NumRemaining { get; set; }

    public List<IntacctRecord> Records { get; } = [];

    public List<IntacctError> Errors { get; } = [];
}
