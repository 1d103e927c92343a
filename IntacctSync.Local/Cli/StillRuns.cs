using System.Text.Json.Nodes;

namespace IntacctSync.Local.Cli;

/// <summary>Notices runs of which nothing moves any more, as they are looked at again and again.</summary>
/// <param name="most">After how many looks without a change they stand still.</param>
internal sealed class StillRuns(int most)
{
    private string _seen = "";
    private int _looks;

    /// <param name="runs">As the API shows them now.</param>
    /// <returns>Whether they have stood still for that many looks.</returns>
    public bool Look(IEnumerable<JsonNode> runs)
    {
        var seen = string.Join(
            '|',
            runs.Select(r => $"{r["state"]} {r["found"]} {r["done"]} {r["failed"]} {r["left"]}")
        );
        _looks = seen == _seen ? _looks + 1 : 0;
        _seen = seen;
        return _looks >= most;
    }
}
