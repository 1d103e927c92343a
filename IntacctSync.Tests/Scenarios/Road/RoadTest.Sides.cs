using System.Globalization;
using System.Text.Json.Nodes;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Scenarios.Road;

/// <summary>What a scenario sees of the connection and both systems, and where it reaches in.</summary>
public abstract partial class RoadTest
{
    internal IReadOnlyList<IReadOnlyDictionary<string, string>> Customers => Intacct.Company.Records("CUSTOMER");

    internal string? SageId(string uid) => Zuper.Screens.CustomField(uid, "Sage Customer ID");

    internal async Task<Connection> ConnectionAsync() => (await Process.Get<ConnectionStore>().GetAsync(Id, Forever))!;

    internal async Task<KeyMapEntry> RowAsync(FlowName flow, string sourceId) =>
        await Process.Get<KeyMapStore>().GetAsync(new SyncKey(Id, flow, sourceId), Forever)
        ?? throw new InvalidOperationException($"No row of {flow} is stored for {sourceId}.");

    /// <summary>The connection stands still, as after a refused sign-in, or goes on.</summary>
    internal Task StopAsync(bool stopped = true) =>
        Process
            .Get<ConnectionStore>()
            .ChangeAsync(
                Id,
                c =>
                    c with
                    {
                        Stop = stopped ? ConnectionStop.First("intacct", Some.SignInRefused, Clock.GetUtcNow()) : null,
                    },
                Forever
            );

    internal static Dictionary<string, string> Fields(params (string Name, string Value)[] fields) =>
        fields.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);

    /// <summary>A custom field as a record of Zuper has it.</summary>
    internal static JsonObject Field(string label, string? value) =>
        new()
        {
            ["label"] = label,
            ["value"] = value,
            ["type"] = "SINGLE_LINE",
        };

    /// <summary>
    /// The payments on a Zuper invoice that stand, as sum and reference; those that were voided with a minus.
    /// </summary>
    internal IReadOnlyList<string> Standing(string uid) =>
        [
            .. ((JsonArray)Zuper.Screens.Record(uid)!["payment_history"]!).Select(p =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(p!["is_void"]!.GetValue<bool>() ? "-" : "")}"
                        + $"{decimal.Parse(p["amount"]!.ToString(), CultureInfo.InvariantCulture):0.##} "
                        + $"{p["reference_no"]}"
                )
            ),
        ];

    /// <summary>
    /// Makes a record of Intacct another one, or takes it away, behind the back of every rule: no page of Intacct
    /// could.
    /// </summary>
    /// <param name="kind">Its object.</param>
    /// <param name="key">Its RECORDNO, or the key by which people know it.</param>
    /// <param name="fields">What it has then; none for one that is taken away.</param>
    internal void Tamper(string kind, string key, params (string Name, string Value)[] fields) =>
        Intacct.Company.Change(context =>
        {
            var table = context.Table(kind);
            var record = (
                int.TryParse(key, CultureInfo.InvariantCulture, out var number) ? table.Find(number) : table.Find(key)
            )!;
            var values = new Dictionary<string, string>(record.Values, StringComparer.Ordinal);
            foreach (var (name, value) in fields)
                values[name] = value;
            if (fields.Length == 0)
                context.Books.Delete(table, record, context.Stamp);
            else
                context.Books.Update(table, record, values, context.Stamp);
            return 0;
        });
}
