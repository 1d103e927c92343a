using System.Text;
using System.Xml;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Remote;

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
    /// <param name="allowance">What the answer may still hold.</param>
    /// <param name="likely">How many fields to expect: those of the record before.</param>
    public static async ValueTask<IntacctRecord> ReadAsync(
        XmlReader reader,
        FieldAllowance allowance,
        CancellationToken ct,
        int likely = 4
    )
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
                allowance.Take(1 + reader.AttributeCount);
                current = new Frame(reader.LocalName, Attributes(reader), "");
                closes = reader.IsEmptyElement;
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                current.Append(await reader.GetValueAsync().ConfigureAwait(false));
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
        /// <summary>The text when it comes in pieces: adding strings up would copy all of it for each piece.</summary>
        private StringBuilder? _pieces;

        public void Append(string text)
        {
            if (_pieces is not null)
                _pieces.Append(text);
            else if (Value.Length == 0)
                Value = text;
            else
                _pieces = new StringBuilder(Value).Append(text);
        }

        public readonly IntacctField Close()
        {
            var text = _pieces?.ToString() ?? Value;
            return new IntacctField(
                Name,
                string.IsNullOrWhiteSpace(text) ? "" : XmlCharacters.Clean(text),
                Fields is null ? null : new IntacctRecord(Name, Fields)
            );
        }
    }
}

/// <summary>
/// How many elements and attributes an answer may still hold: each costs memory of its own, however few bytes it has.
/// </summary>
internal sealed class FieldAllowance
{
    /// <summary>A page of 2,000 whole invoices has about 500,000.</summary>
    public const int Most = 2_000_000;

    private int _left = Most;

    /// <exception cref="BodyTooLongException">The answer holds more.</exception>
    public void Take(int fields)
    {
        if ((_left -= fields) < 0)
            throw new BodyTooLongException(Most, "fields");
    }
}
