using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Lists;
using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Api;

/// <summary>The routes that every module has: list, create, read, update, delete.</summary>
/// <param name="company">What they work on.</param>
/// <param name="module">The kind of record.</param>
/// <param name="withFields">Whether rows carry the custom fields.</param>
internal sealed class RecordRoutes(ZuperCompany company, ZuperModule module, Func<bool> withFields)
{
    private readonly ListRows _rows = new(company, module, withFields);

    /// <param name="collection">Path of the list and the create.</param>
    /// <param name="record">Path of one record, without its uid.</param>
    /// <param name="create">Path of the create where it is another one.</param>
    public IEnumerable<ZuperRoute> At(string collection, string record, string? create = null) =>
        [
            new("GET", collection, new PlainList(company, module, _rows).Read, module),
            new("POST", create ?? collection, Create, module),
            new("GET", record + "/{uid}", Read, module),
            new("PUT", record + "/{uid}", Update, module),
            new("DELETE", record + "/{uid}", Delete, module),
        ];

    /// <summary>The rule engine.</summary>
    public IEnumerable<ZuperRoute> FilterAt(string path) =>
        [
            new("POST", path + "/filter", new FilteredList(company, module, _rows).Read, module),
            new("GET", path + "/meta/filter", _ => Meta(), module),
        ];

    /// <summary>The record that a path names.</summary>
    /// <exception cref="ZuperRefusal">There is none.</exception>
    public JsonObject Find(string uid) =>
        company.Of(module).TryGet(uid, out var record)
            ? record
            : throw new ZuperRefusal(
                StatusCodes.Status404NotFound,
                $"Invalid {module.Title} UID",
                $"No {module.Title} found for given UID"
            );

    private ZuperAnswer Create(ZuperRequest request)
    {
        var uid = company.Create(module, request.Inner(module.Word) ?? [], ZuperActor.KeyOwner).Text(module.UidField);
        // The create of a customer alone puts its uid at the top.
        return module == ZuperModules.Customer
            ? ZuperAnswer.Json(
                new JsonObject
                {
                    ["type"] = "success",
                    ["message"] = "Customer created successfully",
                    ["customer_uid"] = uid,
                }
            )
            : ZuperAnswer.Success(Created, new JsonObject { [module.UidField] = uid });
    }

    private ZuperAnswer Read(ZuperRequest request) =>
        ZuperAnswer.Json(new JsonObject { ["type"] = "success", ["data"] = company.View(module, Find(request.Uid)) });

    private ZuperAnswer Update(ZuperRequest request)
    {
        var record = Find(request.Uid);
        var input =
            request.Inner(module.Word)
            ?? throw new ZuperRefusal(
                StatusCodes.Status400BadRequest,
                $"Missing {module.Title} details",
                $"{module.Title} details are missing"
            );
        company.Update(module, record, input, ZuperActor.KeyOwner);
        return module == ZuperModules.Customer
            ? ZuperAnswer.Success("Customer Details Updated Successfully", title: "Customer Details Updated")
            : ZuperAnswer.Success(Updated, new JsonObject { [module.UidField] = request.Uid });
    }

    private ZuperAnswer Delete(ZuperRequest request)
    {
        company.Delete(module, Find(request.Uid), ZuperActor.KeyOwner);
        return ZuperAnswer.Success(
            module == ZuperModules.Invoice ? "Invoice deleted successfully" : $"{module.Title} Deleted Successfully"
        );
    }

    private ZuperAnswer Meta() =>
        ZuperAnswer.Json(
            new JsonObject
            {
                ["type"] = "SUCCESS",
                ["data"] = new JsonArray([
                    .. FilterKey
                        .Of(module)
                        .Select(k =>
                            (JsonNode)
                                new JsonObject
                                {
                                    ["type"] = k.Type,
                                    ["displayKey"] = k.Path,
                                    ["displayName"] = k.DisplayName,
                                    ["fieldDataKey"] = k.Path,
                                    ["fieldType"] = k.FieldType,
                                    ["multiSelect"] = false,
                                }
                        ),
                ]),
            }
        );

    private string Created =>
        module.Word switch
        {
            "organization" => "New Organization Created successfully",
            "invoice" => "New Invoice Created",
            _ => $"New {module.Title} Created Successfully",
        };

    private string Updated =>
        module.Word switch
        {
            "organization" => "Organization Updated successfully",
            "invoice" => "Invoice Updated",
            _ => $"{module.Title} Updated Successfully",
        };
}
