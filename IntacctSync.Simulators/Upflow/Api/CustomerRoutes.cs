using System.Text.Json.Nodes;
using IntacctSync.Simulators.Upflow.Records;

namespace IntacctSync.Simulators.Upflow.Api;

/// <summary>Customers, their contacts and their portal.</summary>
internal sealed class CustomerRoutes(UpflowOrganization organization, ListRoutes lists)
{
    private const string Path = "/v1/customers";

    public IEnumerable<UpflowRoute> All() =>
        [
            new("POST", Path, Post),
            new("GET", Path, r => lists.Read("customers", r, organization.Customers.All, c => Json(r).Customer(c))),
            new("GET", Path + "/{id}", r => UpflowAnswer.Json(Json(r).Customer(Find(r)))),
            new("PUT", Path + "/{id}", Put),
            new("DELETE", Path + "/{id}", Delete),
            new("POST", Path + "/{id}/contacts", r => Contact(r, Find(r), null)),
            new(
                "GET",
                Path + "/{id}/contacts",
                r => lists.Read("contacts", r, Find(r).Contacts, c => Json(r).Contact(c))
            ),
            new("GET", Path + "/{id}/contacts/{id}", r => UpflowAnswer.Json(Json(r).Contact(FindContact(r)))),
            new("PUT", Path + "/{id}/contacts/{id}", r => Contact(r, Find(r), FindContact(r))),
            new("DELETE", Path + "/{id}/contacts/{id}", DeleteContact),
            new("POST", Path + "/{id}/portal", Portal),
            // What a summary takes and answers is not public. [assumed]
            new("POST", Path + "/{id}/customer_summary", r => Find(r) is null ? null! : UpflowAnswer.Nothing),
        ];

    private UpflowAnswer Post(UpflowRequest request)
    {
        var (customer, made) = CustomerWrite.Apply(organization, null, request.Object, posted: true);
        return UpflowAnswer.Json(Json(request).Customer(customer), Status(made));
    }

    private UpflowAnswer Put(UpflowRequest request)
    {
        var (customer, _) = CustomerWrite.Apply(organization, Find(request), request.Object, posted: false);
        return UpflowAnswer.Json(Json(request).Customer(customer));
    }

    private UpflowAnswer Delete(UpflowRequest request)
    {
        var customer = Find(request);
        if (customer.Documents.Count > 0 && !organization.Options.CustomerDeleteCascades)
            throw new UpflowRefusal("The customer has invoices, credit notes, payments or refunds");
        foreach (var document in customer.Documents.ToList())
            DocumentWrite.Remove(organization, document);
        foreach (var contact in customer.Contacts.ToList())
            ContactWrite.Remove(organization, contact);
        foreach (var below in organization.Customers.All.Where(c => c.Parent == customer))
            below.Parent = null;
        organization.Customers.Remove(customer);
        return UpflowAnswer.Nothing;
    }

    private UpflowAnswer Contact(UpflowRequest request, UpflowCustomer customer, UpflowContact? known)
    {
        var made = known is null;
        var before = customer.Contacts.Count;
        var contact = ContactWrite.Prepare(organization, customer, [(request.Object, "", known)])(customer)[0];
        customer.ModifiedAt = organization.Now;
        return UpflowAnswer.Json(Json(request).Contact(contact), Status(made && customer.Contacts.Count > before));
    }

    private UpflowAnswer DeleteContact(UpflowRequest request)
    {
        ContactWrite.Remove(organization, FindContact(request));
        return UpflowAnswer.Nothing;
    }

    /// <summary>The body may say for how many seconds the address is good, and which sites may frame it.</summary>
    private UpflowAnswer Portal(UpflowRequest request)
    {
        var customer = Find(request);
        if (
            request.Body is not null
            && new FieldReader(request.Object, keeps: false) is var body
            && body.Has("expiresIn")
        )
            body.Amount("expiresIn", 1);
        return UpflowAnswer.Json(
            new JsonObject { ["url"] = $"{request.Origin}/portal/{customer.Id}?token={organization.Ids.Next()}" }
        );
    }

    private int Status(bool made) => made ? organization.Options.CreatedStatus : StatusCodes.Status200OK;

    private RecordJson Json(UpflowRequest request) => new(organization, request.Origin);

    private UpflowCustomer Find(UpflowRequest request) =>
        organization.Customers.ByPath(request.Names[0]) ?? throw UpflowRefusal.NotFound("Customer");

    private UpflowContact FindContact(UpflowRequest request) =>
        organization.Contacts.ByPath(request.Names[1]) is { } contact && contact.Customer == Find(request)
            ? contact
            : throw UpflowRefusal.NotFound("Contact");
}
