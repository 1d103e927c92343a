using System.Text.Json.Nodes;
using IntacctSync.Simulators.Zuper.Records;
using IntacctSync.Simulators.Zuper.Webhooks;

namespace IntacctSync.Simulators.Zuper;

/// <summary>
/// What a person does in Zuper's own screens. Records are found by uid alone; the modules are those of
/// <see cref="ZuperModules"/>.
/// </summary>
public sealed class ZuperScreens
{
    private readonly ZuperCompany _company;
    private readonly WebhookRegistry _registry;

    internal ZuperScreens(ZuperCompany company, WebhookRegistry registry) =>
        (_company, _registry) = (company, registry);

    /// <summary>A copy of the record as a reader of the detail sees it; null where there is none.</summary>
    public JsonObject? Record(string uid)
    {
        lock (_company.Gate)
            return _company.Find(uid) is var (set, record) ? _company.View(set.Module, record) : null;
    }

    /// <summary>Copies of all records of a module, in the order they were made, deleted ones too.</summary>
    public IReadOnlyList<JsonObject> Records(ZuperModule module)
    {
        lock (_company.Gate)
            return [.. _company.Of(module).All.Select(r => _company.View(module, r))];
    }

    /// <summary>The value of a record's custom field; null where it has none of that label.</summary>
    public string? CustomField(string uid, string label)
    {
        lock (_company.Gate)
            return _company.Find(uid) is var (set, record)
                ? (record[set.Module.FieldsField] as JsonArray ?? [])
                    .OfType<JsonObject>()
                    .FirstOrDefault(f => f.Text("label") == label)
                    ?.Text("value")
                : null;
    }

    /// <summary>Makes a record; raises <c>organization.new</c> and its like.</summary>
    /// <param name="module">Its kind.</param>
    /// <param name="fields">As a create by the API takes them, without the wrapper.</param>
    /// <returns>Its uid.</returns>
    public string Create(ZuperModule module, JsonObject fields)
    {
        lock (_company.Gate)
            return _company.Create(module, fields, ZuperActor.Person).Text(module.UidField)!;
    }

    /// <summary>Changes a record in place; raises its update, naming what was changed.</summary>
    public void Edit(string uid, Action<JsonObject> change) =>
        Do(uid, (module, record) => _company.Change(module, record, change, ZuperActor.Person));

    /// <summary>Sets one custom field of a record; raises its update.</summary>
    public void EditField(string uid, string label, string value) =>
        Do(
            uid,
            (module, record) =>
                _company.MergeFields(
                    module,
                    record,
                    [new JsonObject { ["label"] = label, ["value"] = value }],
                    ZuperActor.Person
                )
        );

    /// <summary>
    /// Sets a record inactive; raises <c>customer.deactivate</c> for a customer and an update for others.
    /// </summary>
    public void Deactivate(string uid) =>
        Do(uid, (module, record) => _company.Activate(module, record, false, ZuperActor.Person));

    public void Activate(string uid) =>
        Do(uid, (module, record) => _company.Activate(module, record, true, ZuperActor.Person));

    /// <summary>
    /// Marks a record as deleted; raises <c>organization.delete</c> and its like, which tell nothing but the uid.
    /// </summary>
    public void Delete(string uid) => Do(uid, (module, record) => _company.Delete(module, record, ZuperActor.Person));

    public void Restore(string uid) => Edit(uid, r => r["is_deleted"] = false);

    /// <summary>
    /// Makes a record like another one, which takes the custom fields along with the rest, ids of other systems too.
    /// </summary>
    /// <returns>The copy's uid.</returns>
    public string Copy(string uid, Action<JsonObject>? change = null)
    {
        var copied = "";
        Do(
            uid,
            (module, record) =>
            {
                var fields = new JsonObject(
                    record
                        .Where(f => module.Inputs.Contains(f.Key, StringComparer.Ordinal))
                        .Select(f => KeyValuePair.Create(f.Key, f.Value?.DeepClone()))
                );
                change?.Invoke(fields);
                copied = _company.Create(module, fields, ZuperActor.Person).Text(module.UidField)!;
            }
        );
        return copied;
    }

    /// <summary>
    /// Puts an invoice into a status that no payment makes; raises <c>invoice.status_update</c>.
    /// </summary>
    public void SetStatus(string uid, string status) =>
        Do(uid, (_, record) => InvoiceStatus.Set(_company, record, status, "", ZuperActor.Person));

    /// <summary>
    /// Records a payment on an invoice; raises <c>invoice.payment</c> and <c>invoice.status_update</c>.
    /// </summary>
    /// <param name="uid">The invoice.</param>
    /// <param name="amount">At most what is due.</param>
    /// <param name="mode">Null = <see cref="ZuperPaymentModes.Cheque"/>.</param>
    /// <param name="reference">Free text.</param>
    /// <returns>The transaction's uid.</returns>
    public string Pay(string uid, decimal amount, ZuperPaymentMode? mode = null, string? reference = null)
    {
        var paid = "";
        Do(
            uid,
            (_, record) =>
                paid = InvoicePayments.Record(
                    _company,
                    record,
                    new PaymentInput(amount, (mode ?? ZuperPaymentModes.Cheque).Uid, reference, null, null, null),
                    ZuperActor.Person
                )
        );
        return paid;
    }

    /// <summary>
    /// Takes a payment back, named by its transaction's uid; raises <c>invoice.status_update</c> and
    /// <c>invoice.update</c>.
    /// </summary>
    public void Void(string transactionUid) =>
        Do(transactionUid, (_, record) => InvoicePayments.Void(_company, record, "", ZuperActor.Person));

    /// <summary>
    /// Makes an invoice's total another than the sum of its parts, as some in real accounts are; null = the sum again.
    /// </summary>
    public void BreakTotal(string uid, decimal? total) => Edit(uid, r => r[InvoiceMoney.BrokenTotal] = total);

    /// <summary>Sets the status of many invoices at once; raises <c>invoice.bulk_action</c> and nothing else.</summary>
    public void BulkStatus(IReadOnlyCollection<string> uids, string status) =>
        BulkUpdate(uids, record => InvoiceStatus.Enter(_company, record, status, "", ZuperActor.Person.Uid));

    /// <summary>Deletes many records at once; raises the module's <c>bulk_action</c> and nothing else.</summary>
    public void BulkDelete(IReadOnlyCollection<string> uids) => BulkUpdate(uids, record => record["is_deleted"] = true);

    /// <summary>
    /// Changes many records of one module at once; raises the module's <c>bulk_action</c> and nothing else.
    /// </summary>
    public void BulkUpdate(IReadOnlyCollection<string> uids, Action<JsonObject> change)
    {
        lock (_company.Gate)
        {
            var records = uids.Select(Find).ToList();
            foreach (var (set, record) in records)
                _company.Change(set.Module, record, change, ZuperActor.Person, silently: true);
            foreach (var module in records.GroupBy(r => r.Set.Module))
                _company.RaiseBulk($"{module.Key.Word}.bulk_action", module.Key, module.Count(), ZuperActor.Person);
        }
    }

    /// <summary>
    /// Makes many records from a file; raises <c>import.organization</c> and its like, and nothing for each.
    /// </summary>
    /// <returns>Their uids.</returns>
    public IReadOnlyList<string> Import(ZuperModule module, IEnumerable<JsonObject> rows)
    {
        lock (_company.Gate)
        {
            List<string> uids =
            [
                .. rows.Select(r =>
                    _company.Create(module, r, ZuperActor.Person, silently: true).Text(module.UidField)!
                ),
            ];
            _company.RaiseBulk($"import.{module.Word}", module, uids.Count, ZuperActor.Person);
            return uids;
        }
    }

    /// <summary>Registers a webhook for each event, with the secret in the header <c>x-hook-secret</c>.</summary>
    public void Subscribe(Uri address, string secret, params IEnumerable<string> events)
    {
        lock (_company.Gate)
            foreach (var name in events)
                _registry.Put(
                    _registry.New() with
                    {
                        Name = "sync " + name,
                        Module =
                            ZuperModules
                                .All.FirstOrDefault(m => name.Split('.').Contains(m.Word, StringComparer.Ordinal))
                                ?.WebhookModule
                            ?? "",
                        Event = name,
                        Url = address,
                        Headers = new JsonObject { ["x-hook-secret"] = secret }.ToJsonString(),
                    }
                );
    }

    private void Do(string uid, Action<ZuperModule, JsonObject> act)
    {
        lock (_company.Gate)
        {
            var (set, record) = Find(uid);
            act(set.Module, record);
        }
    }

    private (RecordSet Set, JsonObject Record) Find(string uid) =>
        _company.Find(uid)
        ?? throw new ArgumentException(
            $"No record has the uid '{uid}'; Records(module) lists those that there are.",
            nameof(uid)
        );
}
