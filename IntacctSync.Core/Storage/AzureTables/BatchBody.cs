using System.Text;
using Azure.Core;
using IntacctSync.Core.Domain;

namespace IntacctSync.Core.Storage.AzureTables;

/// <summary>The text of an entity group transaction: one change set, in it one request for each row.</summary>
/// <remarks>The form is of learn.microsoft.com, "Performing entity group transactions".</remarks>
internal sealed record BatchBody(ReadOnlyMemory<byte> Content, string ContentType)
{
    public static BatchBody Write(IReadOnlyList<MarkedWrite> writes, TableAddress address)
    {
        // A boundary must not occur in what it bounds, which holds text of all sorts.
        var id = ShortHash.Of(string.Join('|', writes.Select(write => write.Mark ?? write.Write.Row.RowKey)), 24);
        string batch = "batch_" + id,
            changes = "changeset_" + id;
        using var bytes = new MemoryStream();
        Text(bytes, $"--{batch}\r\nContent-Type: multipart/mixed; boundary={changes}\r\n\r\n");
        for (var i = 0; i < writes.Count; i++)
        {
            Text(bytes, $"--{changes}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n");
            WriteRequest(bytes, writes[i], address);
        }

        Text(bytes, $"--{changes}--\r\n--{batch}--\r\n");
        return new BatchBody(bytes.ToArray(), $"multipart/mixed; boundary={batch}");
    }

    private static void WriteRequest(MemoryStream bytes, MarkedWrite write, TableAddress address)
    {
        Text(
            bytes,
            $"{write.Method} {write.Uri(address).AbsoluteUri} HTTP/1.1\r\nAccept: "
                + $"application/json;odata=minimalmetadata\r\nDataServiceVersion: 3.0;\r\n"
        );
        if (write.IfMatch is { } etag)
            Text(bytes, $"If-Match: {etag}\r\n");
        if (write.Method == RequestMethod.Post)
            Text(bytes, $"Prefer: return-no-content\r\n");
        if (write.Body is { } body)
        {
            Text(bytes, $"Content-Type: application/json\r\n\r\n");
            bytes.Write(body.Span);
        }

        Text(bytes, $"\r\n\r\n");
    }

    private static void Text(MemoryStream bytes, string text) => bytes.Write(Encoding.UTF8.GetBytes(text));
}
