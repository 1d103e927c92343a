using System.Text.Json;
using System.Text.Json.Nodes;
using IntacctSync.Simulators.Upflow.Records;

namespace IntacctSync.Simulators.Upflow.Api;

/// <summary>Invoices, credit notes, payments and refunds, and the PDFs of the first two.</summary>
internal sealed class DocumentRoutes(UpflowOrganization organization, ListRoutes lists, DocumentKind kind)
{
    private readonly string _path = "/v1/" + kind.Path;

    public IEnumerable<UpflowRoute> All()
    {
        yield return new("POST", _path, r => Post(r, null));
        if (kind == DocumentKind.Invoice)
            yield return new("POST", "/v1/customers/{id}/invoices", r => Post(r, Owner(r)));
        yield return new(
            "GET",
            _path,
            r => lists.Read(kind.Path, r, organization.Of(kind).All, d => Json(r).Document(d), d => d.Customer)
        );
        yield return new("GET", _path + "/{id}", Read);
        yield return new("DELETE", _path + "/{id}", Delete);
        if (kind.IsPaper)
            yield return new("POST", _path + "/{id}/pdf", Pdf);
    }

    private UpflowAnswer Post(UpflowRequest request, UpflowCustomer? owner)
    {
        var (document, made) = DocumentWrite.Apply(organization, kind, request.Object, owner);
        return UpflowAnswer.Json(
            Json(request).Document(document),
            made ? organization.Options.CreatedStatus : StatusCodes.Status200OK
        );
    }

    private UpflowAnswer Read(UpflowRequest request)
    {
        var served =
            kind == DocumentKind.CreditNote
                ? organization.Options.ReadsOneCreditNote
                : kind.IsPaper || organization.Options.ReadsOnePayment;
        return served
            ? UpflowAnswer.Json(Json(request).Document(Find(request)))
            : throw UpflowRefusal.NotFound("Route");
    }

    private UpflowAnswer Delete(UpflowRequest request)
    {
        DocumentWrite.Remove(organization, Find(request));
        return UpflowAnswer.Nothing;
    }

    /// <summary>
    /// Takes a file as the multipart field <c>file</c> or as base64 in the JSON field <c>data</c>; the one before is
    /// overwritten. What is no PDF is refused. [assumed]
    /// </summary>
    private UpflowAnswer Pdf(UpflowRequest request)
    {
        var document = Find(request);
        var bytes = request.File ?? Decoded(request.Object);
        if (bytes.Length > organization.Options.MaxPdfBytes)
            throw new UpflowRefusal("File too large", StatusCodes.Status413PayloadTooLarge);
        if (organization.Options.Strict && !bytes.AsSpan().StartsWith("%PDF"u8))
            throw new UpflowRefusal("The file must be a PDF");
        (document.Pdf, document.ModifiedAt) = (bytes, organization.Now);
        return UpflowAnswer.Nothing;
    }

    private static byte[] Decoded(JsonObject body)
    {
        var data = new FieldReader(body, keeps: false).Required("data");
        return JsonSerializer.SerializeToElement(data).TryGetBytesFromBase64(out var bytes)
            ? bytes
            : throw new UpflowRefusal("\"data\" must be a valid base64 string");
    }

    private RecordJson Json(UpflowRequest request) => new(organization, request.Origin);

    private UpflowDocument Find(UpflowRequest request) =>
        organization.Of(kind).ByPath(request.Names[0]) ?? throw UpflowRefusal.NotFound(kind.Word);

    private UpflowCustomer Owner(UpflowRequest request) =>
        organization.Customers.ByPath(request.Names[0]) ?? throw UpflowRefusal.NotFound("Customer");
}
