using System.Globalization;

namespace IntacctSync.Core.Remote;

/// <summary>Reads a whole body of which at most so many bytes are taken, whoever sent it.</summary>
public static class BoundedBody
{
    /// <summary>The body's bytes.</summary>
    /// <param name="body">Read to its end, or to the first byte beyond the limit.</param>
    /// <param name="limit">In bytes.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="BodyTooLongException">The body is longer than the limit.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(
        Stream body,
        long limit,
        CancellationToken cancellationToken
    )
    {
        await using var bounded = new BoundedStream(body, limit, cancellationToken);
        using var whole = new MemoryStream();
        await bounded.CopyToAsync(whole, cancellationToken).ConfigureAwait(false);
        return whole.GetBuffer().AsMemory(0, (int)whole.Length);
    }
}

/// <summary>A body is longer than the most that is read of it.</summary>
/// <param name="limit">The most that is read.</param>
/// <param name="of">What is counted.</param>
public sealed class BodyTooLongException(long limit, string of = "bytes")
    : IOException(
        string.Create(CultureInfo.InvariantCulture, $"The body is longer than {limit} {of}, the most that is read.")
    );
