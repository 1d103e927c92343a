using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Webhooks;

/// <summary>The registered webhooks, in the order they were made. Used under the company's gate.</summary>
internal sealed class WebhookRegistry(TimeProvider clock, ZuperIds ids)
{
    private readonly OrderedDictionary<string, Webhook> _all = new(StringComparer.Ordinal);

    public IEnumerable<Webhook> All => _all.Values;

    public IEnumerable<Webhook> For(string name) => _all.Values.Where(w => w.IsActive && w.Event == name);

    public Webhook? Find(string uid) => _all.GetValueOrDefault(uid);

    /// <summary>A webhook that has its uid and nothing else yet.</summary>
    public Webhook New() =>
        new(ids.Uid(), ids.MongoId(), ZuperTime.Of(clock.GetUtcNow())) { Url = new Uri("about:blank") };

    public void Put(Webhook webhook) => _all[webhook.Uid] = webhook;

    public void Remove(string uid) => _all.Remove(uid);
}
