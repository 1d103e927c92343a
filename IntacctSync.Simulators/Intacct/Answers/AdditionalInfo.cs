using System.Xml.Linq;

namespace IntacctSync.Simulators.Intacct.Answers;

/// <summary>
/// The <c>additionalinfo</c> of an error (developer.intacct.com/web-services/requests). The ids are made from the
/// error, those of Intacct being unknown for most.
/// </summary>
internal static class AdditionalInfo
{
    public static XElement Of(IntacctError error, string supportId) =>
        new(
            "additionalinfo",
            new XElement("errorid", error.ErrorId ?? $"SIM-{error.Number}"),
            new XElement(
                "category",
                error.Correction.Length > 0 ? "Duplication Prevention" : "Unable to create record."
            ),
            Target(supportId, "businessinfo"),
            Message("description", error.Description),
            Message("cdescription", error.Description2),
            Message("correction", error.Correction)
        );

    private static XElement Message(string name, string text) =>
        new(
            name,
            new XElement("messageid", text.Length == 0 ? "" : MessageId(text)),
            Target("", "businessInfo"),
            new XElement("placeholders")
        );

    private static XElement Target(string requestInfo, string businessInfo) =>
        new(
            "target",
            new XAttribute("domain", ""),
            new XAttribute("requestinfo", requestInfo),
            new XAttribute("object", ""),
            new XAttribute("field", ""),
            new XAttribute(businessInfo, "")
        );

    private static string MessageId(string text) =>
        "IA."
        + string.Join(
            '_',
            new string([.. text.Select(c => char.IsAsciiLetter(c) ? char.ToUpperInvariant(c) : ' ')]).Split(
                ' ',
                StringSplitOptions.RemoveEmptyEntries
            )
        );
}
