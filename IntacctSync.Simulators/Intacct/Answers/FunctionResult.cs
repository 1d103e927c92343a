using System.Xml.Linq;

namespace IntacctSync.Simulators.Intacct.Answers;

/// <summary>What one function answers.</summary>
internal sealed record FunctionResult(string Function, string ControlId)
{
    /// <summary><c>success</c>, <c>failure</c>, <c>aborted</c>; null = the element is left out.</summary>
    public string? Status { get; init; } = "success";

    /// <summary>What a legacy function made or changed; null = the element is left out.</summary>
    public string? Key { get; init; }

    public XElement? Data { get; init; }

    public IReadOnlyList<IntacctError> Errors { get; init; } = [];

    /// <summary>Whether the error texts end with a support id.</summary>
    public bool SupportIds { get; init; }

    public bool Succeeded => Status == "success";

    public FunctionResult Failed(params IReadOnlyList<IntacctError> errors) =>
        this with
        {
            Status = "failure",
            Errors = errors,
        };

    /// <summary>
    /// What becomes of it when its operation is rolled back (a transaction in which a function failed).
    /// </summary>
    public FunctionResult RolledBack() =>
        Succeeded
            ? this with
            {
                Status = "aborted",
                Data = null,
                Key = null,
                Errors = [IntacctError.RolledBack],
            }
            : this with
            {
                Data = null,
                Errors = [.. Errors, IntacctError.RolledBack],
            };

    public XElement ToXml(Func<string> supportId, bool additionalInfo) =>
        new(
            "result",
            Status is null ? null : new XElement("status", Status),
            new XElement("function", Function),
            new XElement("controlid", ControlId),
            Key is null ? null : new XElement("key", Key),
            Data,
            Errors.Count == 0
                ? null
                : new XElement(
                    "errormessage",
                    Errors.Select(e => e.ToXml(SupportIds || additionalInfo ? supportId() : null, additionalInfo))
                )
        );
}
