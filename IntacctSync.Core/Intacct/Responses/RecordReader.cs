using System.Xml;
using IntacctSync.Core.Intacct.Requests;

namespace IntacctSync.Core.Intacct.Responses;

/// <summary>
/// Reads one element as a record, without a document tree. Names come from the reader's name table, so a page shares
/// them.
/// </summary>
internal static class RecordReader
{
    /// <summary>No answer of Intacct nests deeper than a dozen elements.</summary>
    private const int MaxDepth = 64;

    /// <summary>Reads the element that the reader stands on and moves past it.</summary>
    /// <param name="likely">How many fields to expect: those of the record before.</param>
    public static async ValueTask<IntacctRecord> ReadAsync(XmlReader reader, CancellationToken ct, int likely = 4)
    {
        ct.ThrowIfCancellationRequested();
        Stack<Frame>? outer = null;
        var current = default(Frame);
        var depth = 0;
        while (true)
        {
            var closes = reader.NodeType == XmlNodeType.EndElement;
            if (reader.NodeType == XmlNodeType.Element)
            {
                if (depth > 0)
                    (outer ??= new Stack<Frame>()).Push(current);
                if (++depth > MaxDepth)
                    throw new XmlException(
                        $"The answer nests deeper than {MaxDepth} elements, which no answer of Intacct does."
                    );
                current = new Frame(reader.LocalName, Attributes(reader), "");
                closes = reader.IsEmptyElement;
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                current.Value += await reader.GetValueAsync().ConfigureAwait(false);
            }

            await reader.ReadAsync().ConfigureAwait(false);
            if (!closes)
                continue;
            var field = current.Close();
            if (--depth == 0)
                return field.Nested ?? new IntacctRecord(field.Name, field.Value.Length == 0 ? [] : [field]);
            current = outer!.Pop();
            (current.Fields ??= new List<IntacctField>(depth == 1 ? likely : 4)).Add(field);
        }
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

    /// <summary>
    /// An element that is still open: a nested record when it holds elements or attributes, else a value.
    /// </summary>
    private record struct Frame(string Name, List<IntacctField>? Fields, string Value)
    {
        public readonly IntacctField Close() =>
            new(
                Name,
                string.IsNullOrWhiteSpace(Value) ? "" : XmlCharacters.Clean(Value),
                Fields is null ? null : new IntacctRecord(Name, Fields)
            );
    }
}
