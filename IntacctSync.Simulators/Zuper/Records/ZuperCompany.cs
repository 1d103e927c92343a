using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Webhooks;

namespace IntacctSync.Simulators.Zuper.Records;

/// <summary>
/// All that one Zuper account holds, and the rules of changing it. Not thread-safe by itself: whoever uses it holds
/// <see cref="Gate"/>.
/// </summary>
/// <param name="clock">For the records' times.</param>
/// <param name="ids">For uids.</param>
/// <param name="strict">Whether writes are checked as the real service checks them.</param>
/// <param name="zone">Where the company is, whose days invoices are dated by.</param>
/// <param name="raise">Takes each event, in the order in which they happen.</param>
internal sealed class ZuperCompany(
    TimeProvider clock,
    ZuperIds ids,
    bool strict,
    TimeZoneInfo zone,
    Action<WebhookEvent> raise
)
{
    private readonly Dictionary<string, RecordSet> _sets = ZuperModules.All.ToDictionary(
        m => m.Name,
        m => new RecordSet(m),
        StringComparer.Ordinal
    );
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private (int Version, Dictionary<string, int> Counts) _customersOf = (-1, []);

    public Lock Gate { get; } = new();

    public ZuperIds Ids => ids;

    public bool Strict => strict;

    public TimeZoneInfo Zone => zone;

    /// <summary>Whether some records are shown as old and odd ones look.</summary>
    public bool Untidy { get; set; }

    public string Now => ZuperTime.Of(clock.GetUtcNow());

    public RecordSet Of(ZuperModule module) => _sets[module.Name];

    /// <summary>The next number of a series that the account counts itself, such as invoice numbers.</summary>
    public int NextNumber(string series, int first) =>
        _numbers[series] = _numbers.GetValueOrDefault(series, first - 1) + 1;

    /// <summary>The set that holds a record, by its uid alone.</summary>
    public (RecordSet Set, JsonObject Record)? Find(string uid)
    {
        foreach (var set in _sets.Values)
            if (set.TryGet(uid, out var record))
                return (set, record);
        return null;
    }

    public JsonObject Create(ZuperModule module, JsonObject input, ZuperActor actor, bool silently = false)
    {
        module.Check(this, input, true);
        var record = new JsonObject { [module.UidField] = ids.Uid() };
        record["_id"] = ids.MongoId();
        Write(module, record, input);
        record["created_by"] = actor.Uid;
        record["is_active"] ??= true;
        record["is_deleted"] = false;
        record["created_at"] = Now;
        record["updated_at"] = Now;
        module.Complete(this, record);
        Of(module).Add(record.Text(module.UidField)!, record);
        if (!silently)
            raise(
                new WebhookEvent(module.CreatedEvent, module, record.Text(module.UidField), View(module, record), actor)
            );
        return record;
    }

    /// <summary>Puts a record in that was made before anybody looked, without telling of it.</summary>
    public JsonObject Place(
        ZuperModule module,
        string uid,
        JsonObject input,
        TimeSpan age,
        bool active = true,
        bool deleted = false
    )
    {
        var record = new JsonObject { [module.UidField] = uid };
        Write(module, record, input);
        record["created_by"] = ZuperActor.Person.Uid;
        record["is_active"] = active;
        record["is_deleted"] = deleted;
        record["created_at"] = ZuperTime.Of(clock.GetUtcNow() - age);
        record["updated_at"] = record["created_at"]!.DeepClone();
        module.Complete(this, record);
        Of(module).Add(uid, record);
        return record;
    }

    /// <summary>Changes a record and says so, naming the fields that were given another value.</summary>
    public void Change(
        ZuperModule module,
        JsonObject record,
        Action<JsonObject> change,
        ZuperActor actor,
        bool silently = false
    )
    {
        var before = (JsonObject)record.DeepClone();
        change(record);
        module.Complete(this, record);
        record["updated_at"] = Now;
        Of(module).Touched(record);
        if (!silently)
            RaiseUpdate(
                module,
                record,
                record
                    .Where(f => f.Key != "updated_at" && !JsonNode.DeepEquals(f.Value, before[f.Key]))
                    .Select(f => f.Key),
                actor
            );
    }

    /// <summary>An update as a caller of the API writes it.</summary>
    public void Update(ZuperModule module, JsonObject record, JsonObject input, ZuperActor actor)
    {
        module.Check(this, input, false);
        var written = (JsonObject)record.DeepClone();
        Write(module, written, input);
        Change(
            module,
            record,
            r =>
            {
                foreach (var (field, value) in written)
                    r[field] = value?.DeepClone();
            },
            actor
        );
    }

    public void Delete(ZuperModule module, JsonObject record, ZuperActor actor)
    {
        record["is_deleted"] = true;
        record["updated_at"] = Now;
        Of(module).Touched(record);
        var uid = record.Text(module.UidField);
        raise(
            new WebhookEvent($"{module.Word}.delete", module, uid, new JsonObject { [module.UidField] = uid }, actor)
        );
    }

    /// <summary>
    /// Lays custom fields over a record's own, as <c>PATCH /custom_fields</c> does, and raises the module's update.
    /// </summary>
    public void MergeFields(ZuperModule module, JsonObject record, JsonArray given, ZuperActor actor)
    {
        var fields = record[module.FieldsField] as JsonArray ?? [];
        var merged = (JsonArray)fields.DeepClone();
        new CustomFields(module, ids).Merge(merged, given);
        record[module.FieldsField] = merged;
        record["updated_at"] = Now;
        Of(module).Touched(record);
        RaiseUpdate(module, record, ["custom_fields"], actor);
    }

    /// <summary>An event about many records, or none in particular.</summary>
    public void RaiseBulk(string name, ZuperModule module, int records, ZuperActor actor) =>
        raise(new WebhookEvent(name, module, null, new JsonObject { ["no_of_records"] = records }, actor));

    /// <summary>An event about one record, saying what it says.</summary>
    public void Raise(string name, ZuperModule module, JsonObject record, JsonObject body, ZuperActor actor) =>
        raise(new WebhookEvent(name, module, record.Text(module.UidField), body, actor));

    /// <summary>Sets a record active or not: customers have events of their own for it, others an update.</summary>
    public void Activate(ZuperModule module, JsonObject record, bool active, ZuperActor actor)
    {
        var own = module == ZuperModules.Customer;
        Change(module, record, r => r["is_active"] = active, actor, silently: own);
        if (own)
            Raise(active ? "customer.activate" : "customer.deactivate", module, record, View(module, record), actor);
    }

    /// <summary>A copy as a reader of the detail sees it.</summary>
    public JsonObject View(ZuperModule module, JsonObject record)
    {
        var view = (JsonObject)record.DeepClone();
        if (ZuperActor.Of(view.Text("created_by")) is { } actor)
            view["created_by"] = actor.ToJson();
        module.View(this, view);
        return view;
    }

    public int CustomersOf(string? organizationUid)
    {
        var customers = Of(ZuperModules.Customer);
        if (_customersOf.Version != customers.Version)
            _customersOf = (
                customers.Version,
                customers
                    .All.Where(c => !c.Is("is_deleted"))
                    .GroupBy(c => c.Text("customer_organization") ?? "", StringComparer.Ordinal)
                    .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal)
            );
        return _customersOf.Counts.GetValueOrDefault(organizationUid ?? "");
    }

    private void RaiseUpdate(ZuperModule module, JsonObject record, IEnumerable<string> fields, ZuperActor actor)
    {
        var body = View(module, record);
        body["updated_fields"] = new JsonArray([.. fields.Select(f => (JsonNode)f)]);
        body["updated_by"] = actor.Uid;
        raise(new WebhookEvent($"{module.Word}.update", module, record.Text(module.UidField), body, actor));
    }

    private void Write(ZuperModule module, JsonObject record, JsonObject input)
    {
        foreach (var field in module.Inputs)
            if (input.TryGetPropertyValue(field, out var value))
                record[field] =
                    field == module.FieldsField
                        ? new CustomFields(module, ids).Replace(value, strict)
                        : value?.DeepClone();
    }
}
