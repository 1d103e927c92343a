using System.Xml.Linq;

namespace IntacctSync.Simulators.Intacct.Answers;

/// <summary>One <c>error</c> of an <c>errormessage</c>.</summary>
/// <param name="Number">errorno: a number such as BL34000061, or free text.</param>
/// <param name="Description2">The text that says what is wrong, in most cases.</param>
/// <param name="Description">Often empty.</param>
/// <param name="Correction">What Intacct advises.</param>
/// <param name="ErrorId">The stable id of additionalinfo, such as GL-0493; made from the number where there is
/// none.</param>
public sealed record IntacctError(
    string Number,
    string Description2,
    string Description = "",
    string Correction = "",
    string? ErrorId = null
)
{
    /// <summary>The generic wrapper that follows a cause.</summary>
    public static IntacctError Wrapper(string text) => new("BL01001973", text);

    /// <summary>The marker of a rolled back operation.</summary>
    public static IntacctError RolledBack { get; } =
        new("XL03000009", "The entire transaction in this operation has been rolled back due to an error.");

    /// <summary>Wrong structure of the request.</summary>
    public static IntacctError Schema(string text) => new("XL03000003", $"XML Parse schema error: {text}");

    /// <summary>The error as XML.</summary>
    /// <param name="supportId">Appended to the text as Intacct does; null = none.</param>
    /// <param name="additionalInfo">Whether the request asked for <c>showadditionalerrorinfo</c>.</param>
    public XElement ToXml(string? supportId, bool additionalInfo)
    {
        var text =
            supportId is null || Description2.Length == 0 ? Description2 : $"{Description2} [Support ID: {supportId}]";
        var error = new XElement(
            "error",
            Number.Length == 0 ? null : new XElement("errorno", Number),
            new XElement("description", Description),
            new XElement("description2", text),
            new XElement("correction", Correction)
        );
        if (additionalInfo)
            error.Add(AdditionalInfo.Of(this, supportId ?? ""));
        return error;
    }
}
