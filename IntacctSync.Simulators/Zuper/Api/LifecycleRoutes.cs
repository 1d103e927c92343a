using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Api;

/// <summary>Setting records active or not, and taking deletions back.</summary>
internal sealed class LifecycleRoutes(ZuperCompany company, ZuperModule module, RecordRoutes records)
{
    /// <summary><c>PUT path/{uid}/activate</c> with <c>is_active</c>.</summary>
    public ZuperRoute ActivateAt(string path) => new("PUT", path + "/{uid}/activate", Activate, module);

    /// <summary>
    /// <c>POST path/recover</c> with <c>organization_uids</c> and their like. [assumed for others than organizations]
    /// </summary>
    public ZuperRoute RecoverAt(string path) => new("POST", path + "/recover", Recover, module);

    private ZuperAnswer Activate(ZuperRequest request)
    {
        var record = records.Find(request.Uid);
        if (request.Object["is_active"] is not JsonValue flag || !flag.TryGetValue(out bool active))
            throw new ZuperRefusal(
                StatusCodes.Status400BadRequest,
                "Missing is_active",
                "is_active must be true or false"
            );
        company.Activate(module, record, active, ZuperActor.KeyOwner);
        return ZuperAnswer.Success($"{module.Title} Activated / Deactivated successfully");
    }

    private ZuperAnswer Recover(ZuperRequest request)
    {
        if (request.Object[module.UidField + "s"] is not JsonArray { Count: > 0 } uids)
            throw new ZuperRefusal(
                StatusCodes.Status400BadRequest,
                $"Missing {module.Title} UIDs",
                $"{module.UidField}s are missing"
            );
        foreach (var record in uids.Select(u => records.Find(u.Text() ?? "")).ToList())
            company.Change(module, record, r => r["is_deleted"] = false, ZuperActor.KeyOwner);
        return ZuperAnswer.Success($"{module.Title} Recovered successfully");
    }
}
