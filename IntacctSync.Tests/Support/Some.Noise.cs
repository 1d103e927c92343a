namespace IntacctSync.Tests.Support;

public static partial class Some
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /// <summary>
    /// A text that compresses to three quarters at best, since each letter says six bits; always the same.
    /// </summary>
    public static string Noise(int length, int seed = 0)
    {
        var state = unchecked(((uint)seed * 2654435761) + 1);
        return string.Create(
            length,
            state,
            static (text, state) =>
            {
                for (var i = 0; i < text.Length; i++)
                {
                    state = unchecked((state * 1664525) + 1013904223);
                    text[i] = Letters[(int)(state >> 26)];
                }
            }
        );
    }
}
