using System.Globalization;
using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Records;
using IntacctSync.Simulators.Intacct.Requests;
using IntacctSync.Simulators.Intacct.Rules;

namespace IntacctSync.Simulators.Intacct.Functions;

/// <summary>
/// create, update and delete. Several objects in one function can succeed in part: failure, with what was kept in the
/// data.
/// </summary>
internal static class WriteFunctions
{
    public static FunctionResult Write(CallContext context, FunctionCall call, FunctionResult result)
    {
        var kept = new List<XElement>();
        var errors = new List<IntacctError>();
        foreach (var element in call.Element.Elements())
        {
            var mark = context.Books.Mark();
            var name = element.Name.LocalName.ToUpperInvariant();
            try
            {
                kept.Add(Kept(context, Write(context, call.Name, name, element), name));
                context.Written.Add((call.Name, name));
            }
            catch (RefusedException refused)
            {
                context.Books.RollBack(mark);
                context.Company.Counters.Add("refused", name);
                errors.AddRange(refused.Errors);
                if (!context.Options.ContinueAfterRefusedObject)
                    break;
            }
        }
        result = result with
        {
            Data = new XElement(
                "data",
                new XAttribute("listtype", "objects"),
                new XAttribute("count", kept.Count),
                kept
            ),
        };
        return errors.Count > 0 ? result.Failed(errors) : result;
    }

    public static FunctionResult Delete(CallContext context, FunctionCall call, FunctionResult result)
    {
        var name = call.Object;
        var rules = Known(context, name);
        var errors = new List<IntacctError>();
        foreach (var key in Texts.List(call.Element.Element("keys")!.Value))
        {
            var mark = context.Books.Mark();
            try
            {
                rules.Delete(context.Writing(), key);
                context.Written.Add(("delete", name));
            }
            catch (RefusedException refused)
            {
                context.Books.RollBack(mark);
                context.Company.Counters.Add("refused", name);
                errors.AddRange(refused.Errors);
            }
        }
        return errors.Count > 0 ? result.Failed(errors) : result;
    }

    private static StoredRecord Write(CallContext context, string function, string name, XElement element)
    {
        var rules = Known(context, name);
        var fields = FieldValues.Of(element);
        return function == "create" ? rules.Create(context.Writing(), fields) : rules.Update(context.Writing(), fields);
    }

    private static IObjectRules Known(CallContext context, string name) =>
        ObjectRules.Of(name)
        ?? throw (
            context.Books.Table(name) is null
                ? new RefusedException(new IntacctError("WS", $"Object definition {name} not found"))
                : RefusedException.Generic($"This simulator does not write {name} yet.")
        );

    private static XElement Kept(CallContext context, StoredRecord record, string name)
    {
        var key = context.Books[name].Definition.KeyField;
        return new XElement(
            name.ToLowerInvariant(),
            new XElement("RECORDNO", record.RecordNo.ToString(CultureInfo.InvariantCulture)),
            key == "RECORDNO" ? null : new XElement(key, record[key])
        );
    }
}
