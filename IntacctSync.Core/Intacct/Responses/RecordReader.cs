using System.Xml;
using IntacctSync.Core.Intacct.Requests;

namespace IntacctSync.Core.Intacct.Responses;

/// <summary>Reads one element as a record, without a document tree. Names come from the reader's name table, so a page shares them.</summary>
internal static class RecordReader
{
    /// <summary>No answer of Intacct nests deeper than a dozen elements.</summary>
    private const int MaxDepth = 64;

    /// <summary>Reads the element that the reader stands on and moves past it.</summary>
    public static async Task<IntacctRecord> ReadAsync(XmlReader reader, CancellationToken ct)
    {
        var element = await ReadElementAsync(reader, ct).ConfigureAwait(false);
        return element.Nested ?? new IntacctRecord(element.Name, element.Value.Length == 0 ? [] : [new IntacctField(element.Name, element.Value)]);
    }

    /// <summary>One element: a nested record when it holds elements or attributes, else a value.</summary>
    private static async ValueTask<IntacctField> ReadElementAsync(XmlReader reader, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (reader.Depth > MaxDepth)
            throw new XmlException($"The answer nests deeper than {MaxDepth} elements, which no answer of Intacct does.");
        var name = reader.LocalName;
        var fields = Attributes(reader);
        if (reader.IsEmptyElement)
        {
            await reader.ReadAsync().ConfigureAwait(false);
            return new IntacctField(name, "", fields is null ? null : new IntacctRecord(name, fields));
        }

        var value = "";
        await reader.ReadAsync().ConfigureAwait(false);
        while (reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                (fields ??= []).Add(await ReadElementAsync(reader, ct).ConfigureAwait(false));
                continue;
            }

            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
                value += await reader.GetValueAsync().ConfigureAwait(false);
            await reader.ReadAsync().ConfigureAwait(false);
        }

        await reader.ReadAsync().ConfigureAwait(false);
        return new IntacctField(name, string.IsNullOrWhiteSpace(value) ? "" : XmlCharacters.Clean(value), fields is null ? null : new IntacctRecord(name, fields));
    }

    private static List<IntacctField>? Attributes(XmlReader reader)
    {
        if (!reader.HasAttributes)
            return null;
        List<IntacctField> fields = [];
        while (reader.MoveToNextAttribute())
            fields.Add(new IntacctField("@" + reader.LocalName, reader.Value));
        reader.MoveToElement();
        return fields;
    }
}
