using IntacctSync.Simulators.Upflow.Links;
using IntacctSync.Simulators.Upflow.Records;

namespace IntacctSync.Simulators.Upflow.Api;

/// <summary>
/// <c>POST /v1/reconcile</c>: links by externalId; a repeat replaces, four empty arrays remove. Answers 201 and the
/// text CREATED. [status assumed]
/// </summary>
internal sealed class ReconcileRoutes(UpflowOrganization organization)
{
    private static readonly UpflowAnswer Created = new(
        StatusCodes.Status201Created,
        "text/plain; charset=utf-8",
        "CREATED"
    );

    public IEnumerable<UpflowRoute> All() => [new("POST", "/v1/reconcile", Post)];

    private UpflowAnswer Post(UpflowRequest request)
    {
        var reader = new FieldReader(request.Object, keeps: false);
        string[] arrays = [.. DocumentKind.All.Select(k => k.Side)];
        reader.Allow(organization.Options.UnknownFieldsRefused, ["externalId", .. arrays]);
        var key = reader.Text("externalId");
        if (!arrays.Any(reader.Has))
            throw new UpflowRefusal($"\"value\" must contain at least one of [{string.Join(", ", arrays)}]");
        var sides = DocumentKind.All.SelectMany(k => LinkSides.Read(organization, reader, k.Side, k)).ToList();
        if (sides.Count == 0)
            organization.Links.Remove(
                key ?? throw new UpflowRefusal("\"externalId\" is required to remove a link"),
                organization.Now
            );
        else
            organization.Links.Put(
                key ?? "link/" + organization.Ids.Next(),
                sides,
                organization.Options.RefundFreesLinks,
                organization.Now
            );
        return Created;
    }
}
