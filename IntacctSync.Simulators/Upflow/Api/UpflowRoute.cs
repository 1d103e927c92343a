namespace IntacctSync.Simulators.Upflow.Api;

/// <summary>One route of the imitated API.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Template">The path, with <c>{id}</c> where a record is named.</param>
/// <param name="Handle">What it does; runs while nothing else touches the records, and throws
/// <see cref="UpflowRefusal"/> to refuse.</param>
internal sealed record UpflowRoute(string Method, string Template, Func<UpflowRequest, UpflowAnswer> Handle)
{
    private readonly string[] _segments = Template.Split('/');

    public string Name => $"{Method} {Template}";

    /// <summary>What it is about: the last word of its path that names one, such as <c>invoices</c>.</summary>
    public string Object => _segments[2];

    /// <summary>What stood in the places for ids; null where a request is not meant for this route.</summary>
    public IReadOnlyList<string>? Match(string method, string[] path)
    {
        if (Method != method || path.Length != _segments.Length)
            return null;
        List<string> names = [];
        for (var i = 0; i < path.Length; i++)
        {
            if (_segments[i] == "{id}" && path[i].Length > 0)
                names.Add(path[i]);
            else if (_segments[i] != path[i])
                return null;
        }
        return names;
    }
}
