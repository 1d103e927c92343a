namespace IntacctSync.Tests.Support;

/// <summary>Holds a text to the one that was approved, in <c>Approved/NAME.approved.EXT</c>.</summary>
public static class Approval
{
    /// <summary>
    /// Fails unless the text is the approved one; what was received then lies beside it, to be compared and renamed.
    /// </summary>
    public static void Matches(string name, string text, string extension = "xml")
    {
        var approved = RepositoryFiles.Tests("Approved", $"{name}.approved.{extension}");
        var received = RepositoryFiles.Tests("Approved", $"{name}.received.{extension}");
        var expected = File.Exists(approved) ? File.ReadAllText(approved).ReplaceLineEndings("\n") : null;
        if (expected == text.ReplaceLineEndings("\n"))
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        if (expected is null)
            Assert.Fail($"Nothing is approved yet: look at {received} and rename it to {Path.GetFileName(approved)}.");
        Assert.Equal(expected, text.ReplaceLineEndings("\n"));
    }
}
