using System.Xml.Linq;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Core.Intacct;

public sealed partial class IntacctClient
{
    private readonly Rehearsal? _rehearsal;

    private IntacctClient(IntacctClient of, Rehearsal rehearsal)
    {
        (_transport, _sessions, _ids, _time) = (of._transport, of._sessions, of._ids, of._time);
        (_logger, _ledger, _rehearsal) = (of._logger, of._ledger, rehearsal);
    }

    /// <summary>
    /// The same client, in the same sessions, which reads as always; what it is to write is noted, never sent, and
    /// answered as carried out.
    /// </summary>
    public IntacctClient Rehearsing(Rehearsal rehearsal) => new(this, rehearsal);

    private static IntacctResponse Pretend(IReadOnlyList<IntacctFunction> functions, Rehearsal rehearsal)
    {
        var results = new List<FunctionResult>();
        foreach (var function in functions)
        {
            rehearsal.Note("Intacct", function.Name, function.Xml);
            var id = rehearsal.NewId();
            results.Add(
                new FunctionResult(function.ControlId, function.Name, FunctionStatus.Success)
                {
                    Key = id,
                    Records = [new IntacctRecord("record", [.. Given(function, id)])],
                }
            );
        }

        return new IntacctResponse(results);
    }

    /// <summary>The ids that the answer to a write shows: those that it names itself, else a new one.</summary>
    private static IEnumerable<IntacctField> Given(IntacctFunction function, string id)
    {
        yield return new IntacctField("RECORDNO", id);
        var named = XElement
            .Parse(function.Xml)
            .Descendants("CUSTOMERID")
            .Select(e => e.Value)
            .FirstOrDefault(value => value.Length > 0);
        yield return new IntacctField("CUSTOMERID", named ?? id);
    }
}
