using IntacctSync.Simulators.Zuper.Records;

namespace IntacctSync.Simulators.Zuper.Api;

/// <summary>One route of the imitated API.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Template">The path, with <c>{uid}</c> where a record is named.</param>
/// <param name="Handle">What it does; runs while nothing else touches the records, and throws
/// <see cref="ZuperRefusal"/> to refuse.</param>
/// <param name="Module">The module that it is about, if it is about one.</param>
/// <param name="NeedsKey">Whether <c>x-api-key</c> is asked for.</param>
internal sealed record ZuperRoute(
    string Method,
    string Template,
    Func<ZuperRequest, ZuperAnswer> Handle,
    ZuperModule? Module = null,
    bool NeedsKey = true
)
{
    private readonly string[] _segments = Template.Split('/');

    public string Name => $"{Method} {Template}";

    /// <summary>
    /// Whether a request is meant for this route, and the uid in it (empty where the route has none).
    /// </summary>
    public bool Matches(string method, string[] path, out string uid)
    {
        uid = "";
        if (Method != method || path.Length != _segments.Length)
            return false;
        for (var i = 0; i < path.Length; i++)
        {
            if (_segments[i] == "{uid}" && path[i].Length > 0)
                uid = path[i];
            else if (_segments[i] != path[i])
                return false;
        }
        return true;
    }
}
