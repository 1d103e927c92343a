using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Api;

/// <summary>
/// What only organizations have: activation and recovery
/// (developers.zuper.co/reference/activate-property-copy, create-organization-attachments-copy-2).
/// </summary>
internal sealed class OrganizationRoutes(ZuperCompany company, Func<bool> withFields)
{
    private readonly RecordRoutes _records = new(company, ZuperModules.Organization, withFields);

    public IEnumerable<ZuperRoute> All() =>
    [
        new("POST", "/api/organization/recover", Recover, ZuperModules.Organization),
        new("PUT", "/api/organization/{uid}/activate", Activate, ZuperModules.Organization),
        .. _records.FilterAt("/api/organization"),
        .. _records.At("/api/organization", "/api/organization"),
    ];

    private ZuperAnswer Activate(ZuperRequest request)
    {
        var record = _records.Find(request.Uid);
        if (request.Object["is_active"] is not JsonValue flag || !flag.TryGetValue(out bool active))
            throw new ZuperRefusal(StatusCodes.Status400BadRequest, "Missing is_active", "is_active must be true or false");
        company.Change(ZuperModules.Organization, record, r => r["is_active"] = active, ZuperActor.KeyOwner);
        return ZuperAnswer.Success("Organization Activated / Deactivated successfully");
    }

    private ZuperAnswer Recover(ZuperRequest request)
    {
        if (request.Object["organization_uids"] is not JsonArray { Count: > 0 } uids)
            throw new ZuperRefusal(StatusCodes.Status400BadRequest, "Missing Organization UIDs", "organization_uids are missing");
        foreach (var record in uids.Select(u => _records.Find(u.Text() ?? "")).ToList())
            company.Change(ZuperModules.Organization, record, r => r["is_deleted"] = false, ZuperActor.KeyOwner);
        return ZuperAnswer.Success("Organization Recovered successfully");
    }
}
